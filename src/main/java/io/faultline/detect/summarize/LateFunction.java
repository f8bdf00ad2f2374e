package io.faultline.detect.summarize;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** Counts samples that came after their window was closed, as {@code summarize_late_total}, and lets none pass. */
public final class LateFunction extends RichFilterFunction<Sample> {

    private static final long serialVersionUID = 1L;

    private transient @Nullable Counter late;

    @Override
    public void open(OpenContext context) {
        late = getRuntimeContext().getMetricGroup().counter("summarize_late_total");
    }

    @Override
    public boolean filter(Sample sample) {
        if (late != null) {
            late.inc();
        }
        return false;
    }
}
