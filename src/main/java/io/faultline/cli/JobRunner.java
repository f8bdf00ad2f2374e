package io.faultline.cli;

import io.faultline.model.LogEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the job for the commands, on an embedded Flink cluster. The commands know the job only through this; it is asked
 * for late, since loading Flink's classes takes longer than many a command.
 *
 * <p>Every method throws {@link io.faultline.settings.SettingsException} where what the person gave is wrong (a rule that
 * does not compile, a setting), with all problems at once and before anything runs.
 */
public interface JobRunner {

    /** Runs the whole job, bounded, over files and waits for its end. */
    RunSummary scan(ScanRequest request, RunListener listener);

    /**
     * As {@link #scan}, through a real Kafka broker and into a real Elasticsearch server, both started here and stopped
     * at the end.
     */
    RunSummary scanThroughStack(ScanRequest request, RunListener listener);

    /**
     * Reads logs with the job's own steps up to detection and waits for their end: with templates, and judged by source.
     *
     * @param events takes them one after the other, in another thread
     * @return how many inputs were rejected
     */
    long read(ReadRequest request, RunListener listener, Consumer<LogEvent> events);

    /** Runs the configured job until it ends or the process is told to stop. */
    void run(Path config);

    /** The job graph, in the order of the journey, with the defaults where there is no settings file. */
    List<TopologyStep> topology(@Nullable Path config);

    /** The rejected inputs of a configured job. */
    KeptRejects rejects(Path config);

    /**
     * The rules of a running job.
     *
     * @param topic its control topic; null for that of the settings
     * @param bootstrap its brokers; null for those of the settings
     */
    RuleControl rules(Path config, @Nullable String topic, @Nullable String bootstrap);

    /**
     * What people say to a running job about incidents.
     *
     * @param topic its control topic; null for that of the settings
     * @param bootstrap its brokers; null for those of the settings
     */
    ControlRecords control(Path config, @Nullable String topic, @Nullable String bootstrap);

    /**
     * A topic that a configured job reads.
     *
     * @param topic its name; null for the first of the settings
     * @param bootstrap its brokers; null for those of the settings
     */
    LogTopic logs(Path config, @Nullable String topic, @Nullable String bootstrap);

    /**
     * Installs the index templates. Safe to run twice.
     *
     * @param config the settings file that says where the server is and who asks; null for the defaults
     * @param url replaces the server of the settings; null to keep it
     * @return what was installed, a line each
     */
    List<String> setUpElasticsearch(@Nullable Path config, @Nullable String url);
}
