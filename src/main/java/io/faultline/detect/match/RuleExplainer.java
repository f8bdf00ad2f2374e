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
import java.util.List;
import java.util.stream.Stream;

/** Tells what a rule makes of events: which of its conditions hold, leaf by leaf and with the numbers that decided. */
public final class RuleExplainer {

    private final ConditionCompiler compiler = new ConditionCompiler();
    private final ConditionExplainer explainer = new ConditionExplainer(compiler);

    /**
     * One condition of a rule and an event.
     *
     * @param name the step's name; {@code where} for the rule's own, empty where a condition has no name
     * @param condition its text
     */
    public record Asked(String name, String condition, Explanation explanation) {}

    /** Asks all conditions of a rule. */
    public List<Asked> ask(RuleDefinition rule, LogEvent event) {
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

    /**
     * How far the steps of a sequence were met in their order, once from each event that met the first one.
     *
     * @param events those of one group, in the order of time
     */
    public List<Reach> reaches(RuleDefinition rule, List<LogEvent> events) {
        if (!(rule.pattern() instanceof SequencePattern sequence)) {
            return List.of();
        }
        List<Reach> reaches = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (explainer
                    .explain(sequence.steps().get(0).where(), events.get(i))
                    .holds()) {
                reaches.add(reach(sequence, events.subList(i, events.size())));
            }
        }
        return reaches;
    }

    /**
     * How far a sequence came.
     *
     * @param met the events that met its steps, the first of them first
     * @param missing the step that nothing met within the time; empty where none is missing
     */
    public record Reach(List<LogEvent> met, String missing) {
        public Reach {
            met = List.copyOf(met);
        }
    }

    private Reach reach(SequencePattern sequence, List<LogEvent> events) {
        List<SequenceStep> wanted = sequence.steps().stream()
                .filter(step -> !step.not() && !step.optional())
                .flatMap(step -> Stream.generate(() -> step).limit(step.least()))
                .toList();
        var end = events.get(0).timestamp().plus(sequence.within());
        List<LogEvent> met = new ArrayList<>();
        for (LogEvent event : events) {
            boolean inTime = met.isEmpty() || !event.timestamp().isAfter(end);
            if (met.size() < wanted.size()
                    && inTime
                    && explainer.explain(wanted.get(met.size()).where(), event).holds()) {
                met.add(event);
            }
        }
        return new Reach(
                met, met.size() < wanted.size() ? wanted.get(met.size()).name() : "");
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
