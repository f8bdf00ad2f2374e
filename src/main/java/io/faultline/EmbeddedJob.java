package io.faultline;

import io.faultline.cli.ControlRecords;
import io.faultline.cli.JobRunner;
import io.faultline.cli.KeptRejects;
import io.faultline.cli.LogTopic;
import io.faultline.cli.ReadRequest;
import io.faultline.cli.RuleControl;
import io.faultline.cli.RunListener;
import io.faultline.cli.RunSummary;
import io.faultline.cli.ScanRequest;
import io.faultline.cli.TopologyStep;
import io.faultline.cli.report.RejectedCount;
import io.faultline.collect.source.KafkaCheck;
import io.faultline.collect.source.KafkaExtract;
import io.faultline.model.Incident;
import io.faultline.model.LogEvent;
import io.faultline.model.Rejected;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsException;
import io.faultline.store.elasticsearch.ElasticsearchSettings;
import io.faultline.store.elasticsearch.TemplateInstaller;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Runs the job on a Flink cluster inside of this JVM, for the commands. */
public final class EmbeddedJob implements JobRunner {

    private static final long PROGRESS_MILLIS = 250;

    /** What the graph is drawn for where no settings are named. */
    private static final SettingsTree EXAMPLE = new SettingsTree()
            .put("collect.source.kafka.bootstrap-servers", "localhost:9092")
            .put("collect.source.kafka.topics", List.of("logs"))
            .put("store.elasticsearch.hosts", List.of("http://localhost:9200"));

    private final Clock clock = Clock.systemUTC();

    @Override
    public RunSummary scan(ScanRequest request, RunListener listener) {
        SettingsTree tree = settings(request).put("collect.source.files.paths", texts(request.files()));
        return runBounded(request, JobSettings.read("the arguments", tree.tree(), System.getenv()), listener);
    }

    @Override
    public RunSummary scanThroughStack(ScanRequest request, RunListener listener) {
        Path home = Path.of(System.getProperty("faultline.home", "target/faultline"))
                .toAbsolutePath()
                .normalize();
        Path target = Objects.requireNonNull(home.getParent());
        Path root = Objects.requireNonNull(target.getParent());
        return scanThroughStack(request, root, target.resolve("demo/stack"), listener);
    }

    /**
     * @param root the repository
     * @param work where the servers keep their data and logs
     */
    RunSummary scanThroughStack(ScanRequest request, Path root, Path work, RunListener listener) {
        try (DemoStack stack = DemoStack.start(root, work, request.files())) {
            SettingsTree tree = stack.addTo(settings(request));
            JobSettings settings = JobSettings.read("the arguments", tree.tree(), System.getenv());
            new TemplateInstaller(settings.store().elasticsearch()).install();
            RunSummary summary = runBounded(request, settings, listener);
            listener.say(stack.verify(summary));
            return summary;
        }
    }

    @Override
    public long read(ReadRequest request, RunListener listener, Consumer<LogEvent> events) {
        KafkaExtract kafka = request.kafka();
        SettingsTree tree = parsing(request.timeZone(), request.parsers());
        if (kafka == null) {
            tree.put("collect.source.files.paths", texts(request.files()));
        } else {
            tree.put("collect.source.kafka.bootstrap-servers", kafka.bootstrapServers())
                    .put("collect.source.kafka.topics", kafka.topics());
        }
        JobSettings settings = JobSettings.read("the arguments", tree.tree(), System.getenv());
        Problems problems = new Problems();
        KafkaCheck.problems(settings.source().kafka(), problems);
        problems.throwIfAny("the arguments");
        // In one task, so that each reading gives the events in the same order.
        StreamExecutionEnvironment environment = JobConfiguration.embedded(1);
        try (MemorySinks memory = new MemorySinks(incident -> {}, events)) {
            Sources sources = kafka == null ? new ConfiguredSources(settings) : new ExtractSources(kafka);
            new Topology(settings, sources, memory).wireCollect(environment);
            await(execute(environment), listener);
            return memory.rejectedCount();
        }
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    private static SettingsTree parsing(ZoneId timeZone, List<Path> parsers) {
        return new SettingsTree()
                .put("collect.parse.time-zone", timeZone.getId())
                .put("collect.parse.parsers", texts(parsers));
    }

    private static SettingsTree settings(ScanRequest request) {
        SettingsTree tree = parsing(request.timeZone(), request.parsers());
        if (request.inventory() != null) {
            tree.put("collect.enrich.inventory", request.inventory().toString());
        }
        return request.rules() == null
                ? tree
                : tree.put("detect.match.rules-directory", request.rules().toString());
    }

    @Override
    public void run(Path config) {
        JobSettings settings = JobSettings.of(config, System.getenv());
        StreamExecutionEnvironment environment =
                JobConfiguration.embedded(Runtime.getRuntime().availableProcessors());
        LogJob.build(environment, config.toString(), settings);
        await(execute(environment), RunListener.NONE);
    }

    @Override
    public List<TopologyStep> topology(@Nullable Path config) {
        JobSettings settings = config == null
                ? JobSettings.read("the defaults", EXAMPLE.tree(), Map.of())
                : JobSettings.of(config, System.getenv());
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        LogJob.wire(environment, settings);
        return JobGraphSteps.of(environment);
    }

    @Override
    public KeptRejects rejects(Path config) {
        return new StoredRejects(config.toString(), JobSettings.of(config, System.getenv()), clock);
    }

    @Override
    public RuleControl rules(Path config, @Nullable String topic, @Nullable String bootstrap) {
        return new ControlTopic(config.toString(), JobSettings.of(config, System.getenv()), topic, bootstrap);
    }

    @Override
    public ControlRecords control(Path config, @Nullable String topic, @Nullable String bootstrap) {
        return new ControlTopic(config.toString(), JobSettings.of(config, System.getenv()), topic, bootstrap);
    }

    @Override
    public LogTopic logs(Path config, @Nullable String topic, @Nullable String bootstrap) {
        JobSettings settings = JobSettings.of(config, System.getenv());
        return KafkaLogTopic.of(config.toString(), settings.source().kafka(), topic, bootstrap);
    }

    @Override
    public List<String> setUpElasticsearch(@Nullable Path config, @Nullable String url) {
        ElasticsearchSettings settings =
                JobSettings.of(config, System.getenv()).store().elasticsearch();
        if (url != null) {
            settings = settings.withHosts(List.of(url));
        }
        return new TemplateInstaller(settings).install();
    }

    RunSummary runBounded(ScanRequest request, JobSettings settings, RunListener listener) {
        Instant started = clock.instant();
        Consumer<Incident> told = incident -> {
            synchronized (listener) {
                listener.incident(incident);
            }
        };
        try (MemorySinks memory = new MemorySinks(told, event -> {})) {
            StreamExecutionEnvironment environment = JobConfiguration.embedded(request.parallelism());
            Sinks sinks = new SeveralSinks(memory, new ConfiguredSinks(settings));
            new Topology(settings, new ConfiguredSources(settings), sinks).wire(environment);
            JobExecutionResult result = await(execute(environment), listener);
            return new RunSummary(
                    request.files().size(),
                    count(result.getAllAccumulatorResults(), "lines"),
                    memory.eventCount(),
                    memory.alerts().size(),
                    memory.eventCount() == 0 ? null : memory.earliestEvent(),
                    memory.eventCount() == 0 ? null : memory.latestEvent(),
                    Duration.between(started, clock.instant()),
                    memory.incidents(),
                    memory.nearMisses(),
                    List.copyOf(memory.statistics()),
                    rejected(memory));
        }
    }

    private static List<RejectedCount> rejected(MemorySinks memory) {
        return Arrays.stream(Rejected.Reason.values())
                .filter(reason -> memory.rejectedCount(reason) > 0)
                .map(reason -> new RejectedCount(
                        memory.rejectedCount(reason),
                        memory.rejected().stream()
                                .filter(one -> one.reason() == reason)
                                .findFirst()
                                .orElseThrow()))
                .sorted(Comparator.comparingLong(RejectedCount::count).reversed())
                .toList();
    }

    private static JobClient execute(StreamExecutionEnvironment environment) {
        try {
            return environment.executeAsync(LogJob.NAME);
        } catch (Exception e) { // what Flink declares
            throw new IllegalStateException(
                    "the job can not be started: " + innermost(e).getMessage(), e);
        }
    }

    /** Waits for the end of a job and tells its progress. */
    static JobExecutionResult await(JobClient client, RunListener listener) {
        var result = client.getJobExecutionResult();
        while (true) {
            try {
                return result.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                tellProgress(client, listener);
            } catch (InterruptedException e) {
                client.cancel().join();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException e) {
                Throwable innermost = innermost(e);
                if (innermost instanceof SettingsException problem) {
                    throw problem;
                }
                throw new IllegalStateException("the job failed: " + innermost, e);
            }
        }
    }

    private static void tellProgress(JobClient client, RunListener listener) {
        try {
            long bytes = count(client.getAccumulators().get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS), "bytes");
            synchronized (listener) {
                listener.read(bytes);
            }
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            // The job is just starting or ending, or the cluster is already down; the next round tells.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long count(Map<String, ?> accumulators, String name) {
        return accumulators.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Throwable innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost;
    }
}
