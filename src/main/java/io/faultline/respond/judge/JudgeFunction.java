package io.faultline.respond.judge;

import io.faultline.model.Incident;
import io.faultline.respond.control.Command;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/** Brings verdicts to the rules of their incidents, whichever of the two comes first. The key is the incident's id. */
public final class JudgeFunction extends KeyedCoProcessFunction<String, Incident, Command, RuleVote> {

    private static final long serialVersionUID = 1L;

    /** Incidents are talked over in the week after; after a month nobody changes his mind. */
    private static final Duration MEMORY = Duration.ofDays(30);

    /** Per incident: the names of its rules and at most {@value Judged#MAX_VOICES} words; ends by TTL. */
    private transient ValueState<Judged> judged;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public JudgeFunction() {}

    @Override
    public void open(OpenContext context) {
        var descriptor = new ValueStateDescriptor<>("judged", TypeInformation.of(Judged.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(MEMORY)
                .cleanupIncrementally(10, false)
                .build());
        judged = getRuntimeContext().getState(descriptor);
    }

    @Override
    public void processElement1(Incident incident, Context context, Collector<RuleVote> out) throws Exception {
        Judged known = Objects.requireNonNullElse(judged.value(), Judged.NOTHING);
        apply(known.with(incident.rules()), out);
    }

    @Override
    public void processElement2(Command verdict, Context context, Collector<RuleVote> out) throws Exception {
        Judged known = Objects.requireNonNullElse(judged.value(), Judged.NOTHING);
        apply(known.with(verdict.key(), verdict.word(), verdict.at()), out);
    }

    private void apply(Judged.Change change, Collector<RuleVote> out) throws Exception {
        judged.update(change.now());
        change.votes().forEach(out::collect);
    }
}
