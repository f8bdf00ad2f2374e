package io.faultline.detect.match;

import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.detect.match.rule.SequenceStep;
import io.faultline.detect.match.track.Candidate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far one partial match of a sequence came.
 *
 * @param sequence the rule's
 * @param met the events that met its steps, the first of them first
 * @param missing the number of the step that had to come next; -1 where it lacked none
 * @param end why it did not go on
 * @param endedAt when
 * @param by the event that ended it; null where none did
 */
public record Reach(
        SequencePattern sequence, List<Candidate> met, int missing, End end, Instant endedAt, @Nullable Candidate by) {

    /** The one that came farthest first; of those the one that began first. */
    static final Comparator<Reach> FARTHEST_FIRST = Comparator.comparingInt((Reach reach) -> -reach.steps())
            .thenComparingInt(reach -> -reach.met.size())
            .thenComparing(Reach::endedAt);

    /** Why a partial match did not go on. */
    public enum End {
        TIME_OVER,
        /** What came next was not what had to, or what must not come. */
        OTHER_EVENT,
        /** Nothing is known of what came. */
        INPUT_OVER
    }

    public Reach {
        met = List.copyOf(met);
    }

    /** The step that had to come next; empty where it lacked none, and something else was to come or not to come. */
    public Optional<SequenceStep> step() {
        return missing < 0 ? Optional.empty() : Optional.of(sequence.steps().get(missing));
    }

    /** The step that must not come, and whose event ended it. */
    public Optional<SequenceStep> forbidden() {
        return by == null
                ? Optional.empty()
                : IntStream.range(0, sequence.steps().size())
                        .filter(i -> sequence.steps().get(i).not() && by.has(i))
                        .mapToObj(i -> sequence.steps().get(i))
                        .findFirst();
    }

    private int steps() {
        return missing < 0 ? sequence.steps().size() : missing;
    }
}
