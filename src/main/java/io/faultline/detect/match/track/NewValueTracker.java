package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.NewValuePattern;
import io.faultline.model.Entity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Remembers a group's values by when they last came; of more than a thousand, those that came the longest ago go. */
public final class NewValueTracker implements Tracker<ValuesState> {

    private final NewValuePattern pattern;

    public NewValueTracker(NewValuePattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Tracked<ValuesState> feed(@Nullable ValuesState state, Moment moment) {
        Findings findings = new Findings();
        long now = moment.timestamp();
        long forgotten = now - pattern.forget().toMillis();
        ValuesState current = state == null ? ValuesState.begun(now) : state.only(time -> time > forgotten);
        for (Candidate event : moment.events()) {
            if (!event.field().isEmpty()) {
                long hash = ValuesState.hash(event.field());
                boolean learnt = now - current.first() >= pattern.learn().toMillis();
                if (learnt && current.indexOf(hash) < 0) {
                    findings.tell(finding(event, current.hashes().length));
                }
                current = current.with(hash, now, now);
            }
        }
        return current.hashes().length == 0
                ? Tracked.ended(findings)
                : new Tracked<>(
                        current, findings, current.last() + pattern.forget().toMillis());
    }

    private Finding finding(Candidate event, int known) {
        String reason = String.format(
                Locale.ROOT,
                "%s: observed %s, which is none of the %d known values",
                Quote.expression(pattern.field()),
                event.field(),
                known);
        return new Finding(
                Instant.ofEpochMilli(event.timestamp()),
                event.entity(),
                Entity.UNKNOWN,
                reason,
                List.of(event.evidence("new")));
    }
}
