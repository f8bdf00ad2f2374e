package io.faultline.respond.notify.channel;

/** Why a receiver is told. */
public enum NotifyReason {
    /** It has not heard of the incident, or not at a severity that concerns it. */
    OPENED,
    /** It is worse than what was told. */
    SEVERITY_RAISED,
    /** It was told that this was over, and it is not. */
    REOPENED,
    /** It is over. */
    RESOLVED,
    /** It is a part of another incident, and news will be told of that one. */
    MERGED,
    /** It is still open, and long ago that the receiver heard of it. */
    REPEATED,
    /** Nobody who was told before has acknowledged it. */
    ESCALATED,
    /** Somebody tries whether the receiver can be reached. */
    TEST
}
