package io.faultline.cli;

import io.faultline.settings.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which job: its settings name its rules and the topic that changes them. */
final class RuleControlOptions {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The settings of the job.")
    private Path config = Path.of("job.yaml");

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Its control topic (default: that of the settings).")
    private @Nullable String topic;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "The Kafka brokers as they are seen from here (default: those of the settings).")
    private @Nullable String bootstrap;

    RuleControl open(Supplier<JobRunner> jobs) {
        check();
        return jobs.get().rules(config, topic, bootstrap);
    }

    /** For what people say of incidents. */
    ControlRecords openControl(Supplier<JobRunner> jobs) {
        check();
        return jobs.get().control(config, topic, bootstrap);
    }

    private void check() {
        Problems problems = new Problems();
        InputFiles.check(List.of(config), problems);
        problems.throwIfAny("the arguments");
    }
}
