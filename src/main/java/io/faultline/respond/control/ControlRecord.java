package io.faultline.respond.control;

/**
 * A record of the control topic that is meant for this phase.
 *
 * @param key what it is about, as {@link Command#key}
 * @param document what it says; empty where what was said before is taken back
 */
public record ControlRecord(String key, String document) {}
