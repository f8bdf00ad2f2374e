package io.faultline.respond.notify.wording;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a template can say of a notice; the components' names are the fields' names. No text has a line end. A group that
 * is null, a list without elements, a text that is empty and a number that is 0 count as no.
 *
 * @param reason why it is told, in words
 * @param test whether somebody only tries the receiver
 * @param drill whether it is a fire drill
 * @param over whether it tells an end
 * @param title the incident's title
 * @param severity its severity, in words
 * @param state its state, in words
 * @param incident its id
 * @param revision its revision
 * @param receiver who is told
 * @param where what it is about
 * @param entity the parts of that
 * @param started when it began
 * @param ended when it was last seen
 * @param alerts how many alerts it has
 * @param rules the ids of their rules
 * @param complete how many percent of its sources had spoken
 * @param cause what it comes from
 * @param scope what has it in common
 * @param cost what it costs
 * @param changes what changed before it, at most 2
 * @param evidence a line of each step, at most 3
 * @param advice what to do, at most 3
 * @param others the incidents that are told with it, at most 20
 * @param more how many there are beyond those
 * @param company how many there are in all
 * @param links where a reader can go on
 */
record Fields(
        String reason,
        boolean test,
        boolean drill,
        boolean over,
        String title,
        String severity,
        String state,
        String incident,
        int revision,
        String receiver,
        String where,
        Parts entity,
        String started,
        String ended,
        int alerts,
        String rules,
        int complete,
        Origin cause,
        @Nullable Common scope,
        @Nullable Loss cost,
        List<Before> changes,
        List<Line> evidence,
        List<String> advice,
        List<Other> others,
        int more,
        int company,
        Links links) {

    /** The parts of an entity; those that are not known are empty. */
    record Parts(
            String cluster,
            String node,
            String gpu,
            String job,
            String run,
            String rank,
            String service,
            String model,
            String replica) {}

    /**
     * A cause.
     *
     * @param because the reasons, joined by semicolons
     * @param sure 0…100
     */
    record Origin(String title, String category, String kind, String verdict, String because, int sure) {}

    /**
     * A scope.
     *
     * @param p the probability of such a coincidence
     */
    record Common(String level, String value, int affected, int members, int outside, String p) {}

    /** A cost. */
    record Loss(String hours, int gpus, boolean running) {}

    /**
     * A change.
     *
     * @param before how long before the incident
     */
    record Before(String text, String before, String time, String kind, String origin) {}

    /** A line of a log. */
    record Line(String time, String origin, String text, String step) {}

    /** An incident that is told with another one. */
    record Other(String title, String severity, String state, String incident) {}

    /** URLs; those that the settings do not have are empty. */
    record Links(Address logs, Address runbook, Address verdict) {}

    /** A URL that is ready for use. */
    record Address(String url) {

        @Override
        public String toString() {
            return url;
        }
    }

    /** The field of texts that say how many. */
    record Count(long count) {}

    /** Takes the place of the title where that is too long for a subject. */
    record Shorter(String title) {}
}
