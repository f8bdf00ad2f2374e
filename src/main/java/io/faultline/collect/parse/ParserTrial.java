package io.faultline.collect.parse;

import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.collect.parse.user.ParserFile;
import io.faultline.collect.parse.user.ParserTest;
import io.faultline.model.Attributes;
import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.model.Severity;
import io.faultline.model.TextLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs the tests of parser files with all parsers there are, so that it shows when another one takes a line. */
public final class ParserTrial {

    private final LineParser parser;

    public ParserTrial(ParseSettings settings) {
        parser = new LineParser(settings);
    }

    /**
     * What came of one test.
     *
     * @param differences what is not as the file says; none where the test passed
     */
    public record Result(String place, String format, String line, List<String> differences) {
        public Result {
            differences = List.copyOf(differences);
        }

        public boolean passed() {
            return differences.isEmpty();
        }
    }

    /** One result for each test of a file, in their order. */
    public List<Result> run(ParserFile file) {
        String format = file.definition().format();
        return file.tests().stream()
                .map(test -> new Result(test.place(), format, test.line(), differences(test, format)))
                .toList();
    }

    private List<String> differences(ParserTest test, String format) {
        TextLog log = new TextLog(Origin.stdin(1), test.observed(), "-", test.line(), Attributes.NONE, false);
        LogEvent event = parser.parse(log, StreamMemory.EMPTY, test.observed()).event();
        boolean taken = event.format().equals(format);
        ParserTest.Expected expected = test.expected();
        if (expected == null) {
            return taken ? List.of(format + " takes it, but must not") : List.of();
        }
        if (!taken) {
            String because = parser.explain(log, StreamMemory.EMPTY, test.observed()).stream()
                    .filter(verdict -> verdict.format().equals(format))
                    .map(LineParser.Verdict::because)
                    .findFirst()
                    .orElse("");
            return List.of("no event of " + format + " but of " + event.format() + ": " + because);
        }
        List<String> differences = new ArrayList<>();
        compare("kind", expected.kind(), event.kind().id(), differences);
        compare("timestamp", expected.timestamp(), event.timestamp().toString(), differences);
        String severity = Severity.ofNumber(event.severityNumber()).name().toLowerCase(Locale.ROOT);
        compare("severity", expected.severity(), severity, differences);
        compare("message", expected.message(), event.message(), differences);
        Map<String, String> measures = new TreeMap<>();
        event.measures().toMap().forEach((name, value) -> measures.put(name, Double.toString(value)));
        compareAll("measures", expected.measures(), measures, differences);
        compareAll("entity", expected.entity(), event.entity().toMap(), differences);
        compareAll("attributes", expected.attributes(), event.attributes().toMap(), differences);
        return differences;
    }

    private static void compare(String what, @Nullable String expected, String found, List<String> differences) {
        if (expected != null && !expected.equals(found) && !sameNumber(expected, found)) {
            differences.add(what + ": expected " + expected + ", found " + found);
        }
    }

    private static void compareAll(
            String what, @Nullable Map<String, String> expected, Map<String, String> found, List<String> differences) {
        if (expected == null) {
            return;
        }
        expected.forEach(
                (name, value) -> compare(what + "." + name, value, found.getOrDefault(name, "nothing"), differences));
        found.forEach((name, value) -> {
            if (!expected.containsKey(name)) {
                differences.add(what + "." + name + ": expected nothing, found " + value);
            }
        });
    }

    /** Twelve digits: 18.2 percent as a ratio is not exactly the double nearest to 0.182. */
    private static boolean sameNumber(String expected, String found) {
        try {
            double wanted = number(expected);
            double actual = number(found);
            return Double.compare(wanted, actual) == 0 || Math.abs(wanted - actual) <= 1e-12 * Math.abs(wanted);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", ".nan" -> Double.NaN;
            case "inf", ".inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-.inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
