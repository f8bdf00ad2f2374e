package io.faultline.collect.assess;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Severity;
import java.time.Instant;
import java.util.Locale;

/** The events that tell of a source itself. All are INFO: they are evidence, and page nobody. */
final class SourceReports {

    /** The format of events that no line was written for. */
    static final String FORMAT = "faultline";

    private static final double MILLIS = 1_000;
    private static final long MINUTE = 60_000;

    private SourceReports() {}

    static LogEvent quality(String source, SourceRecord record, long maxSkew) {
        Tally tally = record.tally;
        double lines = tally.lines;
        double offset = record.offset.isKnown() ? record.offset.median / MILLIS : 0;
        QualityScores scores = QualityScores.of(tally, Math.max(0, record.formats.usualUnknown), offset);
        long skew = record.offset.skew(maxSkew);
        Measures.Builder measures = Measures.builder()
                .put("lines", lines)
                .put("unknown_ratio", tally.unknown / lines)
                .put("late_ratio", tally.late / lines)
                .put("duplicate_ratio", tally.duplicates / lines)
                .put("out_of_order", tally.outOfOrder)
                .put("gaps", tally.gaps)
                .put("out_of_range", tally.outOfRange)
                .put("unit_drifts", tally.unitDrifts)
                .put("counter_resets", tally.resets)
                .put("truncated", tally.truncated);
        if (record.offset.isKnown()) {
            measures.put("skew_seconds", skew / MILLIS);
            measures.put("lag_seconds", Math.max(0, record.offset.median - skew) / MILLIS);
        }
        measures.put("completeness_score", scores.completeness())
                .put("accuracy_score", scores.accuracy())
                .put("consistency_score", scores.consistency())
                .put("timeliness_score", scores.timeliness())
                .put("quality_score", scores.mean());
        Attributes attributes = Attributes.of("source", source);
        if (skew != 0) {
            attributes = attributes.with("skew", ClockOffset.isZone(skew) ? "zone" : "clock");
        }
        String message = String.format(
                Locale.ROOT,
                "Quality of %s in the minute of %s: %.3f",
                source,
                Instant.ofEpochMilli(record.minute * MINUTE),
                scores.mean());
        return event(EventKind.SOURCE_QUALITY, record.timestamp, message, measures.build(), attributes, source, record);
    }

    static LogEvent drift(String source, SourceRecord record, Formats.Drift drift) {
        Attributes attributes = Attributes.of("source", source)
                .with("drift", drift.what())
                .with("format_before", drift.formatBefore())
                .with("format", drift.format());
        attributes = drift.keys().isEmpty() ? attributes : attributes.with("keys", drift.keys());
        return event(
                EventKind.SOURCE_DRIFT,
                record.timestamp,
                "Source " + source + " writes otherwise than before: " + drift.what() + " at " + record.timestamp,
                Measures.of("unknown_ratio", drift.unknownRatio()),
                attributes,
                source,
                record);
    }

    /** @param since the source's clock when it was heard last, in epoch milliseconds */
    static LogEvent silence(String source, SourceRecord record, boolean begin, long since, long now) {
        double seconds = (now - since) / MILLIS;
        Attributes attributes = Attributes.of("source", source).with("state", begin ? "begin" : "end");
        String message = begin
                ? "Source " + source + " is silent since " + record.timestamp
                : "Source " + source + " writes again after " + String.format(Locale.ROOT, "%.0f s", seconds);
        Instant timestamp = begin ? record.timestamp.plusMillis(now - since) : record.timestamp;
        return event(
                EventKind.SOURCE_SILENCE,
                timestamp,
                message,
                Measures.of("silent_seconds", seconds),
                attributes,
                source,
                record);
    }

    private static LogEvent event(
            EventKind kind,
            Instant timestamp,
            String message,
            Measures measures,
            Attributes attributes,
            String source,
            SourceRecord record) {
        Entity entity = record.entity;
        return new LogEvent(
                timestamp,
                record.observed,
                Severity.INFO.number(),
                "",
                message,
                FORMAT,
                kind,
                entity.gpu() == null && entity.rank() == null
                        ? entity
                        : entity.with(Entity.Level.GPU, null).with(Entity.Level.RANK, null),
                measures,
                attributes,
                "",
                0,
                record.origin,
                record.stream,
                source);
    }
}
