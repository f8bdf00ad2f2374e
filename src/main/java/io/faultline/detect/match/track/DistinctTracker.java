package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.DistinctPattern;
import io.faultline.detect.match.rule.Nearly;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells values apart exactly. Those that were told count no more. */
public final class DistinctTracker implements Tracker<DistinctState> {

    private final DistinctPattern pattern;
    private final int near;

    public DistinctTracker(DistinctPattern pattern) {
        this.pattern = pattern;
        this.near = Nearly.count(pattern.atLeast());
    }

    @Override
    public Tracked<DistinctState> feed(@Nullable DistinctState state, Moment moment) {
        Findings findings = new Findings();
        DistinctState before = state == null ? DistinctState.EMPTY : state;
        List<Candidate> values = new ArrayList<>(List.of(before.values()));
        values.removeIf(value ->
                value.timestamp() <= moment.timestamp() - pattern.within().toMillis());
        for (Candidate event : moment.events()) {
            if (event.field().isEmpty()) {
                continue;
            }
            values.removeIf(value -> value.field().equals(event.field()));
            values.add(event);
            if (values.size() >= pattern.atLeast()) {
                findings.tell(finding(values));
                values.clear();
            }
        }
        long nearly = before.nearly();
        if (isOver(before, values, moment) && findings.found().isEmpty()) {
            findings.nearly(Miss.of(finding(List.of(before.values())), moment.timestamp()));
            nearly = moment.timestamp();
        }
        return values.isEmpty()
                ? Tracked.ended(findings)
                : new Tracked<>(new DistinctState(values.toArray(Candidate[]::new), nearly), findings, wakeUp(values));
    }

    /** Whether they were nearly enough and are not any more; once in the time of the rule. */
    private boolean isOver(DistinctState before, List<Candidate> now, Moment moment) {
        boolean again = before.nearly() != DistinctState.NEVER
                && moment.timestamp() < before.nearly() + pattern.within().toMillis();
        return isNear(List.of(before.values())) && !isNear(now) && !again && !moment.isEndOfInput();
    }

    private boolean isNear(List<Candidate> values) {
        return near < pattern.atLeast() && values.size() >= near;
    }

    /** When they are not near any more, or all too old. */
    private long wakeUp(List<Candidate> values) {
        int last = values.size() - (isNear(values) ? near : 1);
        return values.get(last).timestamp() + pattern.within().toMillis();
    }

    private Finding finding(List<Candidate> values) {
        Candidate last = values.get(values.size() - 1);
        List<Candidate> quoted = values.subList(Math.max(0, values.size() - Alert.MAX_EVIDENCE), values.size());
        String reason = String.format(
                Locale.ROOT,
                "%s: %d different in %s, told are %d within %s: %s",
                Quote.expression(pattern.field()),
                values.size(),
                Quote.duration(last.timestamp() - values.get(0).timestamp()),
                pattern.atLeast(),
                Quote.duration(pattern.within().toMillis()),
                quoted.stream().map(Candidate::field).collect(Collectors.joining(", ")));
        return new Finding(
                Instant.ofEpochMilli(values.get(0).timestamp()),
                last.entity(),
                Entity.UNKNOWN,
                reason,
                quoted.stream().map(event -> event.evidence(event.field())).toList());
    }
}
