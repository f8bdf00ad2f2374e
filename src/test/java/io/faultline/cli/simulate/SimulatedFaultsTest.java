package io.faultline.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault has the shape and the consequences that the real one has. */
class SimulatedFaultsTest {

    private static final Pattern STEP = Pattern.compile(
            "\\[(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d)\\.\\d{6}\\] iteration +(\\d+)/.*consumed samples: +(\\d+) .*");

    @TempDir
    static Path temporary;

    private static WrittenCluster cluster;

    @BeforeAll
    static void simulate() {
        cluster = WrittenCluster.write(SimulationSettings.defaults().withSeed(7), temporary);
    }

    @Test
    void stalledEngineHoldsRequestsAndItsCacheStaysAsItIs() {
        List<String> evidence = cluster.evidence(FaultName.INFERENCE_STALL);

        assertThat(evidence)
                .extracting(line -> line.replaceAll(".*cache usage: ([\\d.]+)%.*", "$1"))
                .containsOnly(evidence.get(0).replaceAll(".*cache usage: ([\\d.]+)%.*", "$1"));
        assertThat(cluster.grep("chat-1.log", "trigger received signal=SIGTERM"))
                .hasSize(1);
        assertThat(cluster.grep("gateway.json.log", "\"status\": 504.*\"upstream\": \"chat-1\""))
                .isNotEmpty();
    }

    @Test
    void stalledTrainingIsSilentForMoreThanTenMinutesWithoutAWatchdog() {
        List<String> lines = outage(FaultName.TRAINING_STALL);

        assertThat(Duration.parse("PT0S").plus(length(FaultName.TRAINING_STALL)))
                .isGreaterThan(Duration.ofMinutes(10));
        assertThat(lines).noneMatch(line -> line.contains(" iteration ")).noneMatch(line -> line.contains("atchdog"));
        assertThat(lines).anyMatch(line -> line.contains("heartbeat")).anyMatch(line -> line.contains("PULSE"));
    }

    @Test
    void watchdogsOfAllRanksButTheCulpritSpeakOfOneSequenceNumber() {
        JsonNode label = cluster.label(FaultName.COLLECTIVE_TIMEOUT);
        int culprit = label.get("culprit").get("rank").asInt();
        List<String> caught = cluster.grep(job(label), "ProcessGroupNCCL.cpp:683\\] .*Watchdog caught");

        int world = Integer.parseInt(
                cluster.grep(job(label), "using world size").get(0).replaceAll(".*size: (\\d+), data.*", "$1"));
        assertThat(caught).hasSize(world - 1).noneMatch(line -> line.contains("[rank" + culprit + "]"));
        assertThat(caught)
                .extracting(line -> line.replaceAll(".*SeqNum=(\\d+),.*", "$1"))
                .containsOnly(caught.get(0).replaceAll(".*SeqNum=(\\d+),.*", "$1"));
        assertThat(caught).allMatch(line -> line.contains("Timeout(ms)=600000) ran for 6000"));
    }

    @Test
    void kernelSpeaksBeforeTheJobWhenAGpuLeavesTheBus() {
        JsonNode label = cluster.label(FaultName.GPU_XID);
        String node = label.get("entity").get("node").asText();
        List<String> files = new ArrayList<>();
        label.get("evidence").forEach(place -> files.add(place.get("file").asText()));

        assertThat(files.subList(0, 3)).containsOnly(node + ".kernel.log");
        assertThat(files.subList(3, files.size())).containsOnly("train-llm.log");
        assertThat(cluster.evidence(FaultName.GPU_XID).get(0))
                .contains("NVRM: Xid (PCI:" + label.get("entity").get("gpu").asText() + "): 79, pid=");
        assertThat(cluster.grep("train-llm.log", "srun: error: " + node + ": tasks .*: Aborted"))
                .hasSize(1);
    }

    @Test
    void lostGpuIsTheOneTheFailedRankInitialised() {
        JsonNode entity = cluster.label(FaultName.GPU_XID).get("entity");
        String rank = cluster.grep("train-llm.log", "RuntimeError: CUDA error: unspecified launch failure")
                .get(0)
                .replaceAll(".*\\[rank(\\d+)\\].*", "$1");

        String bus = entity.get("gpu").asText().substring(5, 7) + "000";
        assertThat(cluster.grep(
                        "train-llm.log",
                        entity.get("node").asText() + ":.* rank " + rank + " nranks .* busId " + bus
                                + " .* - Init COMPLETE"))
                .isNotEmpty();
    }

    @Test
    void gradientLeadsTheExplodingLossWhichStays() {
        List<String> evidence = cluster.evidence(FaultName.LOSS_EXPLOSION);

        double before = value(evidence.get(0), "lm loss");
        assertThat(value(evidence.get(3), "grad norm")).isGreaterThan(20 * value(evidence.get(0), "grad norm"));
        assertThat(value(evidence.get(1), "lm loss")).isLessThan(before * 1.1);
        assertThat(evidence.subList(evidence.size() - 6, evidence.size()))
                .allSatisfy(line -> assertThat(value(line, "lm loss")).isBetween(11.0, 13.0));
    }

    @Test
    void lossIsNotANumberAfterItsGradientGrew() {
        List<String> evidence = cluster.evidence(FaultName.LOSS_NAN);

        assertThat(value(evidence.get(1), "grad norm")).isGreaterThan(20);
        assertThat(evidence.subList(2, evidence.size()))
                .allMatch(line ->
                        line.contains("| lm loss: NAN |") && line.endsWith("| number of nan iterations:   1 |"));
    }

    @Test
    void fineTuningRunsOutOfMemoryAtLeastFourTimesInTenMinutesAndThenFinishes() {
        assertThat(cluster.grep("sft-chat.log", "OutOfMemoryError: CUDA out of memory"))
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(length(FaultName.CUDA_OOM)).isLessThan(Duration.ofMinutes(10));
        assertThat(cluster.grep("sft-chat.log", "'train_runtime'")).hasSize(1);
    }

    @Test
    void jobsGoOnFromTheirLastCheckpointSoThatConsumedSamplesGoBack() {
        for (FaultName fault : List.of(
                FaultName.TRAINING_STALL, FaultName.COLLECTIVE_TIMEOUT, FaultName.GPU_XID, FaultName.LOSS_NAN)) {
            String file = fault == FaultName.GPU_XID ? "train-llm.log" : job(cluster.label(fault));
            List<Step> steps = steps(file);

            assertThat(steps).as(file).anySatisfy(step -> {
                int index = steps.indexOf(step);
                assertThat(index).isPositive();
                assertThat(step.samples()).isLessThan(steps.get(index - 1).samples());
            });
        }
    }

    private static List<String> outage(FaultName fault) {
        JsonNode label = cluster.label(fault);
        JsonNode evidence = label.get("evidence");
        int last = evidence.get(2).get("line").asInt();
        int cancelled = evidence.get(evidence.size() - 1).get("line").asInt();
        return cluster.logs().get(job(label)).subList(last, cancelled - 2);
    }

    private static Duration length(FaultName fault) {
        JsonNode label = cluster.label(fault);
        return Duration.between(
                java.time.Instant.parse(label.get("started").asText()),
                java.time.Instant.parse(label.get("ended").asText()));
    }

    private static String job(JsonNode label) {
        return label.get("entity").get("job").asText() + ".log";
    }

    private static double value(String line, String cell) {
        return Double.parseDouble(line.replaceAll(".*\\| " + cell + ": ([^ ]+) \\|.*", "$1"));
    }

    private record Step(LocalDateTime time, int iteration, long samples) {}

    private static List<Step> steps(String file) {
        List<Step> steps = new ArrayList<>();
        for (String line : cluster.logs().get(file)) {
            Matcher matcher = STEP.matcher(line);
            if (matcher.find()) {
                steps.add(new Step(
                        LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        Long.parseLong(matcher.group(4))));
            }
        }
        return steps;
    }
}
