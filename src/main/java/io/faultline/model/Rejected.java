package io.faultline.model;

import java.time.Instant;

/**
 * Something that could not be used, kept so that it can be counted, read and replayed.
 *
 * @param stage the step that gave up: its name in the topology
 * @param reason why, as one of few words
 * @param origin where it was read
 * @param observedTimestamp when it was seen
 * @param detail what exactly was wrong and what would be right
 * @param payload the input itself, cut to {@value #MAX_PAYLOAD} bytes
 */
public record Rejected(
        String stage, Reason reason, Origin origin, Instant observedTimestamp, String detail, byte[] payload) {

    /** 16 KiB show what a thing is; a 50 MB line is not kept whole. */
    public static final int MAX_PAYLOAD = 16 * 1024;

    public Rejected {
        payload = payload.length <= MAX_PAYLOAD ? payload : java.util.Arrays.copyOf(payload, MAX_PAYLOAD);
    }

    /** Why something was rejected. Few and fixed, so that they can be counted. */
    public enum Reason {
        /** A line over the size limit. */
        TOO_LONG,
        /** Bytes that are no text: an image, a core dump, an archive in an archive. */
        BINARY,
        /** A compressed file that ends in the middle or is damaged. */
        CORRUPT_COMPRESSION,
        /** A file that can not be read on: it vanished, or the disk failed. */
        UNREADABLE,
        /** JSON, or another format with a grammar, that breaks it. */
        MALFORMED,
        /** A field of the wrong type, as text where a number belongs. */
        WRONG_TYPE,
        /** The store refused the document. */
        REFUSED_BY_STORE
    }
}
