package io.faultline.detect.match;

import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Tests the rules' conditions before the shuffle; only what a rule cares about goes on. */
public final class SelectFunction extends RichFlatMapFunction<LogEvent, Candidate> {

    private static final long serialVersionUID = 1L;

    private final RuleSet rules;
    private transient RuleIndex index;

    @SuppressWarnings("NullAway.Init") // open() comes before the first element
    public SelectFunction(RuleSet rules) {
        this.rules = rules;
    }

    @Override
    public void open(OpenContext context) {
        index = new RuleIndex(rules);
    }

    @Override
    public void flatMap(LogEvent event, Collector<Candidate> out) {
        // What was read twice happened once.
        if (!event.has(QualityMark.DUPLICATE)) {
            index.select(event, out::collect);
        }
    }
}
