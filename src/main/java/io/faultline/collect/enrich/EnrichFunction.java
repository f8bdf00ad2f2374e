package io.faultline.collect.enrich;

import io.faultline.model.LogEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Carries events past the {@link Enricher}. No state. */
public final class EnrichFunction extends RichMapFunction<LogEvent, LogEvent> {

    private static final long serialVersionUID = 1;

    private final EnrichSettings settings;
    private transient Enricher enricher;

    public EnrichFunction(EnrichSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        enricher = new Enricher(settings.inventory());
    }

    @Override
    public LogEvent map(LogEvent event) {
        return enricher.enrich(event);
    }
}
