package io.faultline.detect.match.rule;

import java.time.Duration;
import java.util.List;

/**
 * Something that should come again and again, and does not.
 *
 * @param match what should come
 * @param demand whether more is expected after a progress event; empty for always
 * @param pauseFrom begins a time in which nothing is expected
 * @param pauseUntil ends it; so does progress
 * @param pauseAtMost how long that time may be
 * @param stop ends the expectation and forgets all: an exit, a new start
 * @param factor how many of its own median gaps are allowed
 * @param floor how long a gap is always allowed
 * @param warmUp how many gaps are watched first
 * @param maxSilence a longer gap is a hole in the logs and not told; also how long an idle group is kept
 */
public record ProgressPattern(
        String match,
        String demand,
        String pauseFrom,
        String pauseUntil,
        Duration pauseAtMost,
        String stop,
        double factor,
        Duration floor,
        int warmUp,
        Duration maxSilence)
        implements RulePattern {

    public static final int PROGRESS = 0;
    public static final int DEMAND = 1;
    public static final int PAUSE_FROM = 2;
    public static final int PAUSE_UNTIL = 3;
    public static final int STOP = 4;

    static ProgressPattern read(PatternReader reader) {
        PatternReader pause = reader.group("pause");
        return new ProgressPattern(
                reader.required("match"),
                reader.condition("demand"),
                pause.condition("from"),
                pause.condition("until"),
                pause.duration("at-most", Duration.ofMinutes(30)),
                reader.condition("stop"),
                reader.decimal("factor", 5, 1, 1000),
                reader.duration("floor", Duration.ofMinutes(2)),
                reader.number("warm-up", 3, 0, 1000),
                reader.duration("max-silence", Duration.ofHours(6)));
    }

    @Override
    public List<String> conditions() {
        return List.of(match, demand, pauseFrom, pauseUntil, stop);
    }

    @Override
    public long travelling() {
        return ~(1L << DEMAND);
    }
}
