package io.faultline.explain.account;

import org.jspecify.annotations.Nullable;

/**
 * The checkpoint or evaluation between two lines of progress; all times in milliseconds.
 *
 * @param open the one that is going on
 * @param openSince since when
 * @param closed the one that ended since the last progress
 * @param closedTimed whether that end has a time of its own
 * @param earlyEnd when one ended that had not begun, by a line without a time of its own; {@link Book#NEVER} where none did
 */
public record Pause(
        @Nullable Bucket open, long openSince, @Nullable Bucket closed, boolean closedTimed, long earlyEnd) {

    /** Lines without times of their own may change places within this. */
    private static final long SWAPPED = 60_000;

    static final Pause NONE = new Pause(null, 0, null, false, Book.NEVER);

    boolean isOpen() {
        return open != null;
    }

    /** Whether none is going on, and none ended since the last progress. */
    boolean isNone() {
        return open == null && closed == null;
    }

    boolean isOf(Bucket kind) {
        return open == kind || closed == kind;
    }

    /** Whether it ended, but may have done so later than its line seems to say. */
    boolean hasUntimedEnd() {
        return closed != null && !closedTimed;
    }

    /** When it has taken longer than one may. */
    long due(AccountSettings settings) {
        return openSince + settings.phaseLimit().toMillis() + 1;
    }

    Pause begun(Bucket kind, long at) {
        return new Pause(kind, at, closed, closedTimed, earlyEnd);
    }

    Pause ended(Bucket kind, boolean timed) {
        return new Pause(open == kind ? null : open, openSince, kind, timed, earlyEnd);
    }

    /** Ended before it began: if neither line has a time of its own, they have changed places. */
    Pause endedEarly(long at, boolean timed) {
        return new Pause(open, openSince, closed, closedTimed, timed ? Book.NEVER : at);
    }

    /** Whether the end of what begins now was read already. */
    boolean endedJustBefore(long at) {
        return earlyEnd != Book.NEVER && at - earlyEnd < SWAPPED;
    }

    Pause withoutEarlyEnd() {
        return new Pause(open, openSince, closed, closedTimed, Book.NEVER);
    }

    /** Nothing of it counts any more. */
    Pause over() {
        return new Pause(null, 0, null, false, earlyEnd);
    }
}
