package io.faultline.collect.mine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code bin/score-templates}: mines each system of a directory in Loghub's layout and compares with its true templates. */
final class ScoreTemplates {

    private static final String ROW = "%-12s %6.3f %6.3f %6.3f %6.3f %12.3f %6.3f %12s%n";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** How long each system's lines are mined again to tell the speed. */
    private static final long MEASURED_NANOS = 1_000_000_000;

    private ScoreTemplates() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0 || arguments.length > 2) {
            System.err.println("usage: bin/score-templates DIRECTORY [SYSTEM], SYSTEM to see what differs");
            System.exit(2);
        }
        Path directory = Path.of(arguments[0]);
        if (arguments.length == 2) {
            LabelledLines.read(directory.resolve(arguments[1]), "_structured_corrected.csv")
                    .ifPresent(ScoreTemplates::printDifferences);
            return;
        }
        table(directory, "_structured_corrected.csv", "corrected");
        table(directory, "_structured.csv", "original");
    }

    private static void table(Path directory, String ending, String title) throws IOException {
        List<Path> systems;
        try (Stream<Path> entries = Files.list(directory)) {
            systems = entries.filter(Files::isDirectory).sorted().toList();
        }
        System.out.printf(
                "%n%-12s %6s %6s %6s %6s %12s %6s %12s%n",
                title, "GA", "FGA", "PA", "FTA", "GA at once", "PA", "lines/cpu-s");
        List<TemplateScores> atEnd = new ArrayList<>();
        List<TemplateScores> atOnce = new ArrayList<>();
        for (Path system : systems) {
            Optional<LabelledLines> labelled = LabelledLines.read(system, ending);
            if (labelled.isPresent()) {
                MinedLines mined = MinedLines.of(labelled.get().lines());
                TemplateScores end =
                        TemplateScores.of(mined.atEnd(), labelled.get().truth());
                TemplateScores once =
                        TemplateScores.of(mined.atOnce(), labelled.get().truth());
                atEnd.add(end);
                atOnce.add(once);
                print(
                        labelled.get().system(),
                        end,
                        once,
                        String.format("%,d", speed(labelled.get().lines())));
            }
        }
        print("mean", TemplateScores.mean(atEnd), TemplateScores.mean(atOnce), "");
    }

    private static void print(String name, TemplateScores end, TemplateScores once, String speed) {
        System.out.printf(
                ROW,
                name,
                end.groupingAccuracy(),
                end.groupF1(),
                end.parsingAccuracy(),
                end.templateF1(),
                once.groupingAccuracy(),
                once.parsingAccuracy(),
                speed);
    }

    /** Lines a second of one thread's CPU time, which a shared machine does not change much; warm. */
    private static long speed(List<String> lines) {
        TemplateMiner miner = new TemplateMiner(MineSettings.defaults());
        long count = 0;
        long start = 0;
        for (int round = 0; round < 2; round++) {
            count = 0;
            start = THREADS.getCurrentThreadCpuTime();
            while (THREADS.getCurrentThreadCpuTime() - start < MEASURED_NANOS) {
                lines.forEach(miner::add);
                count += lines.size();
            }
        }
        return count * 1_000_000_000 / (THREADS.getCurrentThreadCpuTime() - start);
    }

    private static void printDifferences(LabelledLines labelled) {
        List<String> mined = MinedLines.of(labelled.lines()).atEnd();
        Map<String, Set<String>> minedOf = group(labelled.truth(), mined);
        Map<String, Set<String>> truthOf = group(mined, labelled.truth());
        minedOf.forEach((truth, templates) -> {
            boolean together = templates.stream()
                    .anyMatch(
                            template -> truthOf.getOrDefault(template, Set.of()).size() > 1);
            if (together || !templates.equals(Set.of(truth))) {
                System.out.println((together ? "together " : templates.size() > 1 ? "apart " : "text ") + truth);
                templates.stream().limit(5).forEach(template -> System.out.println("    mined " + template));
            }
        });
    }

    private static Map<String, Set<String>> group(List<String> keys, List<String> values) {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            groups.computeIfAbsent(keys.get(i), key -> new LinkedHashSet<>()).add(values.get(i));
        }
        return groups;
    }
}
