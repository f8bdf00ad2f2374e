package io.faultline.detect.match.lint;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.model.Alert;
import io.faultline.model.CauseCategory;
import io.faultline.model.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** What every rule says, whatever it waits for. */
final class HeadChecks {

    private static final int LONGEST_TITLE = 80;
    private static final int SHORTEST_RESPONSE = 20;
    private static final Duration LONGEST_SUPPRESS = Duration.ofDays(1);
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\b(TODO|FIXME|TBD|XXX)\\b|\\blorem ipsum\\b|<[a-z][a-z -]*>");

    private HeadChecks() {}

    static void check(LintedRule rule, Report report) {
        words(rule, report);
        gaps(rule, report);
        cause(rule, report);
        suppress(rule, report);
    }

    private static void words(LintedRule rule, Report report) {
        RuleDefinition definition = rule.definition();
        String title = definition.title().strip();
        if (plain(title).equals(plain(definition.id()))) {
            report.add(LintCode.TITLE_SAYS_NOTHING, "title", "\"" + title + "\" is the id; say what went wrong");
        }
        if (title.length() > LONGEST_TITLE) {
            report.add(LintCode.LONG_TITLE, "title", title.length() + " letters; at most " + LONGEST_TITLE + " fit");
        }
        if (title.endsWith(".")) {
            report.add(LintCode.TITLE_WITH_FULL_STOP, "title", "leave out the full stop");
        }
        String description = plain(definition.description());
        if (description.isEmpty() || description.equals(plain(title))) {
            report.add(LintCode.DESCRIPTION_SAYS_NOTHING, "description", "say what it looks for and why that is bad");
        }
        String response = definition.response();
        if (response.length() < SHORTEST_RESPONSE) {
            report.add(LintCode.SHORT_RESPONSE, "response", "\"" + response + "\"; say what to look at and what to do");
        }
        rule.texts().forEach((path, text) -> {
            var placeholder = PLACEHOLDER.matcher(text);
            if (!path.startsWith("match") && placeholder.find()) {
                report.add(LintCode.PLACEHOLDER, path, "\"" + placeholder.group() + "\" still has to be written");
            }
        });
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").strip();
    }

    private static void gaps(LintedRule rule, Report report) {
        if (!rule.has("version")) {
            report.add(LintCode.NO_VERSION, "", "write version: 1 and raise it with each change");
        }
        if (!rule.has("status")) {
            report.add(LintCode.NO_STATUS, "", "write status: experimental, and stable when it has proven itself");
        }
        if (rule.definition().falsePositives().isEmpty()) {
            report.add(LintCode.NO_FALSE_POSITIVES, "", "list under falsepositives when it is wrong");
        }
        for (int i = 0; i < rule.definition().references().size(); i++) {
            String reference = rule.definition().references().get(i);
            if (!reference.startsWith("https://")) {
                report.add(LintCode.BAD_REFERENCE, "references[" + i + "]", reference + " is no https:// link");
            }
        }
    }

    private static void cause(LintedRule rule, Report report) {
        RuleDefinition definition = rule.definition();
        boolean wakes = definition.level() == Level.CRITICAL;
        if (wakes && definition.category() == CauseCategory.UNKNOWN) {
            report.add(LintCode.LEVEL_WITHOUT_CAUSE, "level", "a critical rule needs cause: {category: …}");
        }
        if (definition.pattern() instanceof SequencePattern
                && definition.category() == CauseCategory.ENVIRONMENT
                && definition.role() == Alert.Role.INITIATING
                && definition.causeFrom().isEmpty()) {
            report.add(LintCode.CULPRIT_NOT_NAMED, "cause", "name the step that shows the culprit under entity-from");
        }
    }

    private static void suppress(LintedRule rule, Report report) {
        RuleDefinition definition = rule.definition();
        Duration suppress = definition.suppress();
        if (suppress.isZero() && definition.level().compareTo(Level.MEDIUM) >= 0) {
            report.add(LintCode.NO_SUPPRESS, "suppress", "0s tells each match; an incident needs one alert");
        }
        if (suppress.compareTo(LONGEST_SUPPRESS) > 0) {
            report.add(LintCode.LONG_SUPPRESS, "suppress", "more than a day hides what happens again");
        }
        if (definition.pattern() instanceof SequencePattern sequence
                && !suppress.isZero()
                && suppress.compareTo(sequence.within()) < 0) {
            report.add(
                    LintCode.SUPPRESS_SHORTER_THAN_WITHIN,
                    rule.has("suppress") ? "suppress" : "within",
                    "suppress is " + text(suppress) + " but within " + text(sequence.within())
                            + ": a story as long as that is told twice");
        }
    }

    private static String text(Duration duration) {
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }
}
