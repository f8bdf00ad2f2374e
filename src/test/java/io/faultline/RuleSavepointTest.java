package io.faultline;

import static io.faultline.TimeoutsAndExits.JOBS;
import static io.faultline.TimeoutsAndExits.ROUND;
import static io.faultline.TimeoutsAndExits.STEPS;
import static io.faultline.TimeoutsAndExits.startOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job is stopped with a savepoint in the middle of partial matches; while it is down its rules change. */
class RuleSavepointTest {

    private static final int ROUNDS = 20;

    /** The round in which the job is stopped, when half of the jobs have exited. */
    private static final int STOPPED = 10;

    private static final int EXITED = JOBS / 2;

    /** The last exit waits for a later event to tell that it is complete. */
    private static final long BEFORE = (long) STOPPED * ROUND + JOBS + EXITED + 1;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private Path rules;
    private String backend;
    private final Queue<Alert> found = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void losesNoMatchAndDoublesNoneWhateverChangedMeanwhile(String stateBackend) throws Exception {
        backend = stateBackend;
        rules = Files.createDirectory(folder.resolve("rules"));
        for (String rule : List.of("steady", "kept", "reset", "reshaped", "removed")) {
            write(rule, 1, rule.equals("reset") ? "reset" : "keep");
        }
        String savepoint = runUntilHalf();
        List<Alert> before = List.copyOf(found);

        assertAllAfter(before, savepoint, 2, all());
        assertAllAfter(before, savepoint, 3, all());

        write("kept", 2, "keep");
        write("reset", 2, "reset");
        TimeoutsAndExits.write(rules, "reshaped", STEPS.formatted(1, "keep").replace("name: timeout", "name: hang"));
        Files.delete(rules.resolve("removed.yaml"));
        assertAllAfter(before, savepoint, 2, changed());
    }

    private void write(String rule, int version, String onChange) throws IOException {
        TimeoutsAndExits.write(rules, rule, STEPS.formatted(version, onChange));
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>();
        for (String rule : List.of("steady", "kept", "reset", "reshaped", "removed")) {
            all.addAll(pairs(rule, 1, pair -> true));
        }
        return all;
    }

    private static List<String> changed() {
        int stopped = STOPPED * JOBS + EXITED;
        int next = (STOPPED + 1) * JOBS;
        List<String> changed = new ArrayList<>(pairs("steady", 1, pair -> true));
        for (String rule : List.of("kept", "reset", "reshaped", "removed")) {
            changed.addAll(pairs(rule, 1, pair -> pair < stopped));
        }
        changed.addAll(pairs("kept", 2, pair -> pair >= stopped));
        changed.addAll(pairs("reset", 2, pair -> pair >= next));
        changed.addAll(pairs("reshaped", 1, pair -> pair >= next));
        return changed;
    }

    private static List<String> pairs(String rule, int version, IntPredicate which) {
        return IntStream.range(0, ROUNDS * JOBS)
                .filter(which)
                .mapToObj(pair -> text(rule, version, "job-" + pair % JOBS, startOf(pair % JOBS, pair / JOBS)))
                .toList();
    }

    private static String text(String rule, int version, Object job, Object start) {
        return rule + " " + version + " " + job + " " + start;
    }

    private static String text(Alert alert) {
        return text(alert.rule(), alert.ruleVersion(), alert.entity().job(), alert.startsAt());
    }

    private String runUntilHalf() throws Exception {
        JobClient job = start("", 2, parallelism -> new Gate(BEFORE));
        await().atMost(PATIENCE).until(() -> found.size() == 5 * (STOPPED * JOBS + EXITED));
        String savepoint = job.stopWithSavepoint(
                        false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        MemorySink.forget("rule-savepoint");
        return savepoint;
    }

    private void assertAllAfter(List<Alert> before, String savepoint, int parallelism, List<String> expected)
            throws Exception {
        found.clear();
        found.addAll(before);
        JobClient job = start(savepoint, parallelism, RateLimiterStrategy.noOp());
        await().atMost(PATIENCE).until(() -> found.size() >= expected.size());
        job.cancel().get();
        MemorySink.forget("rule-savepoint");

        assertThat(found.stream().map(RuleSavepointTest::text)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private JobClient start(String savepoint, int parallelism, RateLimiterStrategy pace) throws Exception {
        StreamExecutionEnvironment environment = JobConfiguration.embedded(parallelism);
        Configuration configuration = new Configuration().set(StateBackendOptions.STATE_BACKEND, backend);
        if (!savepoint.isEmpty()) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        environment.configure(configuration);
        TimeoutsAndExits.alerts(environment, RuleSet.read(rules), rules, ROUNDS, pace)
                .sinkTo(new MemorySink<>("rule-savepoint", found::add))
                .setParallelism(1)
                .uid("found");
        return environment.executeAsync();
    }

    /** Lets so many through, and then none. */
    private static final class Gate implements RateLimiter {

        private long left;

        Gate(long most) {
            left = most;
        }

        @Override
        public CompletionStage<Void> acquire() {
            return left-- > 0 ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
        }
    }
}
