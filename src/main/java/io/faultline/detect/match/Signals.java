package io.faultline.detect.match;

import io.faultline.model.Alert;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.model.WindowStatistics;
import java.time.Duration;
import java.time.Instant;

/** What was computed of events, as events again, so that a rule can wait for it as for a line. */
public final class Signals {

    private static final int INFO = 9;
    private static final int WARN = 13;

    private Signals() {}

    /** The statistics of a window, at the window's end. */
    public static LogEvent of(WindowStatistics statistics) {
        String measure = statistics.series().measure();
        Measures measures = Measures.builder()
                .put("count", (double) statistics.count())
                .put("mean", statistics.mean())
                .put("deviation", statistics.deviation())
                .put("min", statistics.min())
                .put("max", statistics.max())
                .put("p50", statistics.p50())
                .put("p90", statistics.p90())
                .put("p99", statistics.p99())
                .put("window_seconds", (double) Duration.between(statistics.windowStart(), statistics.windowEnd())
                        .toSeconds())
                .build();
        return signal(
                // The last instant that is still in the window: the watermark behind it has not passed that.
                statistics.windowEnd().minusMillis(1),
                INFO,
                EventKind.STATISTICS_WINDOW,
                statistics.series().toString(),
                statistics.series().entity(),
                measures,
                Attributes.of("measure", measure),
                new Origin(Origin.Type.FILE, "statistics", 0, 0));
    }

    /** An alert, at the time at which it was certain. */
    public static LogEvent of(Alert alert) {
        boolean rule = alert.kind() == Alert.Kind.RULE_MATCH;
        Origin origin = alert.evidence().isEmpty()
                ? new Origin(Origin.Type.FILE, "alerts", 0, 0)
                : alert.evidence().get(0).origin();
        return signal(
                alert.detectedAt(),
                WARN,
                rule ? EventKind.ALERT : EventKind.ANOMALY,
                alert.title() + ": " + alert.reason(),
                alert.entity(),
                Measures.of("score", alert.score()),
                Attributes.of("rule", alert.rule()).with("title", alert.title()).with("reason", alert.reason()),
                origin);
    }

    private static LogEvent signal(
            Instant timestamp,
            int severity,
            EventKind kind,
            String message,
            Entity entity,
            Measures measures,
            Attributes attributes,
            Origin origin) {
        return new LogEvent(
                timestamp,
                timestamp,
                severity,
                "",
                message,
                "faultline",
                kind,
                entity,
                measures,
                attributes,
                "",
                0,
                origin);
    }
}
