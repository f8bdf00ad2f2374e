package io.faultline.detect.match;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a rule waits for. The texts are CEL; the empty text is "not given". */
public sealed interface RulePattern extends Serializable {

    /** The conditions in the order of the bits of {@link Candidate#mask()}. */
    List<String> conditions();

    /** Only events for which this holds are seen at all; empty for all events. */
    String where();

    /** Which conditions must hold, at least one of them, for an event to travel; 0 where each event of {@code where} does. */
    long travelling();

    /**
     * Events in an order.
     *
     * @param where the events that count; with strict contiguity one of them that is no step breaks the run
     * @param steps in order
     * @param within from the first event to the last
     * @param skip what a match does to the other partial ones
     * @param witnesses the events whose ranks are counted from the first step on; empty for none. A step holds one event,
     *     this holds all: who did not speak shows only when it is known who did
     */
    record Sequence(String where, List<Step> steps, Duration within, Skip skip, String witnesses)
            implements RulePattern {
        @Override
        public List<String> conditions() {
            return Stream.concat(steps.stream().map(Step::where), Stream.of(witnesses))
                    .toList();
        }

        /** Which condition says that an event is a witness. */
        int witness() {
            return steps.size();
        }

        @Override
        public long travelling() {
            boolean strict = steps.stream().anyMatch(step -> step.contiguity() == Contiguity.STRICT);
            return strict ? 0 : -1L;
        }

        /** Whether it ends with "and then not": such a match is certain only when the time is over. */
        boolean endsWithNot() {
            return steps.get(steps.size() - 1).not();
        }
    }

    /**
     * One step of a sequence.
     *
     * @param name unique in its rule
     * @param where what the event must be
     * @param contiguity what may lie between it and the step before it, and between its own repetitions
     * @param least how many events it takes
     * @param most how many it may take; {@link Integer#MAX_VALUE} for any number
     * @param not whether it must not happen
     */
    record Step(String name, String where, Contiguity contiguity, int least, int most, boolean not)
            implements Serializable {}

    /** What may lie between two events; Flink CEP's words. */
    enum Contiguity {
        /** Nothing that the rule's {@code where} lets in. */
        STRICT,
        /** Anything; the next fitting event is taken. */
        RELAXED,
        /** Anything; each fitting event is tried. */
        ANY
    }

    /** What a match does to the partial ones beside it; Flink CEP's words. */
    enum Skip {
        PAST_LAST,
        TO_NEXT,
        NONE
    }

    /**
     * Something that should come again and again, and does not.
     *
     * @param progress what should come
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
    record Progress(
            String progress,
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
        static final int PROGRESS = 0;
        static final int DEMAND = 1;
        static final int PAUSE_FROM = 2;
        static final int PAUSE_UNTIL = 3;
        static final int STOP = 4;

        @Override
        public List<String> conditions() {
            return List.of(progress, demand, pauseFrom, pauseUntil, stop);
        }

        @Override
        public String where() {
            return "";
        }

        @Override
        public long travelling() {
            return ~(1L << DEMAND);
        }
    }

    /**
     * A number that leaves its own moving average behind.
     *
     * @param events the events that have it
     * @param measure its name
     * @param factor how many times the average is too much
     * @param floor numbers up to this are never too much
     * @param times how many in a row
     * @param warmUp how many are watched first
     * @param maxSilence how long an idle group is kept
     * @param stop forgets all and starts anew: an exit, a new start; empty for never
     */
    record Spike(
            String events,
            String measure,
            double factor,
            double floor,
            int times,
            int warmUp,
            Duration maxSilence,
            String stop)
            implements RulePattern {
        static final int EVENTS = 0;
        static final int STOP = 1;

        @Override
        public List<String> conditions() {
            return List.of(events, stop);
        }

        @Override
        public String where() {
            return "";
        }

        @Override
        public long travelling() {
            return -1L;
        }
    }
}
