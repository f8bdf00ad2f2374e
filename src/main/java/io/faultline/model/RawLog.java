package io.faultline.model;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One line or one Kafka record as it was read: bytes, not yet text. Where something could not be read, one of these
 * stands in its place and says why, so that trouble keeps its order and travels in the same stream as what could be read;
 * the step that decodes turns it into a {@link Rejected}.
 *
 * @param origin where it was read
 * @param observedTimestamp when it was seen: the Kafka record's time, or for a file the time of its last change
 * @param stream which writer it belongs to: the lines of one stream have an order, lines of two streams have none. The
 *     file's path, or the Kafka record's key, or topic and partition where there is no key
 * @param payload the bytes without the line end; of what could not be read, the first {@value Rejected#MAX_PAYLOAD}
 * @param headers the Kafka record's headers as text; of a file's line at most {@link #NOT_AFTER}
 * @param trouble why it could not be read; null for nearly every record
 */
@TypeInfo(RawLogType.Factory.class)
public record RawLog(
        Origin origin,
        Instant observedTimestamp,
        String stream,
        byte[] payload,
        Attributes headers,
        @Nullable Trouble trouble) {

    /**
     * The header of a line without a time: the next time that stands in its file, where that is more than a minute after the
     * one before it. Its event has it as an attribute.
     */
    public static final String NOT_AFTER = "not_after";

    /** Something that was read without trouble. */
    public RawLog(Origin origin, Instant observedTimestamp, String stream, byte[] payload, Attributes headers) {
        this(origin, observedTimestamp, stream, payload, headers, null);
    }

    /**
     * Why something could not be read.
     *
     * @param reason one of few words
     * @param detail what exactly was wrong
     */
    public record Trouble(Rejected.Reason reason, String detail) {}
}
