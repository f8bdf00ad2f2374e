package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.ProgressPattern;
import io.faultline.detect.match.rule.ProgressPattern.Slow;
import io.faultline.model.Entity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Compares how fast something goes on with its own usual pace. What is slow does not enter the usual pace before it is
 * told; then it does, and the new pace becomes the usual.
 */
final class Pace {

    private final ProgressPattern pattern;

    Pace(ProgressPattern pattern) {
        this.pattern = pattern;
    }

    /** The state with what this report says of the pace; it is not yet counted as a report there. */
    ProgressState judge(ProgressState state, Candidate report, Findings findings) {
        if (pattern.slow().isEmpty()) {
            return state;
        }
        if (!isUnderLoad(report) || state.disturbed()) {
            return state.withSlowSince(ProgressState.nevers(pattern.slow().size()), state.enough());
        }
        double pace = of(state, report);
        if (!Double.isFinite(pace) || pace < 0) {
            return state;
        }
        boolean warm = state.paces().length >= Math.max(1, pattern.warmUp());
        long[] since = warm ? slowSince(state, pace, report, findings) : state.slowSince();
        boolean pending = Arrays.stream(since).anyMatch(one -> one != ProgressState.NEVER && one != ProgressState.TOLD);
        ProgressState judged = state.withSlowSince(since, enough(state, since, pace));
        return pending ? judged : judged.withPace(pace);
    }

    private boolean isUnderLoad(Candidate report) {
        boolean demand = pattern.demand().isBlank() || report.has(ProgressPattern.DEMAND);
        return pattern.underLoad().isBlank() ? demand : report.has(ProgressPattern.UNDER_LOAD);
    }

    /** What it has to be so that the slowness is over: by then the slow pace may have become the usual one. */
    private double enough(ProgressState state, long[] since, double pace) {
        double below = 0;
        for (int i = 0; i < since.length; i++) {
            boolean told = since[i] == ProgressState.TOLD && state.slowSince()[i] != ProgressState.TOLD;
            below = told ? Math.max(below, pattern.slow().get(i).below()) : below;
        }
        if (below > 0) {
            return below * Sorted.of(state.paces()).median();
        }
        return pace >= state.enough() ? Double.NaN : state.enough();
    }

    /** The pace that a report tells. */
    double of(ProgressState state, Candidate report) {
        return pattern.counter() ? rise(state, report) : report.value();
    }

    /** Of a counter, a second. */
    private static double rise(ProgressState state, Candidate report) {
        return 1000 * (report.value() - state.value()) / (report.timestamp() - state.reported());
    }

    private long[] slowSince(ProgressState state, double pace, Candidate report, Findings findings) {
        double usual = Sorted.of(state.paces()).median();
        long[] since = state.slowSince().clone();
        for (int i = 0; i < since.length; i++) {
            Slow slow = pattern.slow().get(i);
            if (pace >= slow.below() * usual) {
                since[i] = ProgressState.NEVER;
                continue;
            }
            since[i] = since[i] == ProgressState.NEVER ? state.reported() : since[i];
            boolean told = since[i] == ProgressState.TOLD;
            if (!told && report.timestamp() - since[i] >= slow.lasting().toMillis()) {
                findings.tell(finding(state, slow, since[i], pace, usual, report));
                tell(since, slow);
            }
        }
        return since;
    }

    /** What is a tenth of the usual is less than half of it too: that needs no telling any more. */
    private void tell(long[] since, Slow told) {
        for (int i = 0; i < since.length; i++) {
            if (pattern.slow().get(i).below() >= told.below()) {
                since[i] = ProgressState.TOLD;
            }
        }
    }

    private Finding finding(ProgressState state, Slow slow, long since, double pace, double usual, Candidate report) {
        String reason = String.format(
                Locale.ROOT,
                "%s: observed %s%s, usual are %s; below %s times that for %s",
                Quote.expression(pattern.value()),
                Quote.number(pace),
                pattern.counter() ? " a second" : "",
                Quote.number(usual),
                slow.below(),
                Quote.duration(report.timestamp() - since));
        return new Finding(
                Instant.ofEpochMilli(since),
                report.entity(),
                Entity.UNKNOWN,
                reason,
                List.of(state.last().evidence("before"), report.evidence("slow")));
    }
}
