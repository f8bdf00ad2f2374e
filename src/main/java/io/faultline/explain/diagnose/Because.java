package io.faultline.explain.diagnose;

import io.faultline.explain.correlate.Story;
import io.faultline.model.Alert;
import io.faultline.model.Cause;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reasons for a cause, one sentence each, with what was seen where and when. Times are UTC. */
final class Because {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    /** What a person reads before he stops reading. */
    private static final int MAX_SENTENCES = 8;

    private Because() {}

    static List<String> of(
            Story story,
            Alert first,
            List<Alert> further,
            Consequences consequences,
            @Nullable SilentRanks silent,
            CommonPart common,
            Cause.Verdict verdict) {
        List<String> sentences = new ArrayList<>();
        if (story.isMerged()) {
            sentences.add("its alerts belong to incident " + story.mergedInto());
        }
        Instant at = time(first);
        sentences.add(seen(first) + " at " + TIME.format(at)
                + consequences.worst().map(worst -> lead(at, worst)).orElse(""));
        if (!common.because().isEmpty()) {
            sentences.add(common.because());
        }
        if (silent != null) {
            sentences.add(silent.because());
        }
        // one word is the name of a rule's only step
        if (first.reason().strip().indexOf(' ') > 0) {
            sentences.add(first.reason());
        }
        further.forEach(other -> sentences.add("does not follow from that: " + seen(other) + " at "
                + TIME.format(time(other)) + ", by rule " + other.rule()));
        Set<String> rules = new HashSet<>(Set.of(first.rule()));
        further.forEach(other -> rules.add(other.rule()));
        for (Alert other : consequences.others()) {
            if (rules.add(other.rule()) && sentences.size() < MAX_SENTENCES) {
                sentences.add(other.title() + " (" + Place.workload(other.entity()) + ") was certain at "
                        + TIME.format(other.detectedAt()));
            }
        }
        sentences.add(grounds(first, consequences, verdict));
        return sentences;
    }

    /** What the verdict rests on. */
    private static String grounds(Alert first, Consequences consequences, Cause.Verdict verdict) {
        String ground = first.kind() == Alert.Kind.ANOMALY ? "detector " : "rule ";
        String what = ground + first.rule();
        return switch (verdict) {
            case CONFIRMED ->
                "confirmed: " + what + " found what breaks by itself, and "
                        + consequences.others().stream()
                                .filter(other -> other.role() == Alert.Role.SYMPTOM)
                                .map(other -> "rule " + other.rule() + " what follows from it")
                                .findFirst()
                                .orElse("its own lines show what followed");
            case LIKELY ->
                first.role() == Alert.Role.SYMPTOM
                        ? "likely: " + what + " found a symptom, and the ranks' own words whom they waited for"
                        : "likely: " + what + " found what breaks by itself; nothing that followed from it was seen";
            case UNKNOWN -> "unknown: " + what + " found a symptom, and no line says what it follows from";
        };
    }

    private static Instant time(Alert alert) {
        return alert.evidence().isEmpty()
                ? alert.startsAt()
                : alert.evidence().get(0).timestamp();
    }

    private static String seen(Alert first) {
        for (Evidence line : first.evidence()) {
            Integer code = line.kind() == EventKind.GPU_XID ? Xid.codeIn(line.text()) : null;
            if (code != null) {
                return "Xid " + code + " on " + Place.of(first.causeEntity().or(line.entity()));
            }
        }
        return first.title() + " (" + Place.of(first.causeEntity().or(first.entity())) + ")";
    }

    private static String lead(Instant at, Consequences.Consequence worst) {
        Duration ahead = Duration.between(at, worst.at());
        String words = ahead.toSeconds() == 0 ? "less than a second" : Durations.words(ahead);
        String event = "before " + worst.what() + " " + worst.verb().word();
        return ahead.isNegative() || ahead.isZero() ? "" : ", " + words + " " + event;
    }
}
