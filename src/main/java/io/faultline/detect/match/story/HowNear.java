package io.faultline.detect.match.story;

import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.condition.ConditionExplainer;
import io.faultline.detect.match.condition.ConditionExplainer.Answer;
import io.faultline.detect.match.condition.ConditionExplainer.Explanation;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RulePattern;
import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How near events came to a rule that did not fire: a line for each of its conditions. */
final class HowNear {

    private final ConditionExplainer explainer = new ConditionExplainer(new ConditionCompiler());

    List<String> of(RuleDefinition rule, List<LogEvent> events) {
        RulePattern pattern = rule.pattern();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < pattern.conditions().size(); i++) {
            String condition = pattern.conditions().get(i);
            if (!condition.isBlank()) {
                lines.add(name(pattern, i) + line(rule, condition, events));
            }
        }
        return lines;
    }

    private static String name(RulePattern pattern, int number) {
        return pattern instanceof SequencePattern sequence
                        && number < sequence.steps().size()
                ? "step " + sequence.steps().get(number).name() + ": "
                : "";
    }

    private String line(RuleDefinition rule, String condition, List<LogEvent> events) {
        long met = 0;
        Nearest nearest = new Nearest(null, null);
        for (LogEvent event : events) {
            Explanation explanation = explainer.explain(condition, event);
            met += explanation.holds() && !rule.group(event.entity()).isEmpty() ? 1 : 0;
            nearest = nearest.or(event, explanation);
        }
        String all = condition.strip() + ": met by " + met + " of " + events.size() + " events";
        return met > 0 ? all : all + nearest.text();
    }

    private record Nearest(@Nullable LogEvent event, @Nullable Explanation explanation) {
        Nearest or(LogEvent other, Explanation its) {
            return explanation == null || its.missing() < explanation.missing() ? new Nearest(other, its) : this;
        }

        String text() {
            if (event == null || explanation == null) {
                return "";
            }
            String why = explanation.holds()
                    ? "it knows no part of the group, its entity is " + event.entity()
                    : explanation.answers().stream()
                            .filter(Answer::isInTheWay)
                            .map(Answer::toString)
                            .collect(Collectors.joining("; "));
            return "; nearest at " + event.timestamp() + ": " + why;
        }
    }
}
