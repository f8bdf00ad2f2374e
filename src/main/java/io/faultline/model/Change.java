package io.faultline.model;

import java.time.Instant;

/**
 * Something that was changed, by a person or by a controller.
 *
 * @param timestamp when
 * @param kind what sort of change it was
 * @param entity what was changed
 * @param text one line for people: {@code engine chat-0 started with vLLM 0.11.0 (before: 0.10.2)}
 * @param secondsBefore how long before the incident began; 0 where there is none yet
 * @param origin the line that says so
 */
public record Change(Instant timestamp, Kind kind, Entity entity, String text, long secondsBefore, Origin origin) {

    /** The sorts of change. */
    public enum Kind {
        DEPLOY,
        CONFIGURATION,
        DRIVER,
        RESTART,
        SCALE,
        CHECKPOINT
    }

    public Change before(Instant start) {
        return new Change(
                timestamp,
                kind,
                entity,
                text,
                Math.max(0, java.time.Duration.between(timestamp, start).toSeconds()),
                origin);
    }
}
