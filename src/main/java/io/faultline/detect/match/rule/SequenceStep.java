package io.faultline.detect.match.rule;

import io.faultline.detect.match.rule.SequencePattern.Contiguity;
import io.faultline.settings.Accepted;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One step of a sequence.
 *
 * @param name unique in its rule
 * @param where what the event must be; of alternatives, that it is one of them
 * @param contiguity what may lie between it and the step before it, and between its own repetitions
 * @param least how many events it takes
 * @param most how many it may take; {@link Integer#MAX_VALUE} for any number
 * @param not whether it must not happen
 * @param optional whether it may be left out
 * @param greedy whether it takes all it can before the next step gets any
 * @param until what ends its repetitions; empty for nothing
 * @param within how long after the event before it; zero for as long as the sequence may last
 * @param alternatives what the event may be, by names that an alert quotes; empty where there is one way only
 */
public record SequenceStep(
        String name,
        String where,
        Contiguity contiguity,
        int least,
        int most,
        boolean not,
        boolean optional,
        boolean greedy,
        String until,
        Duration within,
        List<Alternative> alternatives)
        implements Serializable {

    private static final Pattern NAME = Pattern.compile("[\\w.-]+");
    private static final Accepted.Form TIMES =
            new Accepted.Form(Pattern.compile("(\\d{1,4})(?:(\\+)|\\.\\.(\\d{1,4}))?"), "a number as 3, 3+ or 2..5");

    /** One of several ways in which a step happens. */
    public record Alternative(String name, String where) implements Serializable {}

    /** This step without what its conditions say: what a partial match at it depends on. */
    SequenceStep shape() {
        String ended = until.isEmpty() ? "" : "until";
        return new SequenceStep(name, "", contiguity, least, most, not, optional, greedy, ended, within, List.of());
    }

    static SequenceStep read(PatternReader reader) {
        String name = reader.requiredText("name");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            reader.problem("name", "\"" + name + "\" has more than letters, digits, points, hyphens and _");
        }
        List<Alternative> alternatives = alternatives(reader);
        int[] times = times(reader);
        SequenceStep step = new SequenceStep(
                name,
                where(reader, alternatives),
                reader.choice("contiguity", Contiguity.RELAXED, Contiguity.class),
                times[0],
                times[1],
                reader.flag("not", false),
                reader.flag("optional", false),
                reader.flag("greedy", false),
                reader.condition("until"),
                reader.duration("within", Duration.ZERO),
                alternatives);
        step.check(reader);
        return step;
    }

    boolean isRepeated() {
        return most > 1;
    }

    /** Whether it is exactly one event. */
    boolean isPlain() {
        return !not && !optional && !isRepeated();
    }

    private void check(PatternReader reader) {
        if (not && (isRepeated() || optional)) {
            reader.problem(optional ? "optional" : "times", "does not go with not");
        }
        if (not && contiguity == Contiguity.ANY) {
            reader.problem("contiguity", "any does not go with not");
        }
        if (greedy && (!isRepeated() || contiguity == Contiguity.ANY)) {
            reader.problem("greedy", "goes only with times, and not with contiguity any");
        }
        if (!until.isEmpty() && most != Integer.MAX_VALUE) {
            reader.problem("until", "goes only with times that have no end, as 1+");
        }
        if (!within.isZero() && (isRepeated() || optional)) {
            reader.problem("within", "of a step goes neither with times nor with optional");
        }
    }

    private static List<Alternative> alternatives(PatternReader reader) {
        List<Alternative> alternatives = new ArrayList<>();
        for (PatternReader alternative : reader.list("any-of")) {
            alternatives.add(new Alternative(alternative.requiredText("name"), alternative.required("where")));
        }
        return List.copyOf(alternatives);
    }

    private static String where(PatternReader reader, List<Alternative> alternatives) {
        if (alternatives.isEmpty()) {
            return reader.required("where");
        }
        if (!reader.condition("where").isEmpty()) {
            reader.problem("where", "does not go with any-of");
        }
        return alternatives.stream()
                .map(alternative -> "(" + alternative.where() + ")")
                .collect(Collectors.joining(" || "));
    }

    private static int[] times(PatternReader reader) {
        String times = reader.text("times", "1", TIMES);
        Matcher matcher = TIMES.form().matcher(times);
        int least = 1;
        int most = 1;
        if (matcher.matches()) {
            least = Integer.parseInt(matcher.group(1));
            most = matcher.group(2) != null ? Integer.MAX_VALUE : least;
            most = matcher.group(3) != null ? Integer.parseInt(matcher.group(3)) : most;
        }
        if (least < 1 || most < least) {
            reader.problem("times", "\"" + times + "\" is not " + TIMES);
        }
        return new int[] {least, Math.max(least, most)};
    }
}
