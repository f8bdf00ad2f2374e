package io.faultline;

import static io.faultline.Topology.step;

import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.life.RuleUpdate;
import io.faultline.detect.match.life.RulesFunction;
import io.faultline.model.AuditEntry;
import io.faultline.model.Rejected;
import io.faultline.respond.control.Command;
import io.faultline.respond.control.CommandsFunction;
import io.faultline.respond.control.ControlRecord;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What people say while the job runs: of rules, and of incidents. */
final class ControlPhase {

    private final JobSettings settings;
    private final Sources sources;

    ControlPhase(JobSettings settings, Sources sources) {
        this.settings = settings;
        this.sources = sources;
    }

    /**
     * What people say while the job runs.
     *
     * @param rules the rules that changed
     * @param commands what they say of incidents
     */
    record Said(SingleOutputStreamOperator<RuleUpdate> rules, SingleOutputStreamOperator<Command> commands) {

        DataStream<Rejected> rejected() {
            return rules.getSideOutput(RulesFunction.REJECTED).union(commands.getSideOutput(CommandsFunction.REJECTED));
        }

        DataStream<AuditEntry> audit() {
            return rules.getSideOutput(RulesFunction.AUDIT).union(commands.getSideOutput(CommandsFunction.AUDIT));
        }
    }

    /** In one task each, so that all commands have one order and all others agree on what comes of them. */
    Said wire(StreamExecutionEnvironment environment) {
        DataStream<RuleCommand> said = sources.rules(environment);
        String topic = settings.match().control();
        return new Said(
                step(
                        "rules",
                        step("select-rules", said.filter(record -> !Command.isKey(record.key())))
                                .setParallelism(1)
                                .process(new RulesFunction(settings.match().rules(), topic))
                                .setParallelism(1)),
                step(
                        "commands",
                        step("select-commands", said.filter(record -> Command.isKey(record.key())))
                                .setParallelism(1)
                                .map((MapFunction<RuleCommand, ControlRecord>)
                                        record -> new ControlRecord(record.key(), record.document()))
                                .setParallelism(1)
                                .uid("command-records")
                                .name("command-records")
                                .process(new CommandsFunction(topic))
                                .setParallelism(1)));
    }
}
