package io.faultline.detect.match.rule;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that should go on while there is demand, and does not, or only slowly.
 *
 * @param match the reports of it
 * @param value the number that says whether it went on; empty where each report is progress
 * @param counter whether the number has to rise, as a step does; else it has to be above 0, as a rate is
 * @param demand whether a report says that more is expected; empty for always
 * @param stop ends the expectation and forgets all, open phases too: an exit, a new start
 * @param phases times in which nothing is expected
 * @param factor how many of its own p99 gaps are allowed
 * @param floor how long a gap is always allowed
 * @param warmUp how many gaps and paces are watched first
 * @param maxSilence a longer gap is a hole in the logs and not told; also how long an idle group is kept
 * @param slow how slow is too slow, for how long
 * @param underLoad the reports whose paces can be compared; empty for those with demand
 */
public record ProgressPattern(
        String match,
        String value,
        boolean counter,
        String demand,
        String stop,
        List<Phase> phases,
        double factor,
        Duration floor,
        int warmUp,
        Duration maxSilence,
        List<Slow> slow,
        String underLoad)
        implements RulePattern {

    public static final int REPORT = 0;
    public static final int DEMAND = 1;
    public static final int STOP = 2;
    public static final int UNDER_LOAD = 3;

    private static final int FIRST_PHASE = 4;
    private static final int MOST_PHASES = 16;
    private static final int MOST_SLOW = 8;

    /**
     * A time in which nothing is expected: a checkpoint, an evaluation, a compilation.
     *
     * @param name what people call it
     * @param from begins it
     * @param until ends it; so does progress. Empty for progress alone
     * @param atMost how long it may be
     */
    public record Phase(String name, String from, String until, Duration atMost) implements Serializable {

        static Phase read(PatternReader reader) {
            return new Phase(
                    reader.requiredText("name"),
                    reader.required("from"),
                    reader.condition("until"),
                    reader.duration("at-most", Duration.ofMinutes(30)));
        }
    }

    /**
     * A pace that is too slow when it lasts.
     *
     * @param below the part of the usual pace
     * @param lasting how long
     */
    public record Slow(double below, Duration lasting) implements Serializable {

        static Slow read(PatternReader reader) {
            return new Slow(reader.decimal("below", 0.5, 0, 1), reader.duration("for", Duration.ofMinutes(10)));
        }
    }

    static ProgressPattern read(PatternReader reader) {
        List<Phase> phases = reader.list("phases").stream().map(Phase::read).toList();
        List<Slow> slow = reader.list("slow").stream().map(Slow::read).toList();
        if (phases.size() > MOST_PHASES) {
            reader.problem("phases", "has more than " + MOST_PHASES);
        }
        if (slow.size() > MOST_SLOW) {
            reader.problem("slow", "has more than " + MOST_SLOW);
        }
        if (!reader.has("value")) {
            for (String key : List.of("slow", "counter")) {
                if (reader.has(key)) {
                    reader.problem(key, "needs a value");
                }
            }
        }
        return new ProgressPattern(
                reader.required("match"),
                reader.number("value"),
                reader.flag("counter", false),
                reader.condition("demand"),
                reader.condition("stop"),
                phases,
                reader.decimal("factor", 2, 1, 1000),
                reader.duration("floor", Duration.ofSeconds(30)),
                reader.number("warm-up", 3, 0, 1000),
                reader.duration("max-silence", Duration.ofHours(6)),
                slow,
                reader.condition("under-load"));
    }

    @Override
    public List<String> conditions() {
        List<String> conditions = new ArrayList<>(List.of(match, demand, stop, underLoad));
        for (Phase phase : phases) {
            conditions.add(phase.from());
            conditions.add(phase.until());
        }
        return conditions;
    }

    /** The condition that begins a phase. */
    public int from(int phase) {
        return FIRST_PHASE + 2 * phase;
    }

    /** The condition that ends a phase. */
    public int until(int phase) {
        return from(phase) + 1;
    }

    @Override
    public long travelling() {
        return ~(1L << DEMAND | 1L << UNDER_LOAD);
    }

    /** Whatever it asks for, what it remembers is the same. */
    @Override
    public Object shape() {
        return List.of(value, counter, slow, phases.stream().map(Phase::name).toList());
    }

    @Override
    public boolean endsAlerts() {
        return true;
    }
}
