package io.faultline.detect.match.track;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of something that should go on; about three KiB.
 *
 * @param last from where the waiting is told: the last progress, or the report with which the demand came
 * @param report the last report since then, which told of no progress; null for none
 * @param since from when the waiting counts, in milliseconds: {@code last} or the end of a phase
 * @param reported when the last report came, in milliseconds
 * @param value what it said; NaN where the rule has no value
 * @param demand whether more is expected
 * @param phases when each phase began, in milliseconds; {@link #NEVER} where it is not open
 * @param disturbed whether the gap after {@code last} holds a phase, an alarm or idle time, and is no gap to learn from
 * @param alarmed whether this stall was told
 * @param gaps the last gaps between progress, in milliseconds, the oldest first
 * @param paces the last paces that were not slow, the oldest first
 * @param slowSince since when each slowness lasts, in milliseconds; {@link #NEVER} or {@link #TOLD}
 * @param enough the pace at which the slowness that was told is over; NaN where none was, or it is over
 */
public record ProgressState(
        Candidate last,
        @Nullable Candidate report,
        long since,
        long reported,
        double value,
        boolean demand,
        long[] phases,
        boolean disturbed,
        boolean alarmed,
        long[] gaps,
        double[] paces,
        long[] slowSince,
        double enough) {

    static final long NEVER = Long.MIN_VALUE;
    static final long TOLD = Long.MAX_VALUE;

    /** Enough for a p99 that the one slowest gap does not move. */
    private static final int GAPS = 128;

    /** Enough for a median that a burst does not move. */
    private static final int PACES = 64;

    /** At the first report, when nothing else is known yet. */
    static ProgressState begun(Candidate first, boolean demand, boolean disturbed, int phases, int slow) {
        return new ProgressState(
                first,
                null,
                first.timestamp(),
                first.timestamp(),
                first.value(),
                demand,
                nevers(phases),
                disturbed,
                false,
                new long[0],
                new double[0],
                nevers(slow),
                Double.NaN);
    }

    static long[] nevers(int size) {
        long[] times = new long[size];
        Arrays.fill(times, NEVER);
        return times;
    }

    /** Whether something was told that goes on. */
    boolean isTold() {
        return alarmed || !Double.isNaN(enough);
    }

    ProgressState told() {
        return new ProgressState(
                last, report, since, reported, value, demand, phases, true, true, gaps, paces, slowSince, enough);
    }

    /** The waiting begins anew with this event. */
    ProgressState waitingFrom(Candidate event, boolean nowDemand, boolean nowDisturbed) {
        return new ProgressState(
                event,
                null,
                event.timestamp(),
                event.timestamp(),
                event.value(),
                nowDemand,
                nevers(phases.length),
                nowDisturbed,
                false,
                gaps,
                paces,
                slowSince,
                enough);
    }

    /** A report that told of no progress. */
    ProgressState reported(Candidate event, boolean nowDemand) {
        return new ProgressState(
                last,
                event,
                since,
                event.timestamp(),
                event.value(),
                nowDemand,
                phases,
                disturbed || !nowDemand,
                alarmed && nowDemand,
                gaps,
                paces,
                slowSince,
                enough);
    }

    /** A phase begins or ends. */
    ProgressState withPhase(int phase, long begun, long now) {
        long[] changed = phases.clone();
        changed[phase] = begun;
        return new ProgressState(
                last, report, now, reported, value, demand, changed, true, alarmed, gaps, paces, slowSince, enough);
    }

    ProgressState withGap(long gap) {
        long[] more = Arrays.copyOfRange(gaps, Math.max(0, gaps.length + 1 - GAPS), gaps.length + 1);
        more[more.length - 1] = gap;
        return new ProgressState(
                last, report, since, reported, value, demand, phases, disturbed, alarmed, more, paces, slowSince,
                enough);
    }

    ProgressState withPace(double pace) {
        double[] more = Arrays.copyOfRange(paces, Math.max(0, paces.length + 1 - PACES), paces.length + 1);
        more[more.length - 1] = pace;
        return new ProgressState(
                last, report, since, reported, value, demand, phases, disturbed, alarmed, gaps, more, slowSince,
                enough);
    }

    ProgressState withSlowSince(long[] changed, double nowEnough) {
        return new ProgressState(
                last, report, since, reported, value, demand, phases, disturbed, alarmed, gaps, paces, changed,
                nowEnough);
    }
}
