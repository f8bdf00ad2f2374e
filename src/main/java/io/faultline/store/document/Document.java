package io.faultline.store.document;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of record becomes a document.
 *
 * @param <T> the record
 */
public interface Document<T> extends Serializable {

    /** {@code events}: part of the index's name and the stem of the file. */
    String name();

    /** The same for the same record however often it is computed, so that a replay overwrites. At most 512 bytes. */
    String id(T value);

    /** The time whose day is in the index's name; null for documents that all share one index. */
    @Nullable
    Instant day(T value);

    /** Writes the fields between the braces. */
    void fields(T value, Fields fields) throws IOException;

    /** The document as one line of JSON without a line end. */
    default byte[] write(T value) {
        return Fields.object(fields -> fields(value, fields));
    }

    /** {@link #write} as text. */
    default String text(T value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    /** {@code faultline-events-2026.03.01}, or {@code faultline-incidents}; days are UTC. */
    default String index(String prefix, T value) {
        Instant day = day(value);
        return day == null ? prefix + '-' + name() : prefix + '-' + name() + '-' + dayOf(day);
    }

    private static String dayOf(Instant instant) {
        LocalDate date = LocalDate.ofInstant(instant, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(10).append(date.getYear()).append('.');
        return text.append(date.getMonthValue() < 10 ? "0" : "")
                .append(date.getMonthValue())
                .append(date.getDayOfMonth() < 10 ? ".0" : ".")
                .append(date.getDayOfMonth())
                .toString();
    }
}
