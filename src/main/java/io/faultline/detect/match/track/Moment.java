package io.faultline.detect.match.track;

import java.util.List;

/**
 * One instant of a group's event time, complete: all that comes later is later than it.
 *
 * @param timestamp in milliseconds; {@link Long#MAX_VALUE} is never one
 * @param events what happened then, in the order in which it was written; empty where the group is only woken
 * @param known up to when the logs are known, in milliseconds: the group's next event or the watermark, whichever is
 *     first; {@link Long#MAX_VALUE} where the input ended, which says nothing about time
 */
public record Moment(long timestamp, List<Candidate> events, long known) {

    public Moment {
        events = List.copyOf(events);
    }

    /** Whether it is reached only because the input ended: nothing that is missing now was missed. */
    public boolean isEndOfInput() {
        return known == Long.MAX_VALUE;
    }
}
