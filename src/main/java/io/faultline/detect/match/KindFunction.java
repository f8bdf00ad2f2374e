package io.faultline.detect.match;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.track.Findings;
import io.faultline.detect.match.track.Moment;

/** One kind of rule at work: it keeps the state of the current key's group, under names that serve all rules. */
interface KindFunction {

    /** What does the work of one rule of this kind. */
    Worker worker(RuleDefinition rule);

    /** Clears all that the current key's group holds. */
    void clear();

    /** One rule at work. */
    @FunctionalInterface
    interface Worker {

        /**
         * Feeds a moment to the current key's group.
         *
         * @param findings gets what is found, and what nearly was
         * @return when the group wants to be woken, in milliseconds; {@link
         *     io.faultline.detect.match.track.Tracked#NEVER} for not at all
         */
        long feed(Moment moment, Findings findings) throws Exception;

        /** How many partial matches the group that was fed last holds. */
        default int partialMatches() {
            return 1;
        }
    }
}
