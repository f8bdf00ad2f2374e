package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.ReadRequest;
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
        ReadRequest request = new ReadRequest(planted.files(), null, ZoneOffset.UTC, List.of());
        new EmbeddedJob().read(request, RunListener.NONE, trial::add);

        RuleTrial.Outcome tried = trial.runToTheEnd(EventTimeSettings.defaults().outOfOrderness());

        MemorySinks found = job(planted.files());
        List<Alert> alerts = found.alerts().stream()
                .filter(alert -> alert.kind() == Alert.Kind.RULE_MATCH)
                .toList();
        assertThat(tried.alerts()).hasSizeGreaterThan(5);
        assertThat(told(tried.alerts())).containsExactlyInAnyOrderElementsOf(told(alerts));
        assertThat(tried.nearMisses()).isEqualTo(found.nearMisses());
    }

    private static List<String> told(List<Alert> alerts) {
        return alerts.stream()
                .map(alert -> alert.rule() + " " + alert.entity() + " " + alert.startsAt() + " " + alert.detectedAt()
                        + " " + alert.reason() + " "
                        + Replay.of(alert).orElseThrow().origins())
                .toList();
    }

    /** What the job finds in files. */
    private static MemorySinks job(List<Path> files) throws Exception {
        List<String> paths = files.stream().map(Path::toString).toList();
        SettingsTree tree = new SettingsTree().put("collect.source.files.paths", paths);
        JobSettings settings = JobSettings.read("a test", tree.tree(), Map.of());
        StreamExecutionEnvironment environment = JobConfiguration.embedded(2);
        try (MemorySinks sinks = new MemorySinks()) {
            new Topology(settings, new ConfiguredSources(settings), sinks).wire(environment);
            environment.execute();
            return sinks;
        }
    }
}
