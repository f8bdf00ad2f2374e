package io.faultline;

import io.faultline.collect.source.KafkaCheck;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsException;
import io.faultline.store.elasticsearch.ElasticsearchSettings;
import io.faultline.store.elasticsearch.TemplateInstaller;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's entry on a Flink cluster: {@code LogJob --config job.yaml}. */
public final class LogJob {

    static final String NAME = "faultline";

    private LogJob() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            throw new SettingsException("the job's arguments", List.of("write --config and the path of job.yaml"));
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        JobConfiguration.insist(environment);
        build(environment, arguments[1], JobSettings.of(Path.of(arguments[1]), System.getenv()));
        environment.execute(NAME);
    }

    /** Checks what is outside and can be asked for now, then wires the job. */
    static void build(StreamExecutionEnvironment environment, String config, JobSettings settings) {
        Problems problems = new Problems();
        settings.checkInput(problems);
        KafkaCheck.problems(settings.source().kafka(), problems);
        if (problems.isEmpty() && settings.match().hasTopic()) {
            KafkaCheck.problems(
                    settings.source().kafka(),
                    "detect.match.rules-topic",
                    settings.match().rulesTopic(),
                    problems);
        }
        ElasticsearchSettings elasticsearch = settings.store().elasticsearch();
        if (elasticsearch.isOn()) {
            prepare(elasticsearch, problems);
        }
        problems.throwIfAny(config);
        wire(environment, settings);
    }

    private static void prepare(ElasticsearchSettings settings, Problems problems) {
        try {
            new TemplateInstaller(settings).prepare();
        } catch (SettingsException e) {
            problems.addAll(e.problems());
        }
    }

    static void wire(StreamExecutionEnvironment environment, JobSettings settings) {
        new Topology(settings, new ConfiguredSources(settings), new ConfiguredSinks(settings)).wire(environment);
    }
}
