package io.faultline.explain.correlate;

import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.Instants;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long an alert keeps its story open: one rule, one entity.
 *
 * @param what the rule and the entity; empty for all that are too many to be told apart
 * @param foundAt when its last finding became certain
 * @param spokeAt the same, or its last evidence where that is later
 * @param resolveAfterSeconds how long after that it is over; 0 where the settings say it
 * @param overAt when its rule saw that it is over; null where it did not
 */
public record Hold(String what, Instant foundAt, Instant spokeAt, long resolveAfterSeconds, @Nullable Instant overAt) {

    /** As many as a story's links; of more the last one counts for all. */
    private static final int MAX_HOLDS = 512;

    static String what(Alert alert) {
        return alert.rule() + "|" + alert.entity();
    }

    static String what(Ending ending) {
        return ending.rule() + "|" + ending.entity();
    }

    boolean isOver() {
        return overAt != null;
    }

    Instant until(Duration attach) {
        if (overAt != null) {
            return overAt;
        }
        return spokeAt.plus(resolveAfterSeconds > 0 ? Duration.ofSeconds(resolveAfterSeconds) : attach);
    }

    /** With a finding; one that is older than the end is late, and ended too. */
    static Hold[] with(Hold[] holds, Alert alert, Instant spokeAt) {
        return merged(
                Stream.of(holds),
                Stream.of(new Hold(what(alert), alert.detectedAt(), spokeAt, alert.resolveAfterSeconds(), null)));
    }

    static Hold[] merged(Stream<Hold> some, Stream<Hold> others) {
        Map<String, Hold> all = new LinkedHashMap<>();
        Stream.concat(some, others).forEach(hold -> {
            boolean known = all.size() < MAX_HOLDS || all.containsKey(hold.what);
            Hold one = known ? hold : hold.named("");
            all.merge(one.what, one, Hold::and);
        });
        return all.values().toArray(Hold[]::new);
    }

    /** With an ending; one that is older than the last finding says nothing. */
    static Hold[] with(Hold[] holds, Ending ending) {
        String what = what(ending);
        return Arrays.stream(holds)
                .map(hold -> hold.what.equals(what) ? hold.endedBy(ending) : hold)
                .toArray(Hold[]::new);
    }

    private Hold endedBy(Ending ending) {
        boolean old = ending.foundAt().isBefore(foundAt) || ending.endedAt().isBefore(foundAt);
        return old || isOver() ? this : new Hold(what, foundAt, spokeAt, resolveAfterSeconds, ending.endedAt());
    }

    private Hold named(String other) {
        return new Hold(other, foundAt, spokeAt, resolveAfterSeconds, overAt);
    }

    /** The one that was found later, which goes on for as long as either; what is over is over for what was found before. */
    private Hold and(Hold other) {
        boolean isLater = other.foundAt.isBefore(foundAt);
        Hold later = isLater ? this : other;
        Hold earlier = isLater ? other : this;
        Instant over = later.overAt;
        if (over == null && earlier.overAt != null && later.foundAt.isBefore(earlier.overAt)) {
            over = earlier.overAt;
        }
        return new Hold(
                later.what,
                later.foundAt,
                Instants.later(later.spokeAt, earlier.spokeAt),
                later.resolveAfterSeconds,
                over);
    }
}
