package io.faultline.bench;

import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationSettings;
import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Lines of one simulated hour, as a source hands them on. The same seed gives the same lines. */
final class SimulatedLines {

    private static final Instant SEEN = Instant.parse("2026-03-01T12:00:00Z");

    private SimulatedLines() {}

    /** So many lines of one file, from its beginning again where it has fewer. */
    static RawLog[] of(String file, int count) throws IOException {
        Path directory = Files.createTempDirectory("faultline-bench");
        try {
            Simulation.write(SimulationSettings.defaults(), directory);
            List<String> lines = Files.readAllLines(directory.resolve(file), StandardCharsets.UTF_8);
            return IntStream.range(0, count)
                    .mapToObj(i -> new RawLog(
                            Origin.file(file, i + 1L),
                            SEEN,
                            file,
                            lines.get(i % lines.size()).getBytes(StandardCharsets.UTF_8),
                            Attributes.NONE))
                    .toArray(RawLog[]::new);
        } finally {
            try (var files = Files.list(directory)) {
                for (Path one : files.toList()) {
                    Files.delete(one);
                }
            }
            Files.delete(directory);
        }
    }
}
