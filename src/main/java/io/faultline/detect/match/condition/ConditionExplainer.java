package io.faultline.detect.match.condition;

import io.faultline.detect.match.condition.ConditionTree.All;
import io.faultline.detect.match.condition.ConditionTree.Any;
import io.faultline.detect.match.condition.ConditionTree.Leaf;
import io.faultline.detect.match.condition.ConditionTree.Not;
import io.faultline.model.Entity;
import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells why a condition holds for an event or does not: each of its leaves, as the production predicates answer. */
public final class ConditionExplainer {

    private static final int LONGEST = 60;

    private final ConditionCompiler compiler;
    private final Map<String, ConditionTree> trees = new HashMap<>();
    private final Map<String, Condition> conditions = new HashMap<>();

    public ConditionExplainer(ConditionCompiler compiler) {
        this.compiler = compiler;
    }

    /**
     * One leaf's answer.
     *
     * @param text the leaf in CEL
     * @param found what the event has there, as {@code 2.31}, {@code "failure"} or {@code absent}; empty where the leaf
     *     looks at several things
     * @param holds whether it holds
     * @param wanted whether it stands where it should hold; false below an odd number of {@code !}
     */
    public record Answer(String text, String found, boolean holds, boolean wanted) {

        public boolean isInTheWay() {
            return holds != wanted;
        }

        /** {@code measures.loss > 3.0: false, it is 2.31}. */
        @Override
        public String toString() {
            return text + ": " + holds + (found.isEmpty() ? "" : ", it is " + found);
        }
    }

    /**
     * A condition's answer.
     *
     * @param missing how many leaves would have to answer otherwise for it to hold; 0 where it holds
     */
    public record Explanation(boolean holds, int missing, List<Answer> answers) {
        public Explanation {
            answers = List.copyOf(answers);
        }
    }

    /** Explains a condition that compiles. */
    public Explanation explain(String condition, LogEvent event) {
        ConditionTree tree = trees.computeIfAbsent(condition, compiler::tree);
        List<Answer> answers = new ArrayList<>();
        int missing = missing(tree, event, true, answers);
        return new Explanation(holds(condition, event), missing, answers);
    }

    private int missing(ConditionTree tree, LogEvent event, boolean wanted, List<Answer> answers) {
        if (tree instanceof Leaf leaf) {
            boolean holds = holds(leaf.text(), event);
            answers.add(new Answer(leaf.text(), found(leaf.subject(), event), holds, wanted));
            return holds == wanted ? 0 : 1;
        }
        if (tree instanceof Not not) {
            return missing(not.part(), event, !wanted, answers);
        }
        boolean all = tree instanceof All;
        List<ConditionTree> parts = tree instanceof All conjunction ? conjunction.parts() : ((Any) tree).parts();
        // not (a and b) is (not a) or (not b)
        var missing = parts.stream().mapToInt(part -> missing(part, event, wanted, answers));
        return all == wanted ? missing.sum() : missing.min().orElse(0);
    }

    private boolean holds(String text, LogEvent event) {
        return conditions
                .computeIfAbsent(
                        text,
                        condition -> compiler.compile(condition, problem -> {
                            throw new IllegalArgumentException(condition + ": " + problem);
                        }))
                .holds(event);
    }

    private static String found(String subject, LogEvent event) {
        int point = subject.indexOf('.');
        String name = subject.substring(point + 1);
        return switch (point < 0 ? subject : subject.substring(0, point)) {
            case "" -> "";
            case "measures" ->
                event.measures().has(name) ? number(event.measures().getOr(name, 0)) : "absent";
            case "attributes" ->
                event.attributes().has(name) ? quoted(event.attributes().get(name)) : "absent";
            case "kind" -> quoted(event.kind().id());
            case "format" -> quoted(event.format());
            case "message" -> quoted(event.message());
            case "severity" -> Integer.toString(event.severityNumber());
            default -> {
                String part = event.entity().get(Entity.Level.ofField(subject));
                yield part == null ? "unknown" : quoted(part);
            }
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String quoted(@org.jspecify.annotations.Nullable String text) {
        String known = text == null ? "" : text;
        return '"' + (known.length() <= LONGEST ? known : known.substring(0, LONGEST - 1) + "…") + '"';
    }
}
