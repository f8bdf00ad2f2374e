package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.RunListener;
import io.faultline.cli.RunSummary;
import io.faultline.cli.ScanRequest;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationSettings;
import io.faultline.cli.stack.Directories;
import io.faultline.model.Incident;
import io.faultline.model.NearMiss;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code demo --stack}, without the command. */
class DemoStackIT {

    @Test
    void findsTheSameThroughKafkaAsInFilesAndStoresItOnceInTwoRuns() throws Exception {
        Path work = Directories.delete(Path.of("target/it/demo-stack"));
        List<Path> files = Simulation.write(
                        SimulationSettings.defaults().withNodes(4, 4).withMinutes(20), work.resolve("logs"))
                .files();
        ScanRequest request = new ScanRequest(files, null, 2, ZoneOffset.UTC);
        List<String> said = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void say(String words) {
                said.add(words);
            }
        };
        EmbeddedJob job = new EmbeddedJob();

        RunSummary plain = job.scan(request, listener);
        RunSummary first = job.scanThroughStack(request, Path.of(""), work, listener);
        RunSummary second = job.scanThroughStack(request, Path.of(""), work, listener);

        assertThat(ids(plain)).isNotEmpty();
        assertThat(ids(first)).isEqualTo(ids(plain));
        assertThat(ids(second)).isEqualTo(ids(plain));
        assertThat(first.events()).isEqualTo(plain.events());
        assertThat(plain.nearMisses()).isNotEmpty();
        assertThat(misses(first)).isEqualTo(misses(plain));
        assertThat(misses(second)).isEqualTo(misses(plain));
        String stored = "Elasticsearch holds all " + plain.incidents().size() + " incidents under the same ids, "
                + plain.nearMisses().size() + " near misses and "
                + plain.events() + " events";
        assertThat(said).containsExactly(stored, stored);
        assertThat(ProcessHandle.current().descendants().map(ProcessHandle::info))
                .as("servers of the stack that still run")
                .noneMatch(process -> process.commandLine()
                        .orElse("")
                        .contains(work.toAbsolutePath().toString()));
    }

    private static List<String> misses(RunSummary summary) {
        return summary.nearMisses().stream().map(NearMiss::id).toList();
    }

    private static List<String> ids(RunSummary summary) {
        return summary.incidents().stream().map(Incident::id).sorted().toList();
    }
}
