package io.faultline;

import io.faultline.model.Incident;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The journey of a log, from the bytes that were read to what Kibana shows. */
final class Topology {

    private final JobSettings settings;
    private final Sources sources;
    private final Sinks sinks;

    Topology(JobSettings settings, Sources sources, Sinks sinks) {
        this.settings = settings;
        this.sources = sources;
        this.sinks = sinks;
    }

    void wire(StreamExecutionEnvironment environment) {
        ControlPhase.Said said = new ControlPhase(settings, sources).wire(environment);
        CollectPhase.Collected events = new CollectPhase(settings, sources, sinks).wire(environment, said.rejected());
        DetectPhase.Detected detected = new DetectPhase(settings, sinks).wire(events, said.rules());
        DataStream<Incident> incidents = new ExplainPhase(settings, sinks).wire(events, detected);
        new RespondPhase(settings, sources, sinks).wire(environment, incidents, said, events.inventory());

        sinks.events(events.all());
        sinks.alerts(detected.alerts());
        sinks.incidents(incidents);
    }

    /** Only the first phase: what the logs say, for who looks for something in it by other means. */
    void wireCollect(StreamExecutionEnvironment environment) {
        ControlPhase.Said said = new ControlPhase(settings, sources).wire(environment);
        sinks.events(new CollectPhase(settings, sources, sinks)
                .wire(environment, said.rejected())
                .all());
    }

    /** Gives an operator one stable name: its id in savepoints, in the web UI and in metrics. */
    static <T> SingleOutputStreamOperator<T> step(String name, SingleOutputStreamOperator<T> operator) {
        return operator.uid(name).name(name);
    }
}
