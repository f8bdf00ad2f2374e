package io.faultline.detect.match.rule;

import java.time.Duration;
import java.util.List;

/**
 * Ranks that do not tell what all others tell, or that are behind them.
 *
 * @param match what each rank should tell: a time-out of a collective
 * @param value how far the rank is: the number of its last collective. Only within one process group are these comparable
 * @param members the events that show which ranks there are, and by their {@code comm_size} how many
 * @param worldSize how many ranks there are; 0 where the events say it
 * @param within how long is waited for the others after the first told it
 * @param stop tells at once and forgets all: an exit, a new start
 * @param maxSilence how long an idle job is kept
 */
public record SilentRankPattern(
        String match, String value, String members, int worldSize, Duration within, String stop, Duration maxSilence)
        implements RulePattern {

    public static final int TOLD = 0;
    public static final int MEMBER = 1;
    public static final int STOP = 2;

    static SilentRankPattern read(PatternReader reader) {
        return new SilentRankPattern(
                reader.required("match"),
                reader.numberOr("value", "measures.last_enqueued"),
                reader.conditionOr("members", "kind == 'log.other' && has(attributes.comm_size)"),
                reader.number("world-size", 0, 0, 65_536),
                reader.duration("within", Duration.ofMinutes(2)),
                reader.condition("stop"),
                reader.duration("max-silence", Duration.ofDays(30)));
    }

    @Override
    public List<String> conditions() {
        return List.of(match, members, stop);
    }

    @Override
    public String field() {
        return "attributes.process_group";
    }

    @Override
    public String otherField() {
        return "attributes.comm_size";
    }
}
