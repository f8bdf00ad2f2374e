package io.faultline.cli.measure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Measures the shipped rules and writes the page; {@code bin/measure-rules} runs it. */
final class MeasureRules {

    private MeasureRules() {}

    /** @param args how many seeds, and the page */
    public static void main(String[] args) throws Exception {
        int seeds = Integer.parseInt(args[0]);
        Map<String, Map<String, RuleScore>> byDisturbance = new LinkedHashMap<>();
        long lines = 0;
        for (Disturbance disturbance : Disturbance.ALL) {
            Measurement measurement = new Measurement();
            for (int seed = 1; seed <= seeds; seed++) {
                measurement.run(seed, disturbance, 8, 8);
                System.err.println(disturbance.name() + ", seed " + seed);
            }
            byDisturbance.put(disturbance.name(), measurement.scores());
            lines += measurement.lines();
        }
        Map<String, RuleScore> all = new TreeMap<>();
        byDisturbance
                .values()
                .forEach(scores -> scores.forEach((rule, score) ->
                        all.computeIfAbsent(rule, name -> new RuleScore()).add(score)));
        all.forEach((rule, score) -> score.mistakes().forEach(mistake -> System.out.println(rule + ": " + mistake)));
        Files.writeString(Path.of(args[1]), new DetectionPage(seeds, lines).text(all, byDisturbance));
    }

    /** The page. */
    private record DetectionPage(int seeds, long lines) {

        String text(Map<String, RuleScore> all, Map<String, Map<String, RuleScore>> byDisturbance) {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    """
                    # How well the rules detect

                    Written by `bin/measure-rules %d`: simulated clusters of 8 nodes with 8 GPUs and an hour of logs each, %d seeds, three plans
                    (the usual faults, the other ones, none) and four conditions: as written; 3 %% of the lines followed by a harmless line that
                    looks like a fault; 3 %% of the lines lost; each file's clock off by up to 20 s. %,d lines in all, read by the job's own
                    code in one thread.

                    *Recall*: planted faults that the rule told, of those that it is for. *Precision*: those, of those and its false alarms; an alert
                    about the entity and in the time of another planted fault is a consequence and counts neither way. *Delay*: from the first moment
                    something was wrong, which may lie before the first line that shows it, to the alert, in event time. The simulator is ours:
                    these numbers compare versions of a rule, and say nothing of a cluster that fails in other ways.

                    | rule | planted | recall | precision | delay, median | delay, longest | recall by condition |
                    |---|---|---|---|---|---|---|
                    """,
                    seeds,
                    seeds,
                    lines));
            for (String rule : PlantedFaults.rules()) {
                text.append(row(rule, all, byDisturbance));
            }
            List<String> others = all.keySet().stream()
                    .filter(rule -> !PlantedFaults.rules().contains(rule))
                    .toList();
            text.append("\n## Rules that no fault of the simulator is for\n\n");
            text.append(
                    "Their stories prove them; here only their false alarms in the same clusters can be counted. Rules over");
            text.append("\n`source.*` and `log.template` are not fed here.\n\n| rule | false alarms |\n|---|---|\n");
            others.forEach(
                    rule -> text.append("| `" + rule + "` | " + score(all, rule).falseAlarms() + " |\n"));
            return text.toString();
        }

        private static RuleScore score(Map<String, RuleScore> scores, String rule) {
            return scores.getOrDefault(rule, new RuleScore());
        }

        private static String row(
                String rule, Map<String, RuleScore> all, Map<String, Map<String, RuleScore>> byDisturbance) {
            RuleScore score = score(all, rule);
            StringBuilder conditions = new StringBuilder();
            byDisturbance.forEach((name, scores) -> conditions
                    .append(conditions.isEmpty() ? "" : ", ")
                    .append(name)
                    .append(String.format(
                            Locale.ROOT, " %.2f", score(scores, rule).recall())));
            return String.format(
                    Locale.ROOT,
                    "| `%s` | %d | %.3f | %.3f | %d s | %d s | %s |%n",
                    rule,
                    score.planted(),
                    score.recall(),
                    score.precision(),
                    score.delay(0.5).toSeconds(),
                    score.delay(1).toSeconds(),
                    conditions);
        }
    }
}
