package io.faultline.detect.match.rule;

import io.faultline.settings.NearestWord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Events in an order.
 *
 * @param where the events that count; with strict contiguity one of them that is no step breaks the run
 * @param steps in order
 * @param within from the first event to the last
 * @param skip what a match does to the other partial ones
 * @param skipTo the step that {@link Skip#TO_FIRST} and {@link Skip#TO_LAST} name; empty for the others
 * @param witnesses the events whose ranks are counted from the first step on; empty for none. A step holds one event, this
 *     holds all: who did not speak shows only when it is known who did
 */
public record SequencePattern(
        String where, List<SequenceStep> steps, Duration within, Skip skip, String skipTo, String witnesses)
        implements RulePattern {

    /** What may lie between two events; Flink CEP's words. */
    public enum Contiguity {
        /** Nothing that the rule's {@code where} lets in. */
        STRICT,
        /** Anything; the next fitting event is taken. */
        RELAXED,
        /** Anything; each fitting event is tried. */
        ANY
    }

    /** What a match does to the partial ones beside it; Flink CEP's words. */
    public enum Skip {
        PAST_LAST,
        TO_NEXT,
        /** Those that began before the first event of the step that is named. */
        TO_FIRST,
        /** Those that began before the last event of the step that is named. */
        TO_LAST,
        NONE
    }

    static SequencePattern read(PatternReader reader) {
        String where = reader.condition("where");
        List<SequenceStep> steps = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (PatternReader step : reader.list("match")) {
            steps.add(SequenceStep.read(step));
            if (!names.add(steps.get(steps.size() - 1).name())) {
                step.problem("name", "is the name of another step too");
            }
        }
        if (reader.require("match")) {
            checkSteps(reader, steps);
        }
        boolean several = steps.size() > 1 || (steps.size() == 1 && steps.get(0).isRepeated());
        if (several && !reader.has("within")) {
            reader.problem("within", "is missing");
        }
        Duration within = reader.duration("within", Duration.ZERO);
        if (several && reader.has("within") && within.isZero()) {
            reader.problem("within", "must be longer than nothing");
        }
        Skip skip = reader.choice("skip", Skip.PAST_LAST, Skip.class);
        SequencePattern pattern = new SequencePattern(
                where, List.copyOf(steps), within, skip, skipTo(reader, skip, steps), reader.condition("witnesses"));
        if (pattern.conditions().size() > MOST_CONDITIONS) {
            reader.problem(
                    "match", "has more than " + MOST_CONDITIONS + " conditions, alternatives and until included");
        }
        if (!within.isZero() && steps.stream().anyMatch(step -> step.within().compareTo(within) > 0)) {
            reader.problem("within", "is shorter than that of a step");
        }
        return pattern;
    }

    private static void checkSteps(PatternReader reader, List<SequenceStep> steps) {
        if (steps.isEmpty() || steps.get(0).not()) {
            reader.problem("match", "must begin with something that happens");
        }
        if (steps.stream().allMatch(step -> step.not() || step.optional())) {
            reader.problem("match", "has no step that must happen");
        }
        for (int i = 1; i < steps.size(); i++) {
            checkPair(reader, steps.get(i - 1), steps.get(i));
        }
        for (int i = 0; i < steps.size(); i++) {
            SequenceStep step = steps.get(i);
            boolean waits = i > 0 && (!step.not() || (i == steps.size() - 1 && step.contiguity() != Contiguity.STRICT));
            if (!step.within().isZero() && !(waits && steps.get(i - 1).isPlain())) {
                reader.problem(
                        "match", "\"" + step.name() + "\" has within, so the step before it must happen exactly once");
            }
        }
    }

    /** flink-cep's automata can not tell these apart. */
    private static void checkPair(PatternReader reader, SequenceStep before, SequenceStep step) {
        if (before.optional() && step.not()) {
            reader.problem("match", "\"" + step.name() + "\" is not, so the step before it can not be optional");
        }
        if (before.greedy() && step.optional()) {
            reader.problem("match", "\"" + step.name() + "\" is optional, so the step before it can not be greedy");
        }
    }

    private static String skipTo(PatternReader reader, Skip skip, List<SequenceStep> steps) {
        String to = reader.text("skip-to", "");
        List<String> happening = steps.stream()
                .filter(step -> !step.not())
                .map(SequenceStep::name)
                .toList();
        boolean wanted = skip == Skip.TO_FIRST || skip == Skip.TO_LAST;
        if (wanted && !happening.contains(to)) {
            reader.problem("skip-to", "no step \"" + to + "\" happens" + NearestWord.hint(to, happening));
        }
        if (!wanted && !to.isEmpty()) {
            reader.problem("skip-to", "goes only with skip: to-first or to-last");
        }
        return to;
    }

    @Override
    public List<String> conditions() {
        List<String> all =
                new ArrayList<>(steps.stream().map(SequenceStep::where).toList());
        all.add(witnesses);
        for (SequenceStep step : steps) {
            all.add(step.until());
            step.alternatives().forEach(alternative -> all.add(alternative.where()));
        }
        return all;
    }

    /** Which condition says that the repetitions of a step end. */
    public int until(int step) {
        int bit = steps.size() + 1;
        for (SequenceStep before : steps.subList(0, step)) {
            bit += 1 + before.alternatives().size();
        }
        return bit;
    }

    /** Which condition is the first of a step's alternatives; the others follow. */
    public int alternatives(int step) {
        return until(step) + 1;
    }

    /** Which condition says that an event is a witness. */
    public int witness() {
        return steps.size();
    }

    @Override
    public Object shape() {
        List<SequenceStep> shapes = steps.stream().map(SequenceStep::shape).toList();
        return new SequencePattern("", shapes, within, skip, skipTo, "");
    }

    /**
     * To flink-cep an event that is no step breaks a strict run, ends a greedy one, and closes a loop behind which something
     * must not happen.
     */
    @Override
    public long travelling() {
        boolean closes = endsWithNot() && steps.stream().anyMatch(step -> step.most() > step.least());
        boolean breaks = steps.stream().anyMatch(step -> step.contiguity() == Contiguity.STRICT || step.greedy());
        return closes || breaks ? 0 : -1L;
    }

    /** Whether it ends with "and then not": such a match is certain only when the time is over. */
    public boolean endsWithNot() {
        return steps.get(steps.size() - 1).not();
    }
}
