package io.faultline.detect.match.rule;

import java.io.Serializable;
import java.util.List;

/** What a rule waits for. The texts are CEL; the empty text is "not given". */
public sealed interface RulePattern extends Serializable
        permits SequencePattern,
                ProgressPattern,
                SpikePattern,
                WindowPattern,
                FrequencyPattern,
                DistinctPattern,
                SilentRankPattern,
                PeersPattern,
                AbsencePattern,
                ChangePattern,
                NewValuePattern,
                RarePattern {

    /** What travels of an event is a word of bits, two of which say how it ends an alert. */
    int MOST_CONDITIONS = 62;

    /** The conditions in the order of the bits that say which of them an event met. */
    List<String> conditions();

    /** Only events for which this holds are seen at all; empty for all events. */
    default String where() {
        return "";
    }

    /** Which conditions must hold, at least one of them, for an event to travel; 0 where each event of {@code where} does. */
    default long travelling() {
        return -1L;
    }

    /** Whether it asks how much happens within a time: then events that may have happened any time in hours do not count. */
    default boolean countsWithinTime() {
        return false;
    }

    /**
     * All that must be the same in another version for that to go on with this one's partial matches. Without an own answer
     * that is the whole pattern.
     */
    default Object shape() {
        return this;
    }

    /** A number that is computed of each event that travels; empty for none. */
    default String value() {
        return "";
    }

    /** A text that is taken of each event that travels; empty for none. */
    default String field() {
        return "";
    }

    /** The text that is taken where {@link #field()} is empty; empty for none. */
    default String otherField() {
        return "";
    }

    /** Whether what watches it sees by itself that what it told is over. */
    default boolean endsAlerts() {
        return false;
    }
}
