package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.DistinctPattern;
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

    public DistinctTracker(DistinctPattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Tracked<DistinctState> feed(@Nullable DistinctState state, Moment moment) {
        List<Finding> findings = new ArrayList<>();
        List<Candidate> values = new ArrayList<>(state == null ? List.of() : List.of(state.values()));
        long within = pattern.within().toMillis();
        values.removeIf(value -> value.timestamp() <= moment.timestamp() - within);
        for (Candidate event : moment.events()) {
            if (event.field().isEmpty()) {
                continue;
            }
            values.removeIf(value -> value.field().equals(event.field()));
            values.add(event);
            if (values.size() >= pattern.atLeast()) {
                findings.add(finding(values));
                values.clear();
            }
        }
        return values.isEmpty()
                ? Tracked.ended(findings)
                : new Tracked<>(
                        new DistinctState(values.toArray(Candidate[]::new)),
                        findings,
                        values.get(values.size() - 1).timestamp() + within);
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
