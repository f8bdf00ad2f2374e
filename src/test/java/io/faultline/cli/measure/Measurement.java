package io.faultline.cli.measure;

import io.faultline.cli.DirectLogReader;
import io.faultline.cli.RunListener;
import io.faultline.cli.simulate.FaultName;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationResult;
import io.faultline.cli.simulate.SimulationSettings;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.detect.match.RuleIndex;
import io.faultline.detect.match.RuleTrial;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Simulates clusters, lets the shipped rules read their logs, and scores what they told. */
final class Measurement {

    /** As the job waits by default. */
    private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(60);

    /** The usual faults, the others, and a quiet cluster: not all fit into one hour. */
    private static final List<List<String>> PLANS =
            List.of(texts(true), texts(false), List.of(SimulationSettings.NONE));

    private final RuleSet rules = RuleSet.shipped();
    private final RuleIndex index = new RuleIndex(rules);
    private final Map<String, RuleScore> scores = new TreeMap<>();
    private long lines;

    private static List<String> texts(boolean usual) {
        return Arrays.stream(FaultName.values())
                .filter(name -> FaultName.usual().contains(name) == usual && !name.isOfMany())
                .map(FaultName::text)
                .toList();
    }

    void run(long seed, Disturbance disturbance, int nodes, int gpus) throws Exception {
        for (List<String> faults : PLANS) {
            Path directory = Files.createTempDirectory("faultline-measure");
            try {
                SimulationSettings settings = SimulationSettings.defaults()
                        .withSeed(seed)
                        .withNodes(nodes, gpus)
                        .withFaults(faults);
                run(Simulation.write(settings, directory), disturbance, seed);
            } finally {
                delete(directory);
            }
        }
    }

    private void run(SimulationResult simulated, Disturbance disturbance, long seed) throws Exception {
        for (Path file : simulated.files()) {
            disturbance.write(file, seed);
        }
        RuleTrial trial = new RuleTrial(index);
        lines += new DirectLogReader()
                .read(
                        simulated.files(),
                        new ParseSettings(ZoneOffset.UTC),
                        RunListener.NONE,
                        event -> trial.add(disturbance.skewed(event, seed)),
                        rejected -> {});
        List<Alert> alerts = trial.runToTheEnd(OUT_OF_ORDERNESS).alerts();
        Scorer scorer = new Scorer(simulated.labels(), disturbance.name() + ", seed " + seed);
        List<String> ids = rules.rules().stream().map(RuleDefinition::id).toList();
        scorer.score(ids, alerts).forEach((rule, score) -> scores.computeIfAbsent(rule, name -> new RuleScore())
                .add(score));
    }

    Map<String, RuleScore> scores() {
        return scores;
    }

    long lines() {
        return lines;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
