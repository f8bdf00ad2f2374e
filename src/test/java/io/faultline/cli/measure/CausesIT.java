package io.faultline.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The short form of the measurement: one seed, a job of 64 ranks, three faults. */
class CausesIT {

    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| \\d+ \\|.*");

    @Test
    void namesTheGpuTheEngineAndTheSwitch() throws IOException {
        CauseMeasurement measurement = new CauseMeasurement();
        measurement.run(16, 7, List.of("gpu-xid", "engine-death"));
        measurement.run(16, 7, List.of("leaf-down"));

        assertThat(measurement.all().mistakes()).isEmpty();
        assertThat(measurement.all().faults()).isEqualTo(3);
    }

    @Test
    void thePageHasEachFaultThatIsMeasured() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/CAUSES.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(CauseMeasurement.PLANS.stream()
                        .flatMap(List::stream)
                        .sorted()
                        .toList());
    }

    @Test
    void theLabelsOfRealLogsNameKnownKinds() throws IOException {
        List<String> kinds =
                Arrays.stream(EventKind.values()).map(EventKind::id).toList();

        assertThat(ScoreCauses.labels(Path.of("src/test/resources/causes/labels.ndjson")))
                .isNotEmpty()
                .allSatisfy(truth -> assertThat(kinds).containsAll(truth.kinds()));
    }
}
