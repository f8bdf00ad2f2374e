package io.faultline.cli.measure;

import io.faultline.EmbeddedJob;
import io.faultline.cli.RunListener;
import io.faultline.cli.RunSummary;
import io.faultline.cli.ScanRequest;
import io.faultline.cli.simulate.FaultLabel;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationResult;
import io.faultline.cli.simulate.SimulationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Simulates clusters with a few faults each, lets the whole job read their logs, and scores the causes that it names. */
final class CauseMeasurement {

    /** What is planted together: things that share nothing, on jobs, machines and replicas of their own. */
    static final List<List<String>> PLANS = List.of(
            List.of("gpu-xid", "engine-death"),
            List.of("collective-timeout", "inference-stall"),
            List.of("training-stall", "loss-nan"),
            List.of("loss-explosion", "checkpoint-failure"),
            List.of("loss-scale-collapse", "data-loader-failure"),
            List.of("link-break", "cuda-oom", "model-load-failure"),
            List.of("checkpoint-mismatch", "rendezvous-timeout"),
            List.of("gpu-hang", "host-memory"),
            List.of("gpu-nvlink", "storage-hang"),
            List.of("nvswitch-fatal", "link-flap"),
            List.of("host-oom", "node-not-ready"),
            List.of("leaf-down"),
            List.of("driver-rollout", "inference-freeze"));

    private static final int MINUTES = 20;

    private final Map<String, CauseScore> byFault = new TreeMap<>();
    private final Map<Integer, CauseScore> bySize = new TreeMap<>();
    private final CauseScore all = new CauseScore();
    private int quietMinutes;
    private int quietIncidents;
    private long lines;

    /** @param nodes of eight GPUs; half of them are of one job */
    void run(int nodes, long seed, List<String> faults) throws IOException {
        SimulationSettings settings = SimulationSettings.defaults()
                .withSeed(seed)
                .withNodes(nodes, 8)
                .withMinutes(MINUTES)
                .withFaults(faults);
        read(settings, (simulated, summary) -> {
            CauseScore score =
                    CauseScore.of(nodes * 4 + " ranks, seed " + seed, simulated.labels(), summary.incidents());
            score.mistakes().forEach(System.out::println);
            all.add(score);
            bySize.computeIfAbsent(nodes * 4, size -> new CauseScore()).add(score);
            for (FaultLabel label : simulated.labels()) {
                byFault.computeIfAbsent(label.fault(), name -> new CauseScore()).add(score.only(label.fault()));
            }
        });
    }

    /** Reads the logs of a cluster in which nothing goes wrong. */
    void runQuiet(int nodes, long seed, int minutes) throws IOException {
        SimulationSettings settings = SimulationSettings.defaults()
                .withSeed(seed)
                .withNodes(nodes, 8)
                .withMinutes(minutes)
                .withFaults(List.of(SimulationSettings.NONE));
        read(settings, (simulated, summary) -> {
            quietMinutes += minutes;
            quietIncidents += summary.incidents().size();
            summary.incidents().forEach(incident -> System.out.println("quiet: " + incident.title()));
        });
    }

    private interface Reading {
        void accept(SimulationResult simulated, RunSummary summary);
    }

    private void read(SimulationSettings settings, Reading reading) throws IOException {
        Path directory = Files.createTempDirectory("faultline-causes");
        try {
            SimulationResult simulated = Simulation.write(settings, directory);
            ScanRequest request = new ScanRequest(
                    simulated.files(), null, 1, ZoneOffset.UTC, List.of(), directory.resolve(Simulation.INVENTORY));
            RunSummary summary = new EmbeddedJob().scan(request, RunListener.NONE);
            lines += summary.lines();
            reading.accept(simulated, summary);
        } finally {
            delete(directory);
        }
    }

    Map<String, CauseScore> byFault() {
        return byFault;
    }

    /** By the ranks of the large job. */
    Map<Integer, CauseScore> bySize() {
        return bySize;
    }

    CauseScore all() {
        return all;
    }

    int quietMinutes() {
        return quietMinutes;
    }

    int quietIncidents() {
        return quietIncidents;
    }

    long lines() {
        return lines;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.sorted(Comparator.reverseOrder()).forEach(files::add);
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
