package io.faultline.detect.match.rule;

import io.faultline.settings.Accepted;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Many different values in a time.
 *
 * @param match the events
 * @param field whose values are told apart
 * @param atLeast how many
 * @param within the time from the first to the last
 */
public record DistinctPattern(String match, String field, int atLeast, Duration within) implements RulePattern {

    private static final int MOST = 1000;
    private static final Pattern ID = Pattern.compile("[a-z0-9-]+");
    private static final Accepted.Form HOW_MANY =
            new Accepted.Form(Pattern.compile("all|any|[1-9]\\d{0,2}"), "any, all or a number");

    static DistinctPattern read(PatternReader reader) {
        return new DistinctPattern(
                reader.required("match"),
                reader.requiredField("field"),
                reader.requiredCount("at-least", 2, MOST),
                reader.requiredDuration("within"));
    }

    /** Alerts of several rules about one group: different values of the alerts' rule. */
    static DistinctPattern combination(PatternReader reader) {
        List<String> rules = reader.texts("rules");
        boolean areIds = !rules.isEmpty()
                && rules.stream().allMatch(rule -> ID.matcher(rule).matches());
        if (reader.require("rules") && !areIds) {
            reader.problem("rules", "must be a list of ids of rules");
        }
        String quoted = rules.stream().map(rule -> "'" + rule + "'").collect(Collectors.joining(", ", "[", "]"));
        return new DistinctPattern(
                "kind == 'alert' && attributes.rule in " + quoted,
                "attributes.rule",
                atLeast(reader, (int) rules.stream().distinct().count()),
                reader.requiredDuration("within"));
    }

    private static int atLeast(PatternReader reader, int all) {
        String text = reader.text("at-least", "all", HOW_MANY);
        int number =
                switch (text) {
                    case "all" -> all;
                    case "any" -> 1;
                    default -> Integer.parseInt(text);
                };
        if (number > all) {
            reader.problem("at-least", "\"" + text + "\" is not " + HOW_MANY + " from 1 to " + all);
        }
        return number;
    }

    @Override
    public boolean countsWithinTime() {
        return true;
    }

    @Override
    public List<String> conditions() {
        return List.of(match);
    }
}
