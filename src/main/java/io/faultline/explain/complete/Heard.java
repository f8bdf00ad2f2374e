package io.faultline.explain.complete;

import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import java.util.Objects;

/**
 * Something that was told of a source.
 *
 * @param source the source's name
 * @param at when, in milliseconds of event time
 * @param news what was told
 */
public record Heard(String source, long at, News news) {

    private static final double MOSTLY = 0.5;

    /** What can be told of a source. */
    public enum News {
        /** It writes. */
        WRITES,
        /** It writes, but half of its lines or more come behind the watermark. */
        LATE,
        /** It fell silent. */
        SILENT,
        /** It writes again. */
        BACK
    }

    /** Whether an event tells of a source. */
    public static boolean isTold(LogEvent event) {
        return event.kind() == EventKind.SOURCE_QUALITY || event.kind() == EventKind.SOURCE_SILENCE;
    }

    /** What such an event tells. */
    public static Heard of(LogEvent event) {
        String source = Objects.requireNonNullElse(event.attributes().get("source"), event.stream());
        News news = event.kind() == EventKind.SOURCE_QUALITY
                ? event.measures().getOr("late_ratio", 0) >= MOSTLY ? News.LATE : News.WRITES
                : "begin".equals(event.attributes().get("state")) ? News.SILENT : News.BACK;
        return new Heard(source, event.timestamp().toEpochMilli(), news);
    }
}
