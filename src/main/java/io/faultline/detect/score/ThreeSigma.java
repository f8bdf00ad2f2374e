package io.faultline.detect.score;

import io.faultline.model.WindowStatistics;
import org.jspecify.annotations.Nullable;

/**
 * The rule of three deviations over a series' own past windows: odd is what lies further from the mean of the past than
 * that, into the direction that is bad for the measure. An odd window enters the past only as far as the limit, so that
 * one fault does not spoil the baseline, and a new level becomes the normal one after some windows.
 */
final class ThreeSigma {

    private final ScoreSettings settings;

    ThreeSigma(ScoreSettings settings) {
        this.settings = settings;
    }

    /**
     * What a window is, seen from the past.
     *
     * @param baseline the past with this window in it
     * @param anomaly set at the window that makes an episode of odd windows long enough; null before, during and after
     */
    record Scored(Baseline baseline, @Nullable Anomaly anomaly) {}

    /**
     * An episode of odd windows.
     *
     * @param since the start of its first window, in milliseconds
     * @param expected the mean of the past
     * @param deviation its deviation, not below the measure's floor
     * @param score 0…1; 0.5 at the limit, towards 1 beyond
     */
    record Anomaly(long since, double expected, double deviation, double score) {}

    Scored score(WindowStatistics window, Baseline baseline) {
        double observed = window.mean();
        ScoredMeasure measure = ScoredMeasure.of(window.series().measure());
        int limit = settings.historyWindows();
        if (measure == null || baseline.means().length < settings.warmUpWindows()) {
            return new Scored(baseline.with(observed, limit, 0, 0), null);
        }
        double expected = baseline.expected();
        double deviation = Math.max(baseline.deviation(), measure.leastDeviation(expected));
        double distance = measure.distance(observed, expected, deviation);
        double reach = settings.sigmas() * deviation;
        double tamed = Math.max(expected - reach, Math.min(expected + reach, observed));
        if (distance <= settings.sigmas()) {
            return new Scored(baseline.with(tamed, limit, 0, 0), null);
        }
        int odd = baseline.oddWindows() + 1;
        long since = odd == 1 ? window.windowStart().toEpochMilli() : baseline.oddSince();
        Anomaly anomaly = odd == settings.consecutiveWindows()
                ? new Anomaly(since, expected, deviation, distance / (distance + settings.sigmas()))
                : null;
        return new Scored(baseline.with(tamed, limit, odd, since), anomaly);
    }

    boolean scores(String measure) {
        return ScoredMeasure.of(measure) != null;
    }
}
