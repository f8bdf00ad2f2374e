package io.faultline.model;

import java.time.Instant;

/**
 * A log record that was understood: when, how bad, what about, which numbers. OpenTelemetry's log model with a closed
 * vocabulary of kinds.
 *
 * @param timestamp when it happened, by the line's own clock
 * @param observedTimestamp when it was seen
 * @param severityNumber 1…24, graded by content where the written word is known to lie
 * @param severityText the word as written; empty where there was none
 * @param message the text without prefix and time
 * @param format which parser understood it; {@code unknown} where none did
 * @param kind what it tells
 * @param entity what it is about
 * @param measures its numbers, in base units
 * @param attributes its other facts
 * @param template the id of its log template; empty where none was mined
 * @param quality one bit a {@link QualityMark}
 * @param origin the line it was read from
 * @param stream the file or partition key it was read from, as {@link RawLog#stream()}
 * @param source the log it belongs to, as {@link TextLog#source()}
 */
public record LogEvent(
        Instant timestamp,
        Instant observedTimestamp,
        int severityNumber,
        String severityText,
        String message,
        String format,
        EventKind kind,
        Entity entity,
        Measures measures,
        Attributes attributes,
        String template,
        long quality,
        Origin origin,
        String stream,
        String source) {

    /** An event of a log that came in no envelope and is read whole as one stream. */
    public LogEvent(
            Instant timestamp,
            Instant observedTimestamp,
            int severityNumber,
            String severityText,
            String message,
            String format,
            EventKind kind,
            Entity entity,
            Measures measures,
            Attributes attributes,
            String template,
            long quality,
            Origin origin) {
        this(
                timestamp,
                observedTimestamp,
                severityNumber,
                severityText,
                message,
                format,
                kind,
                entity,
                measures,
                attributes,
                template,
                quality,
                origin,
                origin.name(),
                origin.name());
    }

    public boolean has(QualityMark mark) {
        return (quality & mark.bit()) != 0;
    }

    public LogEvent withEntity(Entity newEntity) {
        return changed(timestamp, newEntity, attributes, template, quality);
    }

    public LogEvent withAttributes(Attributes newAttributes) {
        return changed(timestamp, entity, newAttributes, template, quality);
    }

    public LogEvent withTemplate(String newTemplate, Attributes newAttributes) {
        return changed(timestamp, entity, newAttributes, newTemplate, quality);
    }

    public LogEvent withTimestamp(Instant newTimestamp, QualityMark mark) {
        return changed(newTimestamp, entity, attributes, template, quality | mark.bit());
    }

    public LogEvent marked(QualityMark mark) {
        return marked(mark.bit());
    }

    /** This event with more marks, given as their bits. */
    public LogEvent marked(long marks) {
        return changed(timestamp, entity, attributes, template, quality | marks);
    }

    private LogEvent changed(
            Instant newTimestamp, Entity newEntity, Attributes newAttributes, String newTemplate, long newQuality) {
        return new LogEvent(
                newTimestamp,
                observedTimestamp,
                severityNumber,
                severityText,
                message,
                format,
                kind,
                newEntity,
                measures,
                newAttributes,
                newTemplate,
                newQuality,
                origin,
                stream,
                source);
    }
}
