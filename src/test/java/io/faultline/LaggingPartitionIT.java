package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.RunListener;
import io.faultline.cli.RunSummary;
import io.faultline.cli.ScanRequest;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationSettings;
import io.faultline.cli.stack.Directories;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.SharedServers;
import io.faultline.collect.source.FilesSettings;
import io.faultline.collect.source.LogFiles;
import io.faultline.model.Incident;
import io.faultline.model.WindowStatistics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One partition is an hour behind the other: what its lines say is not late. */
class LaggingPartitionIT {

    private static final Path WORK = Path.of("target/it/lagging-partition");
    private static final String TOPIC = "lagging";

    private final KafkaServer kafka = SharedServers.kafka();

    @Test
    void findsInAPartitionAnHourBehindWhatReadingInOrderFinds() throws Exception {
        Directories.delete(WORK);
        List<Path> early = simulate("early", 1, SimulationSettings.DEFAULT_START);
        List<Path> late = simulate("late", 2, SimulationSettings.DEFAULT_START.plus(Duration.ofHours(1)));
        kafka.createTopic(TOPIC, 2);
        send(late, 0);
        send(early, 1);
        List<Path> all = Stream.concat(early.stream(), late.stream()).toList();
        ScanRequest request = new ScanRequest(all, null, 2, ZoneOffset.UTC);
        EmbeddedJob job = new EmbeddedJob();

        RunSummary inOrder = job.scan(request, RunListener.NONE);
        RunSummary lagging = job.runBounded(request, settings(), RunListener.NONE);

        assertThat(inOrder.incidents()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(lagging.events()).isEqualTo(inOrder.events());
        assertThat(ids(lagging)).isEqualTo(ids(inOrder));
        assertThat(samples(lagging)).as("samples that were in time").isEqualTo(samples(inOrder));
    }

    private static List<Path> simulate(String name, long seed, Instant start) throws Exception {
        SimulationSettings settings = SimulationSettings.defaults()
                .withFaults(List.of("gpu-xid", "inference-stall"))
                .withNodes(4, 2)
                .withMinutes(20)
                .withSeed(seed);
        return Simulation.write(
                        new SimulationSettings(
                                settings.nodes(),
                                settings.gpus(),
                                settings.minutes(),
                                settings.seed(),
                                start,
                                settings.faults()),
                        WORK.resolve(name))
                .files();
    }

    private void send(List<Path> files, int partition) {
        try (LogShipper shipper = new LogShipper(kafka.bootstrapServers(), TOPIC)) {
            LogFiles.read(
                    FilesSettings.of(files.stream().map(Path::toString).toList()),
                    Clock.systemUTC(),
                    (log, time) -> shipper.send(log, time, partition));
            shipper.flush();
        }
    }

    private JobSettings settings() {
        SettingsTree tree = new SettingsTree()
                .put("collect.source.kafka.bootstrap-servers", kafka.bootstrapServers())
                .put("collect.source.kafka.topics", List.of(TOPIC))
                .put("collect.source.kafka.bounded", true);
        return JobSettings.read("the test", tree.tree(), Map.of());
    }

    private static List<String> ids(RunSummary summary) {
        return summary.incidents().stream().map(Incident::id).sorted().toList();
    }

    private static long samples(RunSummary summary) {
        return summary.statistics().stream().mapToLong(WindowStatistics::count).sum();
    }
}
