package io.faultline.detect.match;

import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.condition.ConditionExplainer;
import io.faultline.detect.match.condition.ConditionExplainer.Explanation;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RulePattern;
import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.detect.match.rule.SequenceStep;
import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tells what a rule makes of events: which of its conditions hold, leaf by leaf and with the numbers that decided. */
public final class RuleExplainer {

    private final ConditionCompiler compiler = new ConditionCompiler();
    private final ConditionExplainer explainer = new ConditionExplainer(compiler);

    /**
     * One condition of a rule and an event.
     *
     * @param name the step's name; {@code where} and {@code resolve} for the rule's own, empty where a condition has no name
     * @param condition its text
     */
    public record Asked(String name, String condition, Explanation explanation) {}

    /** Asks all conditions of a rule, that which ends its alerts included. */
    public List<Asked> ask(RuleDefinition rule, LogEvent event) {
        List<Asked> asked = askPattern(rule, event);
        if (rule.resolve().hasCondition()) {
            asked.add(ask("resolve", rule.resolve().when(), event));
        }
        return asked;
    }

    private List<Asked> askPattern(RuleDefinition rule, LogEvent event) {
        List<Asked> asked = new ArrayList<>();
        RulePattern pattern = rule.pattern();
        if (!pattern.where().isBlank()) {
            asked.add(ask("where", pattern.where(), event));
        }
        for (int i = 0; i < pattern.conditions().size(); i++) {
            String condition = pattern.conditions().get(i);
            if (!condition.isBlank()) {
                asked.add(ask(name(pattern, i), condition, event));
            }
        }
        return asked;
    }

    /** Whether any of the rule's conditions holds, so that it counts for a group. */
    public boolean counts(RuleDefinition rule, LogEvent event) {
        return !rule.group(event.entity()).isEmpty()
                && ask(rule, event).stream()
                        .anyMatch(asked -> asked.explanation().holds());
    }

    /** The number that the rule computes of the event, as {@code measures.loss is 2.31}; empty where it computes none. */
    public String value(RuleDefinition rule, LogEvent event) {
        String text = rule.pattern().value();
        if (text.isBlank()) {
            return "";
        }
        var value = compiler.compileNumber(text, problem -> {
            throw new IllegalArgumentException(text + ": " + problem);
        });
        return text.strip() + " is " + (value.known(event) ? Double.toString(value.of(event)) : "absent");
    }

    /** An event and the condition that it came nearest to. */
    public record Near(LogEvent event, Asked asked) {}

    /** The event that came nearest to any condition of a rule; empty where there is none. */
    public Optional<Near> nearest(RuleDefinition rule, List<LogEvent> events) {
        return nearest(events, event -> askPattern(rule, event));
    }

    /** The event that came nearest to a step; empty where there is none. */
    public Optional<Near> nearest(SequenceStep step, List<LogEvent> events) {
        return nearest(events, event -> List.of(ask(step.name(), step.where(), event)));
    }

    private static Optional<Near> nearest(List<LogEvent> events, Function<LogEvent, List<Asked>> asking) {
        return events.stream()
                .flatMap(event -> asking.apply(event).stream().map(asked -> new Near(event, asked)))
                .min(Comparator.comparingInt(near -> near.asked().explanation().missing()));
    }

    private Asked ask(String name, String condition, LogEvent event) {
        return new Asked(name, condition.strip(), explainer.explain(condition, event));
    }

    private static String name(RulePattern pattern, int number) {
        return pattern instanceof SequencePattern sequence
                ? number < sequence.steps().size()
                        ? sequence.steps().get(number).name()
                        : "witnesses"
                : "";
    }
}
