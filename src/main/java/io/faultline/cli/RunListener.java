package io.faultline.cli;

import io.faultline.model.Incident;

/** Hears of a run while it goes on. Called from any thread, one call at a time. */
public interface RunListener {

    /** Hears nothing. */
    RunListener NONE = new RunListener() {};

    /** How many bytes of the files, as they are stored, have been read so far. */
    default void read(long bytes) {}

    /** A new revision of an incident. */
    default void incident(Incident incident) {}

    /** Something that a person wants to know. */
    default void say(String words) {}
}
