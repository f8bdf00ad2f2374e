package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.ChangePattern;
import io.faultline.model.Entity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares the level of one window with that of the window before. The new level, once told, is the usual. */
public final class ChangeTracker implements Tracker<ChangeState> {

    /** So many standard errors are no chance: with ten thousand comparisons a day, one in a century. */
    private static final double CERTAIN = 6;

    /** The standard error of a median in those of a mean, for a normal distribution. */
    private static final double MEDIAN_ERROR = 1.2533;

    private final ChangePattern pattern;
    private final long size;
    private final long slide;

    public ChangeTracker(ChangePattern pattern) {
        this.pattern = pattern;
        this.size = pattern.window().size().toMillis();
        this.slide = pattern.window().slide().toMillis();
    }

    @Override
    public Tracked<ChangeState> feed(@Nullable ChangeState state, Moment moment) {
        Findings findings = new Findings();
        ChangeState current = state;
        while (current != null && current.end() <= moment.timestamp()) {
            ChangeState judged = moment.isEndOfInput() ? current : judge(current, findings);
            long next = current.end() + slide;
            current = kept(judged, i -> judged.times()[i] >= next - 2 * size, next);
        }
        for (Candidate event : moment.events()) {
            if (event.has(ChangePattern.STOP)) {
                current = null;
            } else if (Double.isFinite(event.value())) {
                current = with(current, event);
            }
        }
        return current == null ? Tracked.ended(findings) : new Tracked<>(current, findings, current.end());
    }

    private ChangeState with(@Nullable ChangeState state, Candidate event) {
        if (state == null) {
            return new ChangeState(
                    pattern.window().paneEnd(event.timestamp()),
                    new long[] {event.timestamp()},
                    new double[] {event.value()},
                    event);
        }
        ChangeState before = state.times().length < ChangeState.MOST ? state : half(state);
        int length = before.times().length;
        long[] times = Arrays.copyOf(before.times(), length + 1);
        double[] values = Arrays.copyOf(before.values(), length + 1);
        times[length] = event.timestamp();
        values[length] = event.value();
        return new ChangeState(before.end(), times, values, event);
    }

    private static ChangeState half(ChangeState state) {
        return Objects.requireNonNull(kept(state, i -> i % 2 == 1, state.end()));
    }

    private static @Nullable ChangeState kept(ChangeState state, IntPredicate which, long end) {
        int[] kept = IntStream.range(0, state.times().length).filter(which).toArray();
        return kept.length == 0
                ? null
                : new ChangeState(
                        end,
                        Arrays.stream(kept).mapToLong(i -> state.times()[i]).toArray(),
                        Arrays.stream(kept).mapToDouble(i -> state.values()[i]).toArray(),
                        state.last());
    }

    private Sorted between(ChangeState state, long from, long until) {
        return Sorted.of(IntStream.range(0, state.times().length)
                .filter(i -> state.times()[i] >= from && state.times()[i] < until)
                .mapToDouble(i -> state.values()[i])
                .toArray());
    }

    /** The state without the old level, where that is told to be over. */
    private ChangeState judge(ChangeState state, Findings findings) {
        long middle = state.end() - size;
        Sorted before = between(state, middle - size, middle);
        Sorted after = between(state, middle, state.end());
        if (before.size() < pattern.atLeast() || after.size() < pattern.atLeast() || !isChange(before, after)) {
            return state;
        }
        findings.tell(finding(state, before, after, middle));
        double between = (before.median() + after.median()) / 2;
        boolean up = after.median() > before.median();
        ChangeState rest =
                kept(state, i -> state.times()[i] >= middle && state.values()[i] > between == up, state.end());
        return Objects.requireNonNull(rest);
    }

    private boolean isChange(Sorted before, Sorted after) {
        double shift = after.median() - before.median();
        double sigma = Math.max(before.sigma(), after.sigma());
        double error = MEDIAN_ERROR * sigma * Math.sqrt(1.0 / before.size() + 1.0 / after.size());
        return Math.abs(shift) > pattern.by() * Math.abs(before.median())
                && Math.abs(shift) > pattern.floor()
                && Math.abs(shift) > CERTAIN * error
                && pattern.direction().holds(shift);
    }

    private Finding finding(ChangeState state, Sorted before, Sorted after, long middle) {
        String reason = String.format(
                Locale.ROOT,
                "%s: observed %s (median of %d in %s), before it was %s (of %d)",
                Quote.expression(pattern.value()),
                Quote.number(after.median()),
                after.size(),
                Quote.duration(size),
                Quote.number(before.median()),
                before.size());
        return new Finding(
                Instant.ofEpochMilli(middle),
                state.last().entity(),
                Entity.UNKNOWN,
                reason,
                List.of(state.last().evidence("after")));
    }
}
