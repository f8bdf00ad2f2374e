/**
 * LogEvent in, WindowStatistics out: what each series did in each event-time window.
 *
 * <pre>{@code
 * var summarized = events.flatMap(new SampleFunction())
 *         .keyBy(Sample::series)
 *         .window(TumblingEventTimeWindows.of(settings.window()))
 *         .sideOutputLateData(SummarizeFunction.LATE)
 *         .aggregate(new StatisticsAggregator(), new SummarizeFunction());
 * var late = summarized.getSideOutput(SummarizeFunction.LATE).filter(new LateFunction());
 * }</pre>
 *
 * <p>The window operator keeps one accumulator a series and open window, at most about 12 KiB, and drops it when the
 * watermark passes the window's end: a series that falls silent leaves nothing behind.
 */
@NullMarked
package io.faultline.detect.summarize;

import org.jspecify.annotations.NullMarked;
