package io.faultline.detect.summarize;

import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Events to samples, before the key. */
public final class SampleFunction implements FlatMapFunction<LogEvent, Sample> {

    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(LogEvent event, Collector<Sample> out) {
        // What was read twice must not count twice, and what happened any time must not count for one minute.
        if (!event.has(QualityMark.DUPLICATE) && !event.has(QualityMark.TIME_VAGUE)) {
            SeriesSamples.of(event, out::collect);
        }
    }
}
