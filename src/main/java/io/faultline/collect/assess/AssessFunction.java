package io.faultline.collect.assess;

import io.faultline.model.LogEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Carries events past the {@link ClockGuard}. No state. */
public final class AssessFunction extends RichMapFunction<LogEvent, LogEvent> {

    private static final long serialVersionUID = 1;

    private final AssessSettings settings;
    private transient ClockGuard clockGuard;

    public AssessFunction(AssessSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        clockGuard = new ClockGuard(settings.maxClockAhead());
    }

    @Override
    public LogEvent map(LogEvent event) {
        return clockGuard.assess(event);
    }
}
