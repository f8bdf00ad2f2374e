package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/METRICS.md} lists the metrics that the code has, all of them and no others, with the steps that are there. */
class MetricsDocumentedTest {

    private static final Pattern METRIC =
            Pattern.compile("\\b(?:counter|gauge|histogram|meter)\\(\\s*\"([^\"]+)\"", Pattern.DOTALL);
    private static final Pattern STEP = Pattern.compile("\\bstep\\(\\s*\"([^\"]+)\"", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** The steps of the stores are made by {@link ConfiguredSinks}, one for each kind of document. */
    private static final String STORES = "elasticsearch-*";

    @Test
    void listsTheMetricsOfTheCode() throws IOException {
        Set<String> ofTheCode = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                ofTheCode.addAll(found(METRIC, Files.readString(file)));
            }
        }

        assertThat(rows().keySet()).isEqualTo(ofTheCode).isNotEmpty();
    }

    @Test
    void namesStepsThatAreThere() throws IOException {
        List<String> steps = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/faultline"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Phase.java")).toList()) {
                steps.addAll(found(STEP, Files.readString(file)));
            }
        }

        assertThat(steps).contains("match", "match-alerts");
        assertThat(rows()).allSatisfy((metric, named) -> assertThat(named)
                .as(metric)
                .isNotEmpty()
                .allMatch(step -> steps.contains(step) || step.equals(STORES)));
    }

    /** The steps of each metric of the page. */
    private static Map<String, List<String>> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/METRICS.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.asList(line.split("\\|")))
                .collect(Collectors.toMap(
                        cells -> found(CODE, cells.get(1)).get(0),
                        cells -> found(CODE, cells.get(2)),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
