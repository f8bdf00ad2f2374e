package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.report.HtmlReport;
import io.faultline.cli.report.ReportData;
import io.faultline.cli.report.ReportSeries;
import io.faultline.collect.redact.Canaries;
import io.faultline.collect.source.LogFilesSource;
import io.faultline.model.ActionRequest;
import io.faultline.model.Alert;
import io.faultline.model.AlertState;
import io.faultline.model.Attributes;
import io.faultline.model.AuditEntry;
import io.faultline.model.Incident;
import io.faultline.model.JobAccount;
import io.faultline.model.LogEvent;
import io.faultline.model.NearMiss;
import io.faultline.model.Notification;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.model.Rejected;
import io.faultline.model.RulePrecision;
import io.faultline.model.RuleStatus;
import io.faultline.model.WindowStatistics;
import io.faultline.settings.YamlFile;
import io.faultline.store.document.ActionDocument;
import io.faultline.store.document.AlertDocument;
import io.faultline.store.document.AlertStateDocument;
import io.faultline.store.document.AuditDocument;
import io.faultline.store.document.Document;
import io.faultline.store.document.EventDocument;
import io.faultline.store.document.IncidentDocument;
import io.faultline.store.document.JobAccountDocument;
import io.faultline.store.document.NearMissDocument;
import io.faultline.store.document.NotificationDocument;
import io.faultline.store.document.RejectedDocument;
import io.faultline.store.document.RulePrecisionDocument;
import io.faultline.store.document.RuleStatusDocument;
import io.faultline.store.document.StatisticsDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** Nothing that must not be kept is in anything that the job keeps, shows or sends. */
class CanaryTest {

    private static final Instant SEEN = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SETTINGS = "{respond: {notify: {receivers: [{name: console, channel: console}]}}}";

    private final List<RawLog> lines = new ArrayList<>();

    @Test
    void findsNoCanaryInAnyOutput() throws Exception {
        Canaries.texts().forEach((rule, text) -> {
            line("app-" + rule + ".log", text, Attributes.NONE);
            line(
                    "json-" + rule + ".log",
                    "{\"level\":\"error\",\"message\":\"x\",\"note\":" + quoted(text) + "}",
                    Attributes.NONE);
            line("header-" + rule + ".log", "plain", Attributes.of("note", text).with("pod", text));
            if (Canaries.isFoundAnywhere(rule)) {
                line("broken-" + rule + ".log", "{\"level\":\"error\",\"note\":" + quoted(text), Attributes.NONE);
                line(
                        "gpu-a1.kernel.log",
                        "Mar  1 10:08:42 gpu-a1 kernel: NVRM: Xid (PCI:0000:9b:00): 79, pid=1, name=python, " + text,
                        Attributes.NONE);
                line("train-llm.log", "srun: error: gpu-a1: tasks 0-7: Aborted " + text, Attributes.NONE);
            }
        });
        line(
                "binary.log",
                "\u0000\u0001\u0002\u0000\u0000 password=" + Canaries.secrets().get("cookie"),
                Attributes.NONE);

        Outputs outputs = run();

        assertThat(outputs.texts.keySet())
                .containsExactlyInAnyOrder(
                        "events",
                        "statistics",
                        "alerts",
                        "alert-states",
                        "near-misses",
                        "incidents",
                        "goodput",
                        "notifications",
                        "audit",
                        "rule-precision",
                        "rejected",
                        "rule-status",
                        "report");
        Canaries.secrets()
                .forEach((rule, secret) -> outputs.texts.forEach((name, texts) -> assertThat(texts)
                        .as("%s in %s", rule, name)
                        .noneMatch(text -> text.contains(secret) || text.contains(escaped(secret)))));
        assertThat(outputs.texts.get("events"))
                .filteredOn(text -> text.contains("[redacted:"))
                .hasSizeGreaterThan(200);
        assertThat(outputs.texts.get("rejected")).anyMatch(text -> text.contains("[redacted:anthropic-key]"));
        assertThat(outputs.texts.get("incidents")).anyMatch(text -> text.contains("[redacted:"));
    }

    private void line(String file, String text, Attributes headers) {
        long number = lines.stream().filter(log -> log.stream().equals(file)).count() + 1;
        lines.add(new RawLog(Origin.file(file, number), SEEN, file, text.getBytes(StandardCharsets.UTF_8), headers));
    }

    private static String quoted(String text) {
        return "\"" + escaped(text) + "\"";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private Outputs run() throws Exception {
        StreamExecutionEnvironment environment = JobConfiguration.embedded(2);
        JobSettings settings = JobSettings.read("the test", YamlFile.parse("the test", SETTINGS), Map.of());
        Outputs outputs = new Outputs();
        new Topology(settings, new Lines(lines), outputs).wire(environment);
        environment.execute();
        outputs.report();
        return outputs;
    }

    private record Lines(List<RawLog> lines) implements Sources {
        @Override
        public DataStream<RawLog> rawLogs(StreamExecutionEnvironment environment) {
            return environment
                    .fromData(lines)
                    .uid("lines")
                    .assignTimestampsAndWatermarks(
                            LogFilesSource.lineTimes().withTimestampAssigner((log, time) -> log.observedTimestamp()
                                    .toEpochMilli()))
                    .uid("line-times");
        }

        @Override
        public boolean areLive() {
            return false;
        }
    }

    /** Each record as a text and as the document that would be stored. */
    private static final class Outputs implements Sinks {
        private final Map<String, Queue<String>> texts = new ConcurrentHashMap<>();
        private final Queue<Incident> incidents = new ConcurrentLinkedQueue<>();
        private final Queue<WindowStatistics> statistics = new ConcurrentLinkedQueue<>();

        @Override
        public void events(DataStream<LogEvent> events) {
            keep("events", events, new EventDocument());
        }

        @Override
        public void statistics(DataStream<WindowStatistics> stream) {
            keep("statistics", stream, new StatisticsDocument());
            String key = "canary-series-" + System.identityHashCode(this);
            stream.sinkTo(new MemorySink<>(key, statistics::add)).uid("series").name("series");
        }

        @Override
        public void alerts(DataStream<Alert> alerts) {
            keep("alerts", alerts, new AlertDocument());
        }

        @Override
        public void alertStates(DataStream<AlertState> states) {
            keep("alert-states", states, new AlertStateDocument());
        }

        @Override
        public void nearMisses(DataStream<NearMiss> misses) {
            keep("near-misses", misses, new NearMissDocument());
        }

        @Override
        public void accounts(DataStream<JobAccount> accounts) {
            keep("goodput", accounts, new JobAccountDocument());
        }

        @Override
        public void incidents(DataStream<Incident> stream) {
            keep("incidents", stream, new IncidentDocument());
            String key = "canary-report-" + System.identityHashCode(this);
            stream.sinkTo(new MemorySink<>(key, incidents::add)).uid("report").name("report");
        }

        @Override
        public void actions(DataStream<ActionRequest> actions) {
            keep("actions", actions, new ActionDocument());
        }

        @Override
        public void audit(DataStream<AuditEntry> entries) {
            keep("audit", entries, new AuditDocument());
        }

        @Override
        public void notifications(DataStream<Notification> notifications) {
            keep("notifications", notifications, new NotificationDocument());
        }

        @Override
        public void rulePrecision(DataStream<RulePrecision> precision) {
            keep("rule-precision", precision, new RulePrecisionDocument());
        }

        @Override
        public void rejected(DataStream<Rejected> rejected) {
            keep("rejected", rejected, new RejectedDocument());
        }

        @Override
        public void ruleStatus(DataStream<RuleStatus> status) {
            keep("rule-status", status, new RuleStatusDocument());
        }

        private void report() {
            ReportData data = new ReportData(
                    "Canaries",
                    SEEN,
                    SEEN,
                    new ReportData.Totals(1, 1, 1, 1, Duration.ofSeconds(1)),
                    List.copyOf(incidents),
                    ReportSeries.of(List.copyOf(statistics)),
                    List.of());
            texts.put(
                    "report",
                    new ConcurrentLinkedQueue<>(List.of(HtmlReport.of(data).html())));
        }

        private <T> void keep(String name, DataStream<T> stream, Document<T> document) {
            Queue<String> kept = texts.computeIfAbsent(name, any -> new ConcurrentLinkedQueue<>());
            String key = "canary-" + name + "-" + System.identityHashCode(this);
            stream.sinkTo(new MemorySink<>(key, value -> {
                        kept.add(value.toString());
                        kept.add(document.text(value));
                        if (value instanceof Rejected rejected) {
                            kept.add(new String(rejected.payload(), StandardCharsets.UTF_8));
                        }
                    }))
                    .uid("canary-" + name)
                    .name("canary-" + name);
        }
    }
}
