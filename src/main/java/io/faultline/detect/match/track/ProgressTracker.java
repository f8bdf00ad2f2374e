package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.ProgressPattern;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Knows when something that comes again and again should have come. */
public final class ProgressTracker implements Tracker<ProgressState> {

    /** Enough for a median that one slow step does not move. */
    private static final int GAPS = 32;

    /** A gap this many times the longest of the recent ones is no stall yet, whatever the median says. */
    private static final int LONGEST = 2;

    private final ProgressPattern pattern;

    public ProgressTracker(ProgressPattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Tracked<ProgressState> feed(@Nullable ProgressState state, Moment moment) {
        List<Finding> findings = new ArrayList<>();
        ProgressState current = state;
        if (current != null && moment.timestamp() >= deadline(current)) {
            stall(current, moment).ifPresent(findings::add);
            current = current.told();
        }
        for (Candidate event : moment.events()) {
            current = after(current, event);
        }
        if (current == null || moment.timestamp() >= end(current)) {
            return Tracked.ended(findings);
        }
        return new Tracked<>(current, findings, Math.min(deadline(current), end(current)));
    }

    /** The state after one event; null where nothing is expected any more. */
    private @Nullable ProgressState after(@Nullable ProgressState state, Candidate event) {
        if (event.has(ProgressPattern.STOP)) {
            return null;
        }
        if (event.has(ProgressPattern.PROGRESS)) {
            return progressed(state, event);
        }
        if (state == null) {
            return null;
        }
        long now = event.timestamp();
        if (event.has(ProgressPattern.PAUSE_FROM)) {
            return new ProgressState(state.last(), now, now, true, state.alarmed(), state.gaps());
        }
        if (event.has(ProgressPattern.PAUSE_UNTIL)) {
            return new ProgressState(state.last(), now, ProgressState.NEVER, true, state.alarmed(), state.gaps());
        }
        return state;
    }

    private static ProgressState progressed(@Nullable ProgressState state, Candidate event) {
        long now = event.timestamp();
        long[] gaps = state == null ? new long[0] : state.gaps();
        if (state != null && !state.disturbed()) {
            long gap = now - state.last().timestamp();
            gaps = LongStream.concat(Arrays.stream(gaps).skip(Math.max(0, gaps.length + 1 - GAPS)), LongStream.of(gap))
                    .toArray();
        }
        return new ProgressState(event, now, ProgressState.NEVER, false, false, gaps);
    }

    /** When waiting becomes a stall, in milliseconds; {@link Long#MAX_VALUE} where nothing is expected. */
    private long deadline(ProgressState state) {
        boolean expected = pattern.demand().isBlank() || state.last().has(ProgressPattern.DEMAND);
        if (!expected || state.alarmed() || state.gaps().length < pattern.warmUp()) {
            return Long.MAX_VALUE;
        }
        return state.since() + (state.paused() ? pattern.pauseAtMost().toMillis() : allowed(state));
    }

    /** When an idle state is of no use any more, in milliseconds. */
    private long end(ProgressState state) {
        return state.since() + pattern.maxSilence().toMillis();
    }

    /** The stall, if there is one: a hole in the logs is none, nor is their end. */
    private Optional<Finding> stall(ProgressState state, Moment moment) {
        if (moment.isEndOfInput() || moment.known() > end(state)) {
            return Optional.empty();
        }
        long now = moment.timestamp();
        Candidate last = state.last();
        String reason = state.paused()
                ? String.format(
                        Locale.ROOT,
                        "a pause began %s ago and may last %s",
                        Quote.duration(now - state.pausedSince()),
                        Quote.duration(pattern.pauseAtMost().toMillis()))
                : String.format(
                        Locale.ROOT,
                        "nothing since %s ago, allowed are %s; it usually comes every %s",
                        Quote.duration(now - last.timestamp()),
                        Quote.duration(allowed(state)),
                        Quote.duration(median(state.gaps())));
        Evidence evidence = last.evidence(Evidence.LAST_SIGN);
        Instant startsAt = Instant.ofEpochMilli(last.timestamp());
        return Optional.of(new Finding(startsAt, last.entity(), Entity.UNKNOWN, reason, List.of(evidence)));
    }

    private long allowed(ProgressState state) {
        long[] gaps = state.gaps();
        long longest = Arrays.stream(gaps).max().orElse(0);
        long usual = Math.max((long) (pattern.factor() * median(gaps)), LONGEST * longest);
        return Math.max(pattern.floor().toMillis(), usual);
    }

    private static long median(long[] gaps) {
        long[] sorted = gaps.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
