package io.faultline.collect.parse.format;

/** What kind of software writes a format; it decides what the name of a log file is the name of. */
public enum Family {
    /** A training job: the file is named after the job. */
    TRAINING,
    /** An inference engine: the file is named after the replica. */
    INFERENCE,
    /** A node's kernel or system log: the file is named after the node. */
    KERNEL,
    /** A launcher or scheduler around a job. */
    PLATFORM,
    /** Anything may write it: it is of the family that its stream showed last. */
    GENERIC
}
