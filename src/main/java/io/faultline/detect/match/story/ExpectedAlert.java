package io.faultline.detect.match.story;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.model.Alert;
import io.faultline.model.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert as a story writes it.
 *
 * @param rule the rule's id
 * @param group the values of its {@code group-by}, as {@code node=gpu-a1}
 * @param starts from the story's start to its first evidence
 * @param at from the story's start to when it is certain; null where the story does not say
 * @param ends from the story's start to when its rule sees that it is over; {@link #NEVER}; null where the story does not say
 * @param cause the entity that is to blame; empty where the story does not say
 */
public record ExpectedAlert(
        String rule, String group, Duration starts, @Nullable Duration at, @Nullable Duration ends, String cause) {

    /** Its rule does not see the end of it. */
    static final Duration NEVER = ChronoUnit.FOREVER.getDuration();

    /** An alert that came, as the story of its rule would write it. */
    static ExpectedAlert of(Alert alert, RuleDefinition rule, Instant start, List<Ending> endings) {
        Duration ends = endings.stream()
                .filter(ending -> ending.ends(alert))
                .map(ending -> Duration.between(start, ending.endedAt()))
                .findFirst()
                .orElse(NEVER);
        return new ExpectedAlert(
                alert.rule(),
                rule.group(alert.entity()),
                Duration.between(start, alert.startsAt()),
                Duration.between(start, alert.detectedAt()),
                ends,
                alert.causeEntity().toString());
    }

    /** Whether an alert that came is this one. */
    boolean isMetBy(ExpectedAlert came) {
        return rule.equals(came.rule)
                && group.equals(came.group)
                && starts.equals(came.starts)
                && (at == null || at.equals(came.at))
                && (ends == null || ends.equals(came.ends))
                && (cause.isEmpty() || cause.equals(came.cause));
    }

    @Override
    public String toString() {
        return rule + " of " + group + ", starts " + seconds(starts) + (at == null ? "" : ", at " + seconds(at))
                + (ends == null ? "" : ", ends " + (ends.equals(NEVER) ? "never" : seconds(ends)))
                + (cause.isEmpty() ? "" : ", cause " + cause);
    }

    private static String seconds(Duration duration) {
        String millis = duration.toMillisPart() == 0 ? "" : "." + String.format("%03d", duration.toMillisPart());
        return duration.toSeconds() + millis + "s";
    }
}
