package io.faultline.collect.redact;

import io.faultline.model.Rejected;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Carries what could not be used past the {@link Redactor}, and counts as {@link RedactFunction} does. No state. */
public final class RedactRejectedFunction extends RichMapFunction<Rejected, Rejected> {

    private static final long serialVersionUID = 1;

    private final RedactSettings settings;
    private transient Redactor redactor;

    public RedactRejectedFunction(RedactSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        redactor = new Redactor(
                settings, RedactFunction.counting(getRuntimeContext().getMetricGroup()));
    }

    @Override
    public Rejected map(Rejected rejected) {
        return redactor.redact(rejected);
    }
}
