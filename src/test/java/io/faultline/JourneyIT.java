package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.RunListener;
import io.faultline.cli.RunSummary;
import io.faultline.cli.ScanRequest;
import io.faultline.cli.simulate.FaultLabel;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationResult;
import io.faultline.cli.simulate.SimulationSettings;
import io.faultline.model.Entity;
import io.faultline.model.Incident;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole journey against the truth: what the simulation planted, and not what the job happens to say. */
class JourneyIT {

    /** A silence shows only after its time-out, so an incident may begin after the fault has ended. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    /** What the cause of each fault is, by the kinds' page; a stall starts nothing that is written. */
    private static final Map<String, String> KINDS = Map.of(
            "inference-stall", "unknown",
            "training-stall", "unknown",
            "collective-timeout", "collective.timeout",
            "gpu-xid", "gpu.xid",
            "loss-nan", "training.step",
            "loss-explosion", "training.step",
            "cuda-oom", "memory.exhausted");

    @ParameterizedTest(name = "seed {0}, {1} minutes, {2} nodes of {3}")
    @CsvSource({"1, 60, 8, 8", "2, 60, 8, 8", "13, 20, 16, 2"})
    void findsEachPlantedFaultOnceAndSaysWhereItIs(long seed, int minutes, int nodes, int gpus) throws Exception {
        SimulationResult planted = simulate(SimulationSettings.defaults()
                .withSeed(seed)
                .withMinutes(minutes)
                .withNodes(nodes, gpus));

        List<Incident> found = scan(planted, 2).incidents();

        List<Incident> unexplained = new ArrayList<>(found);
        for (FaultLabel label : planted.labels()) {
            List<Incident> telling =
                    found.stream().filter(incident -> tellsOf(incident, label)).toList();
            assertThat(telling).as("incidents about %s", label).hasSize(1);
            assertThat(telling.get(0).cause().kind()).as("cause of %s", label).isEqualTo(KINDS.get(label.fault()));
            assertThat(telling.get(0).cause().entity().toMap())
                    .as("place of %s", label)
                    .containsAllEntriesOf(label.entity());
            unexplained.removeAll(telling);
        }
        assertThat(planted.labels()).hasSize(KINDS.size());
        assertThat(unexplained).as("incidents without a fault").isEmpty();
    }

    /** Which node the rank is on stands in no line; which rank it is follows from who did not speak. */
    @Test
    void namesTheRankThatHeldUpTheOthers() throws Exception {
        SimulationResult planted =
                simulate(SimulationSettings.defaults().withSeed(4).withFaults(List.of("collective-timeout")));

        List<Incident> found = scan(planted, 2).incidents();

        assertThat(found).hasSize(1);
        assertThat(found.get(0).cause().entity().get(Entity.Level.RANK))
                .isEqualTo(planted.labels().get(0).culprit().get("rank"));
    }

    @ParameterizedTest(name = "seed {0}, {1} minutes")
    @CsvSource({"1, 60", "2, 120"})
    void raisesNothingWhereNothingWasPlanted(long seed, int minutes) throws Exception {
        SimulationResult quiet = simulate(SimulationSettings.defaults()
                .withSeed(seed)
                .withMinutes(minutes)
                .withFaults(List.of(SimulationSettings.NONE)));

        RunSummary summary = scan(quiet, 2);

        assertThat(summary.lines()).isEqualTo(quiet.lines());
        assertThat(summary.incidents()).isEmpty();
    }

    @Test
    void tellsTheSameWhateverTheParallelism() throws Exception {
        SimulationResult planted = simulate(SimulationSettings.defaults().withSeed(5));

        List<Incident> one = scan(planted, 1).incidents();
        List<Incident> two = scan(planted, 2).incidents();
        List<Incident> three = scan(planted, 3).incidents();

        assertThat(two).isEqualTo(one);
        assertThat(three).isEqualTo(one);
    }

    private static SimulationResult simulate(SimulationSettings settings) throws Exception {
        Path target = Files.createDirectories(Path.of("target", "journey"));
        return Simulation.write(settings, Files.createTempDirectory(target, "seed-" + settings.seed() + "-"));
    }

    private static RunSummary scan(SimulationResult simulated, int parallelism) {
        ScanRequest request = new ScanRequest(simulated.files(), null, parallelism, ZoneOffset.UTC);
        return new EmbeddedJob().scan(request, RunListener.NONE);
    }

    private static boolean tellsOf(Incident incident, FaultLabel label) {
        boolean overlaps = !incident.endedAt().isBefore(Instant.parse(label.started()))
                && !incident.startedAt().isAfter(Instant.parse(label.ended()).plus(SLACK));
        return overlaps
                && incident.entities().stream().anyMatch(entity -> entity.toMap()
                        .entrySet()
                        .containsAll(label.entity().entrySet()));
    }
}
