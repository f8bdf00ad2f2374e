package io.faultline.model;

import java.time.Instant;

/**
 * One line or one Kafka record as it was read: bytes, not yet text.
 *
 * @param origin where it was read
 * @param observedTimestamp when it was seen: the Kafka record's time, or for a file the time of its last change
 * @param stream which writer it belongs to: the lines of one stream have an order, lines of two streams have none. The
 *     file's path, or the Kafka record's key, or topic and partition where there is no key
 * @param payload the bytes without the line end
 * @param headers the Kafka record's headers as text; empty elsewhere
 */
public record RawLog(Origin origin, Instant observedTimestamp, String stream, byte[] payload, Attributes headers) {}
