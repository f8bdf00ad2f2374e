package io.faultline.detect.match;

import io.faultline.detect.score.Baseline;
import io.faultline.detect.score.ScoreSettings;
import io.faultline.detect.score.SeriesScorer;
import io.faultline.detect.summarize.SeriesSamples;
import io.faultline.detect.summarize.StatisticsAccumulator;
import io.faultline.detect.summarize.SummarizeSettings;
import io.faultline.model.LogEvent;
import io.faultline.model.SeriesKey;
import io.faultline.model.WindowStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The windows of all series and what is unusual in them, as the steps {@code summarize} and {@code score} give them. */
final class TrialSignals {

    private final Duration window;
    private final SeriesScorer scorer;
    private final Map<Long, Map<SeriesKey, StatisticsAccumulator>> windows = new TreeMap<>();

    TrialSignals(SummarizeSettings summarize, ScoreSettings score) {
        this.window = summarize.window();
        this.scorer = new SeriesScorer(score);
    }

    void add(LogEvent event) {
        long time = event.timestamp().toEpochMilli();
        long start = time - Math.floorMod(time, window.toMillis());
        SeriesSamples.of(event, sample -> windows.computeIfAbsent(start, at -> new HashMap<>())
                .computeIfAbsent(sample.series(), series -> new StatisticsAccumulator())
                .add(sample.value()));
    }

    /** All windows that are over at a time, and the anomalies among them, as events. */
    void signals(Instant until, Consumer<LogEvent> out) {
        Map<SeriesKey, Baseline> past = new HashMap<>();
        windows.forEach((start, series) -> {
            Instant begin = Instant.ofEpochMilli(start);
            Instant end = begin.plus(window);
            if (!end.isAfter(until)) {
                statistics(series, begin, end).forEach(statistics -> {
                    out.accept(Signals.of(statistics));
                    anomaly(statistics, past, out);
                });
            }
        });
    }

    private static List<WindowStatistics> statistics(
            Map<SeriesKey, StatisticsAccumulator> series, Instant begin, Instant end) {
        List<WindowStatistics> all = new ArrayList<>();
        series.forEach((key, accumulator) -> all.add(accumulator.statistics(key, begin, end)));
        return all;
    }

    private void anomaly(WindowStatistics statistics, Map<SeriesKey, Baseline> past, Consumer<LogEvent> out) {
        SeriesScorer.Scored scored = scorer.score(statistics, past.get(statistics.series()));
        if (scored != null) {
            past.put(statistics.series(), scored.baseline());
            if (scored.alert() != null) {
                out.accept(Signals.of(scored.alert()));
            }
        }
    }
}
