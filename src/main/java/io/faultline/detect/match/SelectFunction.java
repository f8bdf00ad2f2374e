package io.faultline.detect.match;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Tests the rules' conditions before the shuffle; only what a rule cares about goes on. */
public final class SelectFunction extends ProcessFunction<LogEvent, Candidate> {

    /** The candidates of rules that wait for alerts of other rules: those are matched in a second round. */
    public static final OutputTag<Candidate> LATER = new OutputTag<>("select-later") {};

    private static final long serialVersionUID = 1L;

    private final RuleSet rules;
    private final List<String> inventory;
    private transient RuleIndex index;
    private transient boolean expected;

    /** @param inventory the entities that rules can expect, each as {@code cluster=lab node=gpu-a1} */
    @SuppressWarnings("NullAway.Init") // open() comes before the first element
    public SelectFunction(RuleSet rules, List<String> inventory) {
        this.rules = rules;
        this.inventory = List.copyOf(inventory);
    }

    @Override
    public void open(OpenContext context) {
        index = new RuleIndex(rules);
    }

    @Override
    public void processElement(LogEvent event, Context context, Collector<Candidate> out) {
        if (!expected) {
            // Each subtask says it, after each start: who expects twice expects once.
            long watermark = context.timerService().currentWatermark();
            long from = Math.max(event.timestamp().toEpochMilli(), watermark + 1);
            index.expect(inventory, from, out::collect, candidate -> context.output(LATER, candidate));
            expected = true;
        }
        // What was read twice happened once.
        if (!event.has(QualityMark.DUPLICATE)) {
            index.select(event, out::collect, candidate -> context.output(LATER, candidate));
        }
    }
}
