package io.faultline.store.document;

import io.faultline.model.Entity;
import io.faultline.model.WindowStatistics;
import java.io.IOException;
import java.time.Instant;

/** Window statistics: {@code faultline-statistics-yyyy.MM.dd}. */
public final class StatisticsDocument implements Document<WindowStatistics> {

    @Override
    public String name() {
        return "statistics";
    }

    @Override
    public String id(WindowStatistics window) {
        DocumentId id = DocumentId.hash();
        for (Entity.Level level : Entity.Level.values()) {
            id.with(window.series().entity().get(level));
        }
        return id.with(window.series().measure())
                .with(window.windowStart().toEpochMilli())
                .with(window.windowEnd().toEpochMilli())
                .text();
    }

    @Override
    public Instant day(WindowStatistics window) {
        return window.windowStart();
    }

    @Override
    public void fields(WindowStatistics window, Fields fields) throws IOException {
        fields.time("@timestamp", window.windowStart());
        fields.text("event.kind", "metric");
        fields.entity(window.series().entity());
        fields.text("statistics.measure", window.series().measure());
        fields.time("statistics.window_start", window.windowStart());
        fields.time("statistics.window_end", window.windowEnd());
        fields.number("statistics.count", window.count());
        fields.number("statistics.mean", window.mean());
        fields.number("statistics.deviation", window.deviation());
        fields.number("statistics.min", window.min());
        fields.number("statistics.max", window.max());
        fields.number("statistics.p50", window.p50());
        fields.number("statistics.p90", window.p90());
        fields.number("statistics.p99", window.p99());
    }
}
