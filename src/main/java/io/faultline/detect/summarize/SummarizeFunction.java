package io.faultline.detect.summarize;

import io.faultline.model.SeriesKey;
import io.faultline.model.WindowStatistics;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Gives a closed window's statistics its series and its times. */
public final class SummarizeFunction
        extends ProcessWindowFunction<StatisticsAccumulator, WindowStatistics, SeriesKey, TimeWindow> {

    /** Samples whose window was closed before they came. */
    public static final OutputTag<Sample> LATE = new OutputTag<>("late-samples", TypeInformation.of(Sample.class));

    private static final long serialVersionUID = 1L;

    @Override
    public void process(
            SeriesKey series,
            Context context,
            Iterable<StatisticsAccumulator> accumulators,
            Collector<WindowStatistics> out) {
        TimeWindow window = context.window();
        for (StatisticsAccumulator accumulator : accumulators) {
            out.collect(accumulator.statistics(
                    series, Instant.ofEpochMilli(window.getStart()), Instant.ofEpochMilli(window.getEnd())));
        }
    }
}
