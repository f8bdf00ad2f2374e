package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.DirectLogReader;
import io.faultline.cli.RunListener;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationResult;
import io.faultline.cli.simulate.SimulationSettings;
import io.faultline.detect.match.RuleTrial;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Alert;
import io.faultline.model.Replay;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried in one thread is what the job finds. */
class BacktestIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsTheAlertsOfTheJobAndNoOther(long seed) throws Exception {
        SimulationResult planted = Simulation.write(
                SimulationSettings.defaults().withSeed(seed).withNodes(4, 4).withMinutes(30), directory);
        RuleTrial trial = new RuleTrial(RuleSet.shipped());
        new DirectLogReader().read(planted.files(), ZoneOffset.UTC, RunListener.NONE, trial::add, rejected -> {});

        List<Alert> tried =
                trial.runToTheEnd(EventTimeSettings.defaults().outOfOrderness()).alerts();

        assertThat(tried).hasSizeGreaterThan(5);
        assertThat(told(tried)).containsExactlyInAnyOrderElementsOf(told(job(planted.files())));
    }

    private static List<String> told(List<Alert> alerts) {
        return alerts.stream()
                .map(alert -> alert.rule() + " " + alert.entity() + " " + alert.startsAt() + " " + alert.detectedAt()
                        + " " + alert.reason() + " "
                        + Replay.of(alert).orElseThrow().origins())
                .toList();
    }

    /** The alerts of rules that the job raises over files. */
    private static List<Alert> job(List<Path> files) throws Exception {
        List<String> paths = files.stream().map(Path::toString).toList();
        SettingsTree tree = new SettingsTree().put("collect.source.files.paths", paths);
        JobSettings settings = JobSettings.read("a test", tree.tree(), Map.of());
        StreamExecutionEnvironment environment = JobConfiguration.embedded(2);
        try (MemorySinks sinks = new MemorySinks()) {
            new Topology(settings, new ConfiguredSources(settings), sinks).wire(environment);
            environment.execute();
            return sinks.alerts().stream()
                    .filter(alert -> alert.kind() == Alert.Kind.RULE_MATCH)
                    // The commands read without mining and without judging sources.
                    .filter(alert ->
                            !alert.rule().startsWith("source-") && !alert.rule().equals("new-error-after-change"))
                    .toList();
        }
    }
}
