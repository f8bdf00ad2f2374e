package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.AbsencePattern;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Knows who should have spoken. What was removed stays known for a while, so that it is not expected again. */
public final class AbsenceTracker implements Tracker<AbsenceState> {

    private final AbsencePattern pattern;

    public AbsenceTracker(AbsencePattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Tracked<AbsenceState> feed(@Nullable AbsenceState state, Moment moment) {
        Findings findings = new Findings();
        AbsenceState current = state;
        if (current != null && moment.timestamp() >= deadline(current)) {
            if (!moment.isEndOfInput() && moment.known() <= end(current)) {
                findings.tell(finding(current, moment.timestamp()));
            }
            current = new AbsenceState(current.last(), current.spoke(), true);
        }
        for (Candidate event : moment.events()) {
            sayOver(current, event, findings);
            current = after(current, event);
        }
        if (current == null || moment.timestamp() >= end(current)) {
            return Tracked.ended(findings);
        }
        return new Tracked<>(current, findings, Math.min(deadline(current), end(current)));
    }

    /** One that is not silent was not told. */
    private static void sayOver(@Nullable AbsenceState state, Candidate event, Findings findings) {
        boolean told = state != null && state.silent();
        if (told && event.has(AbsencePattern.UNTIL)) {
            findings.over(event, "it is not expected any more");
        } else if (told && event.has(AbsencePattern.MATCH)) {
            findings.over(event, "it came again");
        }
    }

    private static @Nullable AbsenceState after(@Nullable AbsenceState state, Candidate event) {
        if (event.has(AbsencePattern.UNTIL)) {
            return new AbsenceState(event, true, true);
        }
        if (event.has(AbsencePattern.MATCH)) {
            return new AbsenceState(event, true, false);
        }
        return state == null && event.has(AbsencePattern.EXPECTED) ? new AbsenceState(event, false, false) : state;
    }

    private long deadline(AbsenceState state) {
        return state.silent()
                ? Tracked.NEVER
                : state.last().timestamp() + pattern.every().toMillis();
    }

    private long end(AbsenceState state) {
        return state.last().timestamp() + pattern.maxSilence().toMillis();
    }

    private Finding finding(AbsenceState state, long now) {
        Candidate last = state.last();
        String reason = String.format(
                Locale.ROOT,
                state.spoke()
                        ? "nothing since %s ago; it should come every %s"
                        : "expected, and never came in %s; it should come every %s",
                Quote.duration(now - last.timestamp()),
                Quote.duration(pattern.every().toMillis()));
        return new Finding(
                Instant.ofEpochMilli(last.timestamp()),
                last.entity(),
                Entity.UNKNOWN,
                reason,
                state.spoke() ? List.of(last.evidence(Evidence.LAST_SIGN)) : List.of());
    }
}
