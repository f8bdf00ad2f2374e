package io.faultline.collect.redact;

import io.faultline.model.LogEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Carries events past the {@link Redactor} and counts what it finds, as {@code redact_found_total}. No state. */
public final class RedactFunction extends RichMapFunction<LogEvent, LogEvent> {

    private static final long serialVersionUID = 1;

    private final RedactSettings settings;
    private transient Redactor redactor;

    public RedactFunction(RedactSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        redactor = new Redactor(settings, counting(getRuntimeContext().getMetricGroup()));
    }

    @Override
    public LogEvent map(LogEvent event) {
        return redactor.redact(event);
    }

    /** One counter a rule, from the first time that it finds something. */
    static Consumer<String> counting(MetricGroup group) {
        Map<String, Counter> counters = new HashMap<>();
        return rule -> counters.computeIfAbsent(
                        rule, id -> group.addGroup("rule", id).counter("redact_found_total"))
                .inc();
    }
}
