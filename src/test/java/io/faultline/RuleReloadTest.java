package io.faultline;

import static io.faultline.TimeoutsAndExits.JOBS;
import static io.faultline.TimeoutsAndExits.STEPS;
import static io.faultline.TimeoutsAndExits.startOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Alert;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules change under load, and the job fails in the middle. */
class RuleReloadTest {

    private static final int ROUNDS = 300;
    private static final int PER_SECOND = 5_000;

    @Test
    void losesNoMatchAndDoublesNone(@TempDir Path folder) throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Map<String, Set<Instant>> found = new ConcurrentHashMap<>();
        Set<Integer> versions = ConcurrentHashMap.newKeySet();
        MemorySink<Alert> sink = new MemorySink<>("rule-reload", alert -> {
            found.computeIfAbsent(alert.rule() + " " + alert.entity().job(), key -> ConcurrentHashMap.newKeySet())
                    .add(alert.startsAt());
            versions.add(alert.ruleVersion());
        });
        JobClient job = start(folder.resolve("checkpoints"), rules, sink);

        await().atMost(Duration.ofMinutes(1)).until(() -> !found.isEmpty());
        TimeoutsAndExits.write(rules, "pushed", STEPS.formatted(1, "keep"));
        TimeoutsAndExits.write(rules, "exits", STEPS.formatted(2, "keep"));
        await().atMost(Duration.ofMinutes(2)).until(() -> IntStream.range(0, JOBS)
                .allMatch(one -> last(found, "exits", one) && last(found, "pushed", one)));
        job.cancel().get();
        MemorySink.forget("rule-reload");

        assertThat(FailsOnce.FAILED).isTrue();
        assertThat(versions).containsExactlyInAnyOrder(1, 2);
        for (int one = 0; one < JOBS; one++) {
            assertThat(found.get("exits job-" + one)).isEqualTo(pairsFrom(one, 0));
            int pushed = found.get("pushed job-" + one).size();
            assertThat(pushed).isBetween(1, ROUNDS - 1);
            assertThat(found.get("pushed job-" + one))
                    .as("all from the first on")
                    .isEqualTo(pairsFrom(one, ROUNDS - pushed));
        }
    }

    private static boolean last(Map<String, Set<Instant>> found, String rule, int job) {
        return found.getOrDefault(rule + " job-" + job, Set.of()).contains(startOf(job, ROUNDS - 1));
    }

    private static Set<Instant> pairsFrom(int job, int first) {
        return IntStream.range(first, ROUNDS)
                .mapToObj(round -> startOf(job, round))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JobClient start(Path checkpoints, Path rules, MemorySink<Alert> sink) throws Exception {
        StreamExecutionEnvironment environment = JobConfiguration.embedded(2);
        environment.configure(new Configuration()
                .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3)
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100))
                .set(
                        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                        checkpoints.toUri().toString()));
        environment.enableCheckpointing(200);
        RuleSet own = RuleSet.of("test", List.of(SampleRules.file("exits", STEPS.formatted(1, "keep"))));

        TimeoutsAndExits.alerts(environment, own, rules, ROUNDS, RateLimiterStrategy.perSecond(PER_SECOND))
                .map(new FailsOnce())
                .setParallelism(1)
                .uid("fails-once")
                .sinkTo(sink)
                .setParallelism(1)
                .uid("found");
        return environment.executeAsync();
    }

    /** Fails when a checkpoint is complete that holds the pushed rule and its partial matches. */
    private static final class FailsOnce
            implements MapFunction<Alert, Alert>, CheckpointedFunction, CheckpointListener {

        private static final long serialVersionUID = 1L;
        private static final AtomicBoolean FAILED = new AtomicBoolean();

        private transient boolean pushed;
        private transient boolean due;
        private transient long checkpoint;

        @Override
        public Alert map(Alert alert) {
            pushed |= alert.rule().equals("pushed");
            if (due && FAILED.compareAndSet(false, true)) {
                throw new IllegalStateException("as the test wants it");
            }
            return alert;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            checkpoint = pushed && checkpoint == 0 ? context.getCheckpointId() : checkpoint;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {
            // It has no state.
        }

        @Override
        public void notifyCheckpointComplete(long completed) {
            due = checkpoint > 0 && completed >= checkpoint;
        }
    }
}
