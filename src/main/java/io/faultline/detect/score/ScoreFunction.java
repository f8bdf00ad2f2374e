package io.faultline.detect.score;

import io.faultline.model.Alert;
import io.faultline.model.SeriesKey;
import io.faultline.model.WindowStatistics;
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
    private transient SeriesScorer scorer;

    /** Key: series. At most history-windows numbers; ends when the series was silent for state-ttl. */
    private transient ValueState<Baseline> baseline;

    @SuppressWarnings("NullAway.Init") // open() comes before the first element
    public ScoreFunction(ScoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        scorer = new SeriesScorer(settings);
        var descriptor = new ValueStateDescriptor<>("baseline", TypeInformation.of(Baseline.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(settings.stateTtl())
                .cleanupFullSnapshot()
                .build());
        baseline = getRuntimeContext().getState(descriptor);
    }

    @Override
    public void processElement(WindowStatistics window, Context context, Collector<Alert> out) throws Exception {
        SeriesScorer.Scored scored = scorer.score(window, baseline.value());
        if (scored == null) {
            return;
        }
        baseline.update(scored.baseline());
        if (scored.alert() != null) {
            out.collect(scored.alert());
        }
    }
}
