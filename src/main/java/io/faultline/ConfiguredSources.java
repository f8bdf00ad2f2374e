package io.faultline;

import io.faultline.collect.enrich.EnrichSettings;
import io.faultline.collect.enrich.InventoryPiece;
import io.faultline.collect.enrich.InventorySource;
import io.faultline.collect.source.KafkaLogsSource;
import io.faultline.collect.source.LogFilesSource;
import io.faultline.collect.source.SourceSettings;
import io.faultline.detect.match.MatchSettings;
import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.life.RulesTopicSource;
import io.faultline.model.ActionResult;
import io.faultline.model.RawLog;
import io.faultline.respond.remediate.RemediateSettings;
import io.faultline.store.kafka.ActionResultsSource;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The sources that the settings name: files, Kafka, or both. */
final class ConfiguredSources implements Sources {

    private final SourceSettings settings;
    private final EnrichSettings enrich;
    private final ZoneId timeZone;
    private final MatchSettings match;
    private final RemediateSettings remediate;

    ConfiguredSources(JobSettings settings) {
        this.settings = settings.source();
        this.enrich = settings.enrich();
        this.timeZone = settings.parse().timeZone();
        this.match = settings.match();
        this.remediate = settings.remediate();
    }

    @Override
    public DataStream<RawLog> rawLogs(StreamExecutionEnvironment environment) {
        List<DataStream<RawLog>> streams = new ArrayList<>();
        if (!settings.files().paths().isEmpty()) {
            // One reader merges all files in the order of time.
            streams.add(environment
                    .fromSource(
                            new LogFilesSource(settings.files().in(timeZone), Clock.systemUTC(), areLive()),
                            areLive()
                                    ? LogFilesSource.lineTimes()
                                            .withIdleness(settings.kafka().idleness())
                                    : LogFilesSource.lineTimes(),
                            "source-files")
                    .setParallelism(1)
                    .uid("source-files"));
        }
        if (settings.kafka().isOn()) {
            streams.add(environment
                    .fromSource(
                            KafkaLogsSource.of(settings.kafka()),
                            KafkaLogsSource.alignment(settings.kafka()),
                            "source-kafka")
                    .uid("source-kafka"));
        }
        return streams.stream().reduce(DataStream::union).orElseThrow();
    }

    @Override
    public @Nullable DataStream<InventoryPiece> inventory(StreamExecutionEnvironment environment) {
        return enrich.hasTopic()
                ? environment
                        .fromSource(
                                InventorySource.of(enrich, settings.kafka().asProperties()),
                                new NoTime<>(),
                                "source-inventory")
                        .setParallelism(1)
                        .uid("source-inventory")
                : null;
    }

    @Override
    public DataStream<RuleCommand> rules(StreamExecutionEnvironment environment) {
        DataStream<RuleCommand> directory =
                Sources.directory(environment, match.rulesDirectory(), match.disabled(), areLive());
        return match.hasTopic()
                ? directory.union(environment
                        .fromSource(
                                RulesTopicSource.of(
                                        match.rulesTopic(),
                                        settings.kafka().asProperties(),
                                        settings.kafka().bounded()),
                                new NoTime<>(),
                                "source-rules")
                        .setParallelism(1)
                        .uid("source-rules"))
                : directory;
    }

    @Override
    public @Nullable DataStream<ActionResult> actionResults(StreamExecutionEnvironment environment) {
        return remediate.isOn()
                ? environment
                        .fromSource(
                                ActionResultsSource.of(remediate.resultsTopic(), remediate.kafka()),
                                new NoTime<>(),
                                "source-action-results")
                        .setParallelism(1)
                        .uid("source-action-results")
                : null;
    }

    @Override
    public boolean areLive() {
        return settings.kafka().isOn() && !settings.kafka().bounded();
    }
}
