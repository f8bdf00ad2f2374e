package io.faultline.explain.diagnose;

import io.faultline.explain.correlate.Story;
import io.faultline.model.Incident;
import org.apache.flink.api.common.functions.MapFunction;

/** Carries stories to the {@link Diagnosis}. */
public final class DiagnoseFunction implements MapFunction<Story, Incident> {

    private static final long serialVersionUID = 1L;

    @Override
    public Incident map(Story story) {
        return Diagnosis.of(story);
    }
}
