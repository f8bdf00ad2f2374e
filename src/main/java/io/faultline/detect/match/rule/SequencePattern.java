package io.faultline.detect.match.rule;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Events in an order.
 *
 * @param where the events that count; with strict contiguity one of them that is no step breaks the run
 * @param steps in order
 * @param within from the first event to the last
 * @param skip what a match does to the other partial ones
 * @param witnesses the events whose ranks are counted from the first step on; empty for none. A step holds one event, this
 *     holds all: who did not speak shows only when it is known who did
 */
public record SequencePattern(String where, List<Step> steps, Duration within, Skip skip, String witnesses)
        implements RulePattern {

    private static final int MOST_STEPS = 60;

    /**
     * One step.
     *
     * @param name unique in its rule
     * @param where what the event must be
     * @param contiguity what may lie between it and the step before it, and between its own repetitions
     * @param least how many events it takes
     * @param most how many it may take; {@link Integer#MAX_VALUE} for any number
     * @param not whether it must not happen
     */
    public record Step(String name, String where, Contiguity contiguity, int least, int most, boolean not)
            implements Serializable {

        private static final Pattern TIMES = Pattern.compile("(\\d{1,4})(?:(\\+)|\\.\\.(\\d{1,4}))?");

        static Step read(PatternReader reader) {
            String name = reader.requiredText("name");
            String where = reader.required("where");
            Contiguity contiguity = reader.choice("contiguity", Contiguity.RELAXED, Contiguity.class);
            String times = reader.text("times", "1");
            Matcher matcher = TIMES.matcher(times);
            int least = 1;
            int most = 1;
            if (matcher.matches()) {
                least = Integer.parseInt(matcher.group(1));
                most = matcher.group(2) != null ? Integer.MAX_VALUE : least;
                most = matcher.group(3) != null ? Integer.parseInt(matcher.group(3)) : most;
            }
            if (!matcher.matches() || least < 1 || most < least) {
                reader.problem("times", "\"" + times + "\" is not a number as 3, 3+ or 2..5");
            }
            boolean not = reader.flag("not", false);
            if (not && most > 1) {
                reader.problem("times", "does not go with not");
            }
            return new Step(name, where, contiguity, least, Math.max(least, most), not);
        }
    }

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
        NONE
    }

    static SequencePattern read(PatternReader reader) {
        String where = reader.condition("where");
        List<Step> steps = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (PatternReader step : reader.list("match")) {
            steps.add(Step.read(step));
            if (!names.add(steps.get(steps.size() - 1).name())) {
                step.problem("name", "is the name of another step too");
            }
        }
        checkSteps(reader, steps);
        boolean several = steps.size() > 1 || (steps.size() == 1 && steps.get(0).most() > 1);
        if (several && !reader.has("within")) {
            reader.problem("within", "is missing");
        }
        Duration within = reader.duration("within", Duration.ZERO);
        if (several && reader.has("within") && within.isZero()) {
            reader.problem("within", "must be longer than nothing");
        }
        return new SequencePattern(
                where,
                List.copyOf(steps),
                within,
                reader.choice("skip", Skip.PAST_LAST, Skip.class),
                reader.condition("witnesses"));
    }

    private static void checkSteps(PatternReader reader, List<Step> steps) {
        if (steps.isEmpty() || steps.get(0).not()) {
            reader.problem("match", "must begin with something that happens");
        }
        if (steps.size() > MOST_STEPS) {
            reader.problem("match", "has more than " + MOST_STEPS + " steps");
        }
        for (Step step : steps.subList(Math.min(1, steps.size()), steps.size())) {
            if (step.not() && step.contiguity() == Contiguity.ANY) {
                reader.problem("match", "\"" + step.name() + "\" can not be both not and any");
            }
        }
    }

    @Override
    public List<String> conditions() {
        return Stream.concat(steps.stream().map(Step::where), Stream.of(witnesses))
                .toList();
    }

    /** Which condition says that an event is a witness. */
    public int witness() {
        return steps.size();
    }

    @Override
    public Object shape() {
        List<Step> unconditional = steps.stream()
                .map(step -> new Step(step.name(), "", step.contiguity(), step.least(), step.most(), step.not()))
                .toList();
        return new SequencePattern("", unconditional, within, skip, "");
    }

    @Override
    public long travelling() {
        boolean strict = steps.stream().anyMatch(step -> step.contiguity() == Contiguity.STRICT);
        return strict ? 0 : -1L;
    }

    /** Whether it ends with "and then not": such a match is certain only when the time is over. */
    public boolean endsWithNot() {
        return steps.get(steps.size() - 1).not();
    }
}
