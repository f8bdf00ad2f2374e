package io.faultline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.faultline.detect.match.MatchFunction;
import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.SelectFunction;
import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.life.RuleHead;
import io.faultline.detect.match.life.RulesFunction;
import io.faultline.detect.match.life.RulesTopicSource;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.model.Alert;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.store.kafka.KeyedTopic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** How long it takes until a pushed version of a rule is in force in all tasks of a job that is under load. */
final class ReloadTrial {

    private static final String RULE = "timeouts";
    private static final String PATTERN =
            "kind: sequence\nmatch:\n  - {name: timeout, where: kind == 'collective.timeout'}\nsuppress: 0s\n";
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PER_SECOND = 5_000;

    /** Groups of each selecting task, so that each of them has some in each matching one. */
    private static final int GROUPS = 64;

    private final Properties kafka = new Properties();
    private final String topic;
    private final int parallelism;

    /** The tasks that told of a version, by version; those that select and those that match. */
    private final Map<Integer, Set<String>> tasks = new ConcurrentHashMap<>();

    /** @param topic the control topic, which is empty */
    ReloadTrial(String bootstrapServers, String topic, int parallelism) {
        this.kafka.setProperty("bootstrap.servers", bootstrapServers);
        this.topic = topic;
        this.parallelism = parallelism;
    }

    /**
     * One push.
     *
     * @param first from the command to the first alert of the new version
     * @param all from the command until every task that selects and every task that matches told such an alert
     */
    record Reload(Duration first, Duration all) {}

    /** Pushes versions one after the other. */
    List<Reload> push(int versions) throws Exception {
        String key = "reload-trial-" + topic;
        MemorySink<Tuple2<Integer, Alert>> sink = new MemorySink<>(key, told -> {
            Set<String> tasks = of(told.f1.ruleVersion());
            tasks.add("match " + told.f0);
            tasks.add(String.valueOf(told.f1.entity().cluster()));
        });
        JobClient job = start(sink);
        try {
            push(1, "it starts");
            await().atMost(PATIENCE).until(() -> of(1).size() == 2 * parallelism);
            List<Reload> reloads = new ArrayList<>();
            for (int version = 2; version < 2 + versions; version++) {
                reloads.add(reload(version));
            }
            return reloads;
        } finally {
            job.cancel().get();
            MemorySink.forget(key);
        }
    }

    private Reload reload(int version) throws IOException {
        long begin = System.nanoTime();
        push(version, "another title");
        var soon = await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
        soon.until(() -> !of(version).isEmpty());
        Duration first = Duration.ofNanos(System.nanoTime() - begin);
        soon.until(() -> of(version).size() == 2 * parallelism);
        return new Reload(first, Duration.ofNanos(System.nanoTime() - begin));
    }

    private Set<String> of(int version) {
        return tasks.computeIfAbsent(version, number -> ConcurrentHashMap.newKeySet());
    }

    private void push(int version, String why) throws IOException {
        String text = SampleRules.file(RULE, PATTERN).text();
        RuleHead head = RuleHead.UNTOUCHED.withActive(version).saidBy("", "", why);
        List<KeyedTopic.Entry> entries =
                List.of(RuleCommand.version(RULE, version, text), RuleCommand.head(RULE, head.document())).stream()
                        .map(command -> new KeyedTopic.Entry(
                                command.key(), command.document().getBytes(UTF_8)))
                        .toList();
        new KeyedTopic(topic, kafka).write(entries);
    }

    private JobClient start(MemorySink<Tuple2<Integer, Alert>> sink) throws Exception {
        StreamExecutionEnvironment environment = JobConfiguration.embedded(parallelism);
        RuleSet own = new RuleSet(List.of());
        var updates = environment
                .fromSource(RulesTopicSource.of(topic, kafka, false), new NoTime<>(), "source-rules")
                .setParallelism(1)
                .uid("source-rules")
                .process(new RulesFunction(own, topic))
                .setParallelism(1)
                .uid("rules")
                .broadcast(RulesFunction.UPDATES);
        var source = new DataGeneratorSource<>(
                ReloadTrial::event,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(PER_SECOND),
                TypeInformation.of(LogEvent.class));
        environment
                .fromSource(source, times(), "events")
                .setParallelism(1)
                .uid("events")
                .rebalance()
                .map(new SelectedBy())
                .uid("selected-by")
                .connect(updates)
                .process(new SelectFunction(own, List.of()))
                .uid("select")
                .keyBy(Candidate::key)
                .connect(updates)
                .process(new MatchFunction(own))
                .uid("match")
                .map(new MatchedBy())
                .returns(Types.TUPLE(Types.INT, TypeInformation.of(Alert.class)))
                .uid("matched-by")
                .sinkTo(sink)
                .uid("told");
        return environment.executeAsync();
    }

    private static WatermarkStrategy<LogEvent> times() {
        return WatermarkStrategy.<LogEvent>forMonotonousTimestamps()
                .withTimestampAssigner((event, time) -> event.timestamp().toEpochMilli());
    }

    private static LogEvent event(long index) {
        return SampleRules.event(EventKind.COLLECTIVE_TIMEOUT, START.plusMillis(index), Measures.NONE, Attributes.NONE)
                .withEntity(Entity.ofJob("job-" + index % GROUPS));
    }

    /** Lets an alert tell which task selected its event. */
    private static final class SelectedBy extends RichMapFunction<LogEvent, LogEvent> {
        private static final long serialVersionUID = 1L;

        @Override
        public LogEvent map(LogEvent event) {
            int task = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
            return event.withEntity(
                    Entity.ofJob(event.entity().job() + "-of-" + task).with(Entity.Level.CLUSTER, "select " + task));
        }
    }

    /** Lets an alert tell which task matched it. */
    private static final class MatchedBy extends RichMapFunction<Alert, Tuple2<Integer, Alert>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Tuple2<Integer, Alert> map(Alert alert) {
            return Tuple2.of(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), alert);
        }
    }
}
