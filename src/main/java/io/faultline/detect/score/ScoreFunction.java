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
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Compares each window with its series' past and tells the odd ones. */
public final class ScoreFunction extends KeyedProcessFunction<SeriesKey, WindowStatistics, Alert> {

    /** The id under which the alerts appear. */
    public static final String RULE = "anomaly-three-sigma";

    private static final long serialVersionUID = 1L;

    private final ScoreSettings settings;
    private transient ThreeSigma threeSigma;

    /** Key: series. At most history-windows numbers; ends when the series was silent for state-ttl. */
    private transient ValueState<Baseline> baseline;

    @SuppressWarnings("NullAway.Init") // open() comes before the first element
    public ScoreFunction(ScoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        threeSigma = new ThreeSigma(settings);
        var descriptor = new ValueStateDescriptor<>("baseline", TypeInformation.of(Baseline.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(settings.stateTtl())
                .cleanupFullSnapshot()
                .build());
        baseline = getRuntimeContext().getState(descriptor);
    }

    @Override
    public void processElement(WindowStatistics window, Context context, Collector<Alert> out) throws Exception {
        if (!threeSigma.scores(window.series().measure())) {
            return;
        }
        Baseline past = baseline.value();
        ThreeSigma.Scored scored = threeSigma.score(window, past == null ? Baseline.EMPTY : past);
        baseline.update(scored.baseline());
        if (scored.anomaly() != null) {
            out.collect(alert(window, scored.anomaly()));
        }
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
        String identity = RULE + '\n' + series + '\n' + anomaly.since();
        return new Alert(
                UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString(),
                Alert.Kind.ANOMALY,
                RULE,
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
                Ranks.NONE);
    }
}
