package io.faultline.detect.score;

import io.faultline.model.Alert;
import io.faultline.model.CauseCategory;
import io.faultline.model.Level;
import io.faultline.model.Ranks;
import io.faultline.model.SeriesKey;
import io.faultline.model.WindowStatistics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares the windows of series with their past and makes alerts of the odd ones. It keeps nothing itself. */
public final class SeriesScorer {

    private final ScoreSettings settings;
    private final ThreeSigma threeSigma;

    public SeriesScorer(ScoreSettings settings) {
        this.settings = settings;
        this.threeSigma = new ThreeSigma(settings);
    }

    /**
     * What came of one window.
     *
     * @param baseline the past with this window in it
     * @param alert null where it is no news
     */
    public record Scored(Baseline baseline, @Nullable Alert alert) {}

    /**
     * Scores a window.
     *
     * @param past null where there is none
     * @return null where the measure is not scored
     */
    public @Nullable Scored score(WindowStatistics window, @Nullable Baseline past) {
        if (!threeSigma.scores(window.series().measure())) {
            return null;
        }
        ThreeSigma.Scored scored = threeSigma.score(window, past == null ? Baseline.EMPTY : past);
        return new Scored(scored.baseline(), scored.anomaly() == null ? null : alert(window, scored.anomaly()));
    }

    private Alert alert(WindowStatistics window, ThreeSigma.Anomaly anomaly) {
        SeriesKey series = window.series();
        String reason = String.format(
                Locale.ROOT,
                "%s: observed %.4g, expected %.4g ± %.4g (%.3gσ)",
                series.measure(),
                window.mean(),
                anomaly.expected(),
                settings.sigmas() * anomaly.deviation(),
                settings.sigmas());
        String identity = ScoreFunction.RULE + '\n' + series + '\n' + anomaly.since();
        return new Alert(
                UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString(),
                Alert.Kind.ANOMALY,
                ScoreFunction.RULE,
                1,
                "Unusual " + series.measure(),
                Level.LOW,
                CauseCategory.UNKNOWN,
                Alert.Role.SYMPTOM,
                Instant.ofEpochMilli(anomaly.since()),
                window.windowEnd(),
                series.entity(),
                series.entity(),
                anomaly.score(),
                reason,
                "Look for what else happened to it at that time; this alone says only that it is not as usual.",
                List.of(),
                Ranks.NONE,
                Alert.Standing.TOLD);
    }
}
