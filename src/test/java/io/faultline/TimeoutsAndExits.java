package io.faultline;

import io.faultline.detect.match.MatchFunction;
import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.SelectFunction;
import io.faultline.detect.match.life.RulesFunction;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.model.Alert;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A time-out and, half a second later, the exit that it led to: again and again, for each of fifty jobs. */
final class TimeoutsAndExits {

    static final int JOBS = 50;

    /** How many events one round of all jobs has. */
    static final int ROUND = 2 * JOBS;

    /** What finds each pair; its version and what becomes of its partial matches are still to be said. */
    static final String STEPS =
            """
            version: %d
            kind: sequence
            match:
              - {name: timeout, where: kind == 'collective.timeout'}
              - {name: exit, where: kind == 'process.exit'}
            within: 700ms
            suppress: 0s
            on-change: %s
            """;

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private TimeoutsAndExits() {}

    /** When the pair of a job begins. */
    static Instant startOf(int job, int round) {
        return at((long) ROUND * round + job);
    }

    private static Instant at(long index) {
        return START.plusMillis(index * 10);
    }

    private static LogEvent event(long index) {
        EventKind kind = index / JOBS % 2 == 0 ? EventKind.COLLECTIVE_TIMEOUT : EventKind.PROCESS_EXIT;
        return SampleRules.event(kind, at(index), Measures.NONE, Attributes.NONE)
                .withEntity(Entity.ofJob("job-" + index % JOBS));
    }

    /** Writes a rule as a whole, as editors do. */
    static void write(Path rules, String rule, String pattern) throws IOException {
        Path text = Files.writeString(
                rules.resolve(rule + ".new"), SampleRules.file(rule, pattern).text());
        Files.move(text, rules.resolve(rule + ".yaml"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The rules of a directory, which is watched, over all rounds. */
    static SingleOutputStreamOperator<Alert> alerts(
            StreamExecutionEnvironment environment, RuleSet own, Path rules, int rounds, RateLimiterStrategy pace) {
        var updates = Sources.directory(environment, rules.toString(), List.of(), true)
                .process(new RulesFunction(own, "rules"))
                .setParallelism(1)
                .uid("rules")
                .broadcast(RulesFunction.UPDATES);
        var source = new DataGeneratorSource<>(
                TimeoutsAndExits::event, (long) ROUND * rounds, pace, TypeInformation.of(LogEvent.class));
        var times = WatermarkStrategy.<LogEvent>forMonotonousTimestamps()
                .withTimestampAssigner((event, time) -> event.timestamp().toEpochMilli());
        return environment
                .fromSource(source, times, "events")
                .setParallelism(1)
                .uid("events")
                .rebalance()
                .connect(updates)
                .process(new SelectFunction(own, List.of()))
                .uid("select")
                .keyBy(Candidate::key)
                .connect(updates)
                .process(new MatchFunction(own))
                .uid("match");
    }
}
