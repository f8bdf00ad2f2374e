package io.faultline;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the job insists on wherever it runs, and what an embedded cluster needs besides. */
final class JobConfiguration {

    private JobConfiguration() {}

    /** No Kryo, no generated uids, no copies between chained steps (every record is immutable). */
    static void insist(StreamExecutionEnvironment environment) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        environment.configure(configuration);
    }

    /** A cluster inside of this JVM that tells at once what went wrong. */
    static StreamExecutionEnvironment embedded(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        // Accumulators, and with them the progress, travel with the heartbeats.
        configuration.setString("heartbeat.interval", "500");
        configuration.setString("rest.bind-port", "0");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        insist(environment);
        return environment;
    }
}
