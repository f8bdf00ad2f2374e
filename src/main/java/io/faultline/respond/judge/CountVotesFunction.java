package io.faultline.respond.judge;

import io.faultline.model.RulePrecision;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Adds votes up. The key is the rule's id. */
public final class CountVotesFunction extends KeyedProcessFunction<String, RuleVote, RulePrecision> {

    private static final long serialVersionUID = 1L;

    /** Per rule: three numbers, for as long as the job lives: there are as many as rules that anybody judged. */
    private transient ValueState<RulePrecision> precision;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public CountVotesFunction() {}

    @Override
    public void open(OpenContext context) {
        precision = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("precision", TypeInformation.of(RulePrecision.class)));
    }

    @Override
    public void processElement(RuleVote vote, Context context, Collector<RulePrecision> out) throws Exception {
        RulePrecision known = precision.value();
        RulePrecision now = vote.addTo(known == null ? new RulePrecision(vote.rule(), 0, 0, 0, Instant.EPOCH) : known);
        precision.update(now);
        out.collect(now);
    }
}
