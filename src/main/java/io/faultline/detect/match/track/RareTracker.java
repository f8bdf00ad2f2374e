package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.RarePattern;
import io.faultline.model.Entity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts a group's values; of more than a thousand, the rarest go. Old counts weigh less: they are halved by and by. */
public final class RareTracker implements Tracker<ValuesState> {

    /** Counts are halved when they are this many times what is enough. */
    private static final int MUCH = 10;

    private final RarePattern pattern;

    public RareTracker(RarePattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Tracked<ValuesState> feed(@Nullable ValuesState state, Moment moment) {
        Findings findings = new Findings();
        long now = moment.timestamp();
        ValuesState current = state == null ? ValuesState.begun(now) : state;
        for (Candidate event : moment.events()) {
            if (!event.field().isEmpty()) {
                current = counted(current, event, findings);
            }
        }
        long end = current.last() + pattern.forget().toMillis();
        return current.hashes().length == 0 || now >= end
                ? Tracked.ended(findings)
                : new Tracked<>(current, findings, end);
    }

    private ValuesState counted(ValuesState state, Candidate event, Findings findings) {
        ValuesState before = state.sum() < (long) MUCH * pattern.after() ? state : state.halved();
        long hash = ValuesState.hash(event.field());
        int index = before.indexOf(hash);
        long count = 1 + (index < 0 ? 0 : before.marks()[index]);
        long all = 1 + before.sum();
        if (all > pattern.after() && (double) count / all < pattern.share()) {
            findings.tell(finding(event, count, all));
        }
        return before.with(hash, count, event.timestamp());
    }

    private Finding finding(Candidate event, long count, long all) {
        String reason = String.format(
                Locale.ROOT,
                "%s: observed %s, %d of %d events; less than %s of them is told",
                Quote.expression(pattern.field()),
                event.field(),
                count,
                all,
                pattern.share());
        return new Finding(
                Instant.ofEpochMilli(event.timestamp()),
                event.entity(),
                Entity.UNKNOWN,
                reason,
                List.of(event.evidence("rare")));
    }
}
