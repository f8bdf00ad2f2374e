package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.FrequencyPattern;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts exactly: the event that makes them too many is the one that is told. Those that were told count no more. */
public final class FrequencyTracker implements Tracker<FrequencyState> {

    private final FrequencyPattern pattern;

    public FrequencyTracker(FrequencyPattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Tracked<FrequencyState> feed(@Nullable FrequencyState state, Moment moment) {
        List<Finding> findings = new ArrayList<>();
        FrequencyState current = young(state == null ? FrequencyState.EMPTY : state, moment.timestamp());
        for (Candidate event : moment.events()) {
            current = with(current, event);
            if (current.times().length >= pattern.times()) {
                findings.add(finding(current));
                current = FrequencyState.EMPTY;
            }
        }
        int size = current.times().length;
        return size == 0
                ? Tracked.ended(findings)
                : new Tracked<>(
                        current,
                        findings,
                        current.times()[size - 1] + pattern.within().toMillis());
    }

    private FrequencyState young(FrequencyState state, long now) {
        long over = now - pattern.within().toMillis();
        long[] times = Arrays.stream(state.times()).filter(time -> time > over).toArray();
        Candidate[] quoted = Arrays.stream(state.quoted())
                .filter(event -> event.timestamp() > over)
                .toArray(Candidate[]::new);
        return new FrequencyState(times, quoted);
    }

    private static FrequencyState with(FrequencyState state, Candidate event) {
        long[] times = Arrays.copyOf(state.times(), state.times().length + 1);
        times[times.length - 1] = event.timestamp();
        Candidate[] quoted = Stream.concat(Arrays.stream(state.quoted()), Stream.of(event))
                .skip(Math.max(0, state.quoted().length + 1 - Alert.MAX_EVIDENCE))
                .toArray(Candidate[]::new);
        return new FrequencyState(times, quoted);
    }

    private Finding finding(FrequencyState state) {
        long first = state.times()[0];
        Candidate last = state.quoted()[state.quoted().length - 1];
        String reason = String.format(
                Locale.ROOT,
                "%d times in %s, told are %d within %s",
                state.times().length,
                Quote.duration(last.timestamp() - first),
                pattern.times(),
                Quote.duration(pattern.within().toMillis()));
        return new Finding(
                Instant.ofEpochMilli(first),
                last.entity(),
                Entity.UNKNOWN,
                reason,
                Arrays.stream(state.quoted())
                        .map(event -> event.evidence("match"))
                        .toList());
    }
}
