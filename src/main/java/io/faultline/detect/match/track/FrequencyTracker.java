package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.FrequencyPattern;
import io.faultline.detect.match.rule.Nearly;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts exactly: the event that makes them too many is the one that is told. Those that were told count no more. */
public final class FrequencyTracker implements Tracker<FrequencyState> {

    private final FrequencyPattern pattern;
    private final int near;

    public FrequencyTracker(FrequencyPattern pattern) {
        this.pattern = pattern;
        this.near = Nearly.count(pattern.times());
    }

    @Override
    public Tracked<FrequencyState> feed(@Nullable FrequencyState state, Moment moment) {
        Findings findings = new Findings();
        FrequencyState before = state == null ? FrequencyState.EMPTY : state;
        FrequencyState current = young(before, moment.timestamp());
        for (Candidate event : moment.events()) {
            current = with(current, event);
            if (current.times().length >= pattern.times()) {
                findings.tell(finding(current));
                current = FrequencyState.EMPTY;
            }
        }
        if (isNear(before) && !isNear(current) && findings.found().isEmpty() && !moment.isEndOfInput()) {
            current = missed(before, current, moment.timestamp(), findings);
        }
        return current.times().length == 0
                ? Tracked.ended(findings)
                : new Tracked<>(current, findings, wakeUp(current));
    }

    /** Tells it once in the time of the rule: a steady stream is nearly too much again and again. */
    private FrequencyState missed(FrequencyState before, FrequencyState now, long time, Findings findings) {
        if (before.nearly() != FrequencyState.NEVER
                && time < before.nearly() + pattern.within().toMillis()) {
            return now;
        }
        findings.nearly(Miss.of(finding(before), time));
        return new FrequencyState(now.times(), now.quoted(), time);
    }

    private boolean isNear(FrequencyState state) {
        return near < pattern.times() && state.times().length >= near;
    }

    /** When they are not near any more, or all too old. */
    private long wakeUp(FrequencyState state) {
        int last = state.times().length - (isNear(state) ? near : 1);
        return state.times()[last] + pattern.within().toMillis();
    }

    private FrequencyState young(FrequencyState state, long now) {
        long over = now - pattern.within().toMillis();
        long[] times = Arrays.stream(state.times()).filter(time -> time > over).toArray();
        Candidate[] quoted = Arrays.stream(state.quoted())
                .filter(event -> event.timestamp() > over)
                .toArray(Candidate[]::new);
        return new FrequencyState(times, quoted, state.nearly());
    }

    private static FrequencyState with(FrequencyState state, Candidate event) {
        long[] times = Arrays.copyOf(state.times(), state.times().length + 1);
        times[times.length - 1] = event.timestamp();
        Candidate[] quoted = Stream.concat(Arrays.stream(state.quoted()), Stream.of(event))
                .skip(Math.max(0, state.quoted().length + 1 - Alert.MAX_EVIDENCE))
                .toArray(Candidate[]::new);
        return new FrequencyState(times, quoted, state.nearly());
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
