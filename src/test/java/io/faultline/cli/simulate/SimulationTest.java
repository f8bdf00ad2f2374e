package io.faultline.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {

    @TempDir
    static Path temporary;

    private static WrittenCluster faulty;
    private static WrittenCluster quiet;

    @BeforeAll
    static void simulate() {
        faulty = WrittenCluster.write(SimulationSettings.defaults(), temporary.resolve("faulty"));
        quiet = WrittenCluster.write(
                SimulationSettings.defaults().withFaults(List.of("none")), temporary.resolve("quiet"));
    }

    @Test
    void writesTheSameBytesForTheSameSeed() throws IOException {
        WrittenCluster again = WrittenCluster.write(SimulationSettings.defaults(), temporary.resolve("again"));

        assertThat(contents(again.directory())).isEqualTo(contents(faulty.directory()));
    }

    @Test
    void writesOtherBytesForAnotherSeed() throws IOException {
        WrittenCluster other =
                WrittenCluster.write(SimulationSettings.defaults().withSeed(2), temporary.resolve("other"));

        Map<String, String> before = contents(faulty.directory());
        Map<String, String> after = contents(other.directory());
        // what stands where is no matter of chance
        assertThat(after.remove(Simulation.INVENTORY)).isEqualTo(before.get(Simulation.INVENTORY));
        assertThat(after).allSatisfy((file, text) -> assertThat(text).as(file).isNotEqualTo(before.get(file)));
    }

    @Test
    void leavesOtherFilesAsTheyWereWhenAFaultIsLeftOut() throws IOException {
        WrittenCluster without = WrittenCluster.write(
                SimulationSettings.defaults().withFaults(List.of("gpu-xid")), temporary.resolve("without"));

        assertThat(without.logs()).containsEntry("chat-0.log", faulty.logs().get("chat-0.log"));
        assertThat(without.logs()).containsEntry("legacy-0.log", quiet.logs().get("legacy-0.log"));
    }

    @Test
    void reportsWhatItWrote() throws IOException {
        SimulationResult result = Simulation.write(SimulationSettings.defaults(), temporary.resolve("result"));

        long bytes = 0;
        for (Path file : result.files()) {
            bytes += Files.size(file);
        }
        assertThat(result.files()).hasSameSizeAs(faulty.logs().keySet());
        assertThat(result.bytes()).isEqualTo(bytes).isBetween(5_000_000L, 12_000_000L);
        // splitting at line feeds leaves one empty text behind the last of each file
        assertThat(result.lines()).isEqualTo(faulty.all().size() - faulty.logs().size());
        assertThat(result.labels()).hasSize(FaultName.usual().size());
    }

    @Test
    void datesEveryFileAtTheEndOfTheSimulation() throws IOException {
        try (Stream<Path> files = Files.list(faulty.directory())) {
            assertThat(files).allSatisfy(file -> assertThat(
                            Files.getLastModifiedTime(file).toInstant())
                    .isEqualTo(Instant.parse("2026-03-01T11:00:00Z")));
        }
    }

    @Test
    void plantsNothingInAQuietCluster() {
        assertThat(quiet.labels()).isEmpty();
        assertThat(
                        quiet.all().stream()
                                .filter(
                                        line -> line.matches(
                                                ".*(Watchdog caught|fallen off the bus|out of memory|lm loss: NAN|CANCELLED"
                                                        + "|prompt throughput: 0\\.0 .*generation throughput: 0\\.0 .*Running: [1-9]).*")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(FaultName.class)
    void plantsOnlyTheNamedFault(FaultName fault) {
        WrittenCluster one = WrittenCluster.write(
                SimulationSettings.defaults().withFaults(List.of(fault.text())), temporary.resolve(fault.text()));

        assertThat(one.labels())
                .singleElement()
                .satisfies(label -> assertThat(label.get("fault").asText()).isEqualTo(fault.text()));
    }

    static Stream<Arguments> whatEvidenceSays() {
        String exit = "exitcode|Root Cause|host  |rank  ";
        return Stream.of(
                Arguments.of(
                        FaultName.INFERENCE_STALL, "generation throughput: 0\\.0 tokens/s, Running: [1-9]\\d* reqs"),
                Arguments.of(FaultName.TRAINING_STALL, "iteration +\\d+/|CANCELLED AT"),
                Arguments.of(
                        FaultName.COLLECTIVE_TIMEOUT,
                        "iteration +\\d+/|Watchdog caught|last enqueued work|entire process down|Aborted|" + exit),
                Arguments.of(
                        FaultName.GPU_XID,
                        ": 79, |fallen off the bus|: 154, |unspecified launch failure|Aborted|" + exit),
                Arguments.of(FaultName.LOSS_NAN, "grad norm: \\d+\\.\\d+|lm loss: NAN"),
                Arguments.of(FaultName.LOSS_EXPLOSION, "iteration +\\d+/.* grad norm: "),
                Arguments.of(FaultName.CUDA_OOM, "CUDA out of memory|Exited with exit code 1|" + exit));
    }

    @ParameterizedTest
    @MethodSource("whatEvidenceSays")
    void quotesLinesThatShowTheFault(FaultName fault, String regex) {
        assertThat(faulty.evidence(fault))
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(line -> line.matches(".*(" + regex + ").*"));
    }

    @Test
    void keepsTwoFaultsOfOneEntityTwentyMinutesApart() {
        for (long seed = 1; seed <= 3; seed++) {
            WrittenCluster cluster = WrittenCluster.write(
                    SimulationSettings.defaults().withSeed(seed), temporary.resolve("apart-" + seed));

            Map<String, List<Instant>> starts = new TreeMap<>();
            for (JsonNode label : cluster.labels()) {
                starts.computeIfAbsent(file(label), entity -> new ArrayList<>())
                        .add(Instant.parse(label.get("started").asText()));
            }
            assertThat(starts.values()).allSatisfy(times -> {
                for (int i = 1; i < times.size(); i++) {
                    assertThat(Duration.between(times.get(i - 1), times.get(i))).isGreaterThan(Duration.ofMinutes(20));
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 10", "3, 4, 20", "8, 8, 30", "8, 8, 45", "5, 3, 55", "16, 8, 120"})
    void plantsEveryFaultWithinAClusterOfAnySize(int nodes, int gpus, int minutes) {
        for (long seed = 1; seed <= 2; seed++) {
            SimulationSettings settings = new SimulationSettings(
                    nodes, gpus, minutes, seed, SimulationSettings.DEFAULT_START, FaultName.usual());

            WrittenCluster cluster = WrittenCluster.write(settings, temporary.resolve("size"));

            assertThat(cluster.labels()).hasSize(FaultName.usual().size()).allSatisfy(label -> {
                Instant started = Instant.parse(label.get("started").asText());
                assertThat(started).isAfter(settings.start().plusSeconds(60));
                assertThat(Instant.parse(label.get("ended").asText()))
                        .isAfter(started)
                        .isBefore(settings.end());
            });
        }
    }

    /** The file the fault is first seen to hurt: two faults of a job share it. */
    private static String file(JsonNode label) {
        JsonNode entity = label.get("entity");
        return entity.has("job")
                ? entity.get("job").asText() + ".log"
                : label.get("evidence")
                        .get(label.get("evidence").size() - 1)
                        .get("file")
                        .asText();
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
