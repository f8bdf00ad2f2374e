package io.faultline.explain.diagnose;

import io.faultline.explain.correlate.Story;
import io.faultline.model.Fleet;
import io.faultline.model.Incident;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Carries stories to the {@link Diagnosis}. */
public final class DiagnoseFunction extends RichMapFunction<Story, Incident> {

    private static final long serialVersionUID = 1L;

    private final Fleet fleet;
    private transient Diagnosis diagnosis;

    public DiagnoseFunction(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public void open(OpenContext context) {
        diagnosis = new Diagnosis(fleet);
    }

    @Override
    public Incident map(Story story) {
        return diagnosis.of(story);
    }
}
