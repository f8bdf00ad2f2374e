package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.report.RejectedCount;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.model.Attributes;
import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.model.Rejected;
import io.faultline.settings.SettingsException;
import io.faultline.store.document.KeptReject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultlineTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Rejected BINARY = new Rejected(
            "decode",
            Rejected.Reason.BINARY,
            Origin.file("a.log", 3),
            START,
            "not text",
            "\u0001".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final RecordedRuns runs = new RecordedRuns();

    @Test
    void tellsAllMistakesInTheArgumentsAtOnce() {
        int code = run("scan", "gone.log", folder.toString(), "--time-zone", "Europe/Berlim", "--parallelism", "0");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("faultline: 4 problems in the arguments of scan:")
                .contains(
                        "gone.log: there is no such file",
                        folder + ": is a directory; name its files",
                        "did you mean \"Europe/Berlin\"?",
                        "--parallelism: 0 is not 1 or more");
        assertThat(out.toString()).isEmpty();
        assertThat(runs.scanned).isNull();
    }

    @Test
    void tellsUnknownOptionsAndWrongNumbersTogetherAndWhatWouldBeRight() {
        int code = run("scan", "--jsn", "--parallelism", "many");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains("Unknown option: '--jsn'", "--json", "'many' is not an int", "Try faultline scan --help.");
    }

    @Test
    void namesTheCommandThatWasMeant() {
        assertThat(run("scna")).isEqualTo(2);

        assertThat(err.toString()).contains("Did you mean: faultline scan?");
    }

    @Test
    void drillWritesOneMarkedLineAndPrintsItsId() throws IOException {
        Path config = Files.writeString(folder.resolve("job.yaml"), "");

        assertThat(run("drill", "--config", config.toString(), "--author", "ann"))
                .isZero();
        assertThat(run("drill", "--config", config.toString(), "--author", "ann", "--stop"))
                .isZero();

        String id = out.toString().strip();
        JsonNode line = new ObjectMapper().readTree(runs.lines.get(0));
        assertThat(id).matches("drill-[0-9a-f]{8}");
        assertThat(line.path("message").asText()).isEqualTo("fire drill " + id + " of ann");
        assertThat(line.path("drill").asText()).isEqualTo("once");
        assertThat(line.path("replica").asText()).isEqualTo(id);
        assertThat(new ObjectMapper().readTree(runs.lines.get(1)).path("drill").asText())
                .isEqualTo("stopped");
        assertThat(err.toString()).contains("a drill is sent: logs", "no drill is expected any more: logs");
    }

    @Test
    void drillOfAScheduleGoesOnWhereOneCanNotBeSent() throws IOException {
        Path config = Files.writeString(folder.resolve("job.yaml"), "");

        int code = run("drill", "--config", config.toString(), "--every", "1h", "--topic", "ends");

        assertThat(code).isZero();
        assertThat(runs.lines).singleElement().asString().contains("\"drill\":\"scheduled\"");
        assertThat(err.toString())
                .isEqualTo("not sent: no broker answers; the next follows in 1h" + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void drillTellsWhatIsWrongBeforeItSendsAnything() {
        int code = run("drill", "--config", "gone.yaml", "--every", "10s", "--stop", "--author", " ");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("gone.yaml: there is no such file", "--author: is missing", "--stop: ends");
        assertThat(runs.lines).isEmpty();
    }

    @Test
    void everyCommandShowsAnExample() {
        for (String command : List.of(
                "act",
                "demo",
                "drill",
                "scan",
                "parse",
                "parsers",
                "playbooks",
                "rejected",
                "rules",
                "simulate",
                "run",
                "setup",
                "topology")) {
            assertThat(run(command, "--help")).isZero();
        }

        assertThat(out.toString().lines().filter("Example:"::equals)).hasSize(13);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void scanPrintsOneIncidentALineWorstFirst() throws IOException {
        int code = run("scan", log(), "--json");

        assertThat(code).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode worst = new ObjectMapper().readTree(lines.get(0));
        assertThat(worst.fieldNames())
                .toIterable()
                .containsExactly("id", "title", "severity", "started", "ended", "cause", "evidence", "rules");
        assertThat(worst.path("severity").asText()).isEqualTo("critical");
        assertThat(worst.path("started").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(worst.path("cause"))
                .hasToString("{\"kind\":\"gpu.xid\",\"entity\":\"node=gpu-a1\",\"confidence\":0.9,"
                        + "\"because\":[\"it came first\"],\"verdict\":\"likely\",\"class\":\"environment\","
                        + "\"title\":\"Xid 79\",\"advice\":[\"Drain it.\"]}");
        assertThat(worst.path("evidence"))
                .hasToString("[{\"file\":\"a.log\",\"line\":7,\"text\":\"Xid 79\\u0007\",\"step\":\"xid\","
                        + "\"timestamp\":\"2026-03-01T10:00:00Z\"}]");
    }

    @Test
    void scanTellsPeopleWhatWhyWhereAndWhatToDo() throws IOException {
        run("scan", log(), "--time-zone", "+02:00");

        assertThat(out.toString())
                .startsWith(
                        """
                        CRITICAL  GPU lost
                          when      2026-03-01 12:00:00 to 12:02:30 (2 min 30 s)
                          cause     Xid 79 [node=gpu-a1], likely, confidence 90 %
                                    because it came first
                          evidence  a.log:7 Xid 79
                          do        Drain it.
                        """)
                .endsWith("1 file, 1,200 lines, 1,199 events, 1 rejected (binary 1), 5 alerts, 0 near misses, 2"
                        + " incidents in 2 s (600 lines/s)\n");
        assertThat(out.toString()).doesNotContain("\u001b", "\u0007");
    }

    @Test
    void scanFailsOnRejectedInputOnlyWhenStrict() throws IOException {
        assertThat(run("scan", log())).isZero();
        assertThat(run("scan", log(), "--strict")).isEqualTo(1);
    }

    @Test
    void scanWritesItsReportIntoANewFolder() throws IOException {
        Path report = folder.resolve("new/report.html");

        assertThat(run("scan", log(), "--report", report.toString())).isZero();

        assertThat(report).content().contains("GPU lost");
        assertThat(err.toString()).contains("The report is in " + report);
    }

    @Test
    void aMistakeInTheRulesIsNoStackTrace() throws IOException {
        runs.failure = new SettingsException("my-rules", List.of("a.yaml: no id", "b.yaml: no steps"));

        assertThat(run("scan", log())).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo("faultline: 2 problems in my-rules:\n  a.yaml: no id\n  b.yaml: no steps\n");
    }

    @Test
    void anUnexpectedFailureIsOneLineThatSaysWhereItsTraceIs() throws IOException {
        Path log = folder.resolve("faultline.log");
        String before = System.getProperty("faultline.log", "");
        System.setProperty("faultline.log", log.toString());
        runs.failure = new IllegalStateException("job failed", new IOException("disk full"));
        try {
            assertThat(run("scan", log())).isEqualTo(1);
        } finally {
            System.setProperty("faultline.log", before);
        }

        assertThat(err.toString())
                .isEqualTo("faultline: failed: IOException: disk full (the full trace is in " + log + ")\n");
        assertThat(log).content().contains("IllegalStateException: job failed", "at io.faultline");
    }

    @Test
    void parsePrintsEventsAndCollectsWhatCouldNotBeUsed() throws IOException {
        Path rejected = folder.resolve("rejected.ndjson");

        int code = run("parse", log(), "--rejected", rejected.toString(), "--stats", "--strict");

        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("{\"message\":\"two\\nlines\"}\n");
        assertThat(rejected)
                .content()
                .contains("\"faultline.origin\":\"a.log:3\"", "\"rejected.stage\":\"decode\"")
                .contains("\"rejected.reason\":\"binary\"", "\"rejected.payload\":\"\\u0001\"");
        assertThat(err.toString()).containsPattern("vllm +1 +2").containsPattern("rejected: binary +1");
    }

    @Test
    void listsWhatWasRejectedAndWhy() throws IOException {
        String file = rejected("decode", "binary") + rejected("parse", "malformed");
        Path kept = Files.writeString(folder.resolve("rejected.ndjson"), file);

        int code = run("rejected", "list", kept.toString(), "--reason", "malformed");

        assertThat(code).isZero();
        assertThat(out.toString())
                .isEqualTo("2026-03-01T10:00:00Z  parse  malformed  a.log:3\n    not whole\n    {\"half\":\n");
        assertThat(err.toString()).isEqualTo("1 rejected, parse malformed 1\n");
    }

    @Test
    void writesRejectedInputsAsTheyWere() throws IOException {
        Path kept = Files.writeString(folder.resolve("rejected.ndjson"), rejected("parse", "malformed"));
        Path again = folder.resolve("again.log");

        int code = run("rejected", "replay", kept.toString(), "--out", again.toString());

        assertThat(code).isZero();
        assertThat(again).hasContent("{\"half\":");
    }

    @Test
    void putsBackWhatCanGoBackOnceAndSaysWhyTheRestStays() throws IOException {
        runs.rejects = new TwoRejects(folder);
        Path config = Files.writeString(folder.resolve("job.yaml"), "");

        int code = run("rejected", "replay", "--config", config.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo(
                        """
                        a.log:3: stays: Kafka no longer holds it
                        1 of 2 put back
                        """);
        assertThat(runs.rejects.settled).extracting(KeptReject::reason).containsExactly("binary");
    }

    @Test
    void asksForOnePlaceOfRejectedInputs() {
        int code = run("rejected", "list", "--reason", "malfromed");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains("--config: name either the settings of the job or files")
                .contains("\"malfromed\" is no reason, did you mean \"malformed\"?");
    }

    @Test
    void demoEndsWithOneLineOfJsonThatCountsTheFaultsFound() throws IOException {
        int code = run("demo", "--out", folder.toString(), "--minutes", "10");

        assertThat(code).isZero();
        String last = out.toString().lines().reduce((first, second) -> second).orElseThrow();
        JsonNode summary = new ObjectMapper().readTree(last);
        assertThat(summary.path("events").asLong()).isEqualTo(1199);
        assertThat(summary.path("incidents").asLong()).isEqualTo(2);
        assertThat(summary.path("faults").asLong()).isPositive();
        assertThat(summary.path("faults_found").asLong()).isZero();
        assertThat(Path.of(summary.path("report").asText())).isRegularFile();
    }

    private int run(String... arguments) {
        return Faultline.commandLine(() -> runs, OneEvent::new, new CliTerminal(false, false))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String log() throws IOException {
        return Files.writeString(folder.resolve("a.log"), "Xid 79\n").toString();
    }

    private static String rejected(String stage, String reason) {
        return "{\"@timestamp\":\"2026-03-01T10:00:00.000Z\",\"faultline.origin\":\"a.log:3\",\"rejected.stage\":\""
                + stage
                + "\",\"rejected.reason\":\"" + reason
                + "\",\"rejected.detail\":\"not whole\",\"rejected.payload\":\"{\\\"half\\\":\"}\n";
    }

    private static Incident incident(String title, Level level) {
        Entity node = Entity.ofNode("gpu-a1");
        return new Incident(
                title,
                1,
                Incident.State.RESOLVED,
                title,
                level,
                START,
                START.plusSeconds(150),
                new Cause(
                        CauseCategory.ENVIRONMENT,
                        "gpu.xid",
                        node,
                        "Xid 79",
                        0.9,
                        Cause.Verdict.LIKELY,
                        List.of("it came first")),
                List.of(node),
                List.of("gpu-lost"),
                List.of("Drain it."),
                List.of(new Evidence("xid", START, EventKind.GPU_XID, node, "Xid 79\u0007", Origin.file("a.log", 7))),
                1);
    }

    /** Finds the same two incidents each time, or fails as it is told. */
    private static final class RecordedRuns implements JobRunner {

        private @Nullable ScanRequest scanned;
        private @Nullable RuntimeException failure;
        private @Nullable TwoRejects rejects;
        private final List<String> lines = new ArrayList<>();

        @Override
        public RunSummary scan(ScanRequest request, RunListener listener) {
            scanned = request;
            if (failure != null) {
                throw failure;
            }
            return new RunSummary(
                    1,
                    1200,
                    1199,
                    5,
                    START,
                    START.plusSeconds(600),
                    Duration.ofSeconds(2),
                    List.of(incident("Slow steps", Level.LOW), incident("GPU lost", Level.CRITICAL)),
                    List.of(),
                    List.of(),
                    RejectedCount.of(List.of(BINARY)));
        }

        @Override
        public long read(ReadRequest request, RunListener listener, Consumer<LogEvent> events) {
            return 0;
        }

        @Override
        public RunSummary scanThroughStack(ScanRequest request, RunListener listener) {
            return scan(request, listener);
        }

        @Override
        public void run(Path config) {}

        @Override
        public List<TopologyStep> topology(@Nullable Path config) {
            return List.of();
        }

        @Override
        public KeptRejects rejects(Path config) {
            return Objects.requireNonNull(rejects);
        }

        @Override
        public RuleControl rules(Path config, @Nullable String topic, @Nullable String bootstrap) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ControlRecords control(Path config, @Nullable String topic, @Nullable String bootstrap) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LogTopic logs(Path config, @Nullable String topic, @Nullable String bootstrap) {
            return new WrittenLines(topic == null ? "logs" : topic, lines);
        }

        @Override
        public List<String> setUpElasticsearch(@Nullable Path config, @Nullable String url) {
            return List.of();
        }
    }

    /** Keeps the lines; the process is told to end with the first of a schedule that goes on. */
    private record WrittenLines(String name, List<String> lines) implements LogTopic {

        @Override
        public void write(String key, String line) throws IOException {
            lines.add(line);
            if (name.equals("ends")) {
                Thread.currentThread().interrupt();
                throw new IOException("no broker answers");
            }
        }
    }

    /** The first goes back, the second stays. */
    private static final class TwoRejects implements KeptRejects {

        private final List<KeptReject> kept = new ArrayList<>();
        private final List<KeptReject> settled = new ArrayList<>();

        TwoRejects(Path folder) throws IOException {
            Path file = Files.writeString(
                    folder.resolve("two.ndjson"), rejected("decode", "binary") + rejected("parse", "malformed"));
            kept.addAll(new RejectedFiles(List.of(file)).read());
        }

        @Override
        public List<KeptReject> read() {
            return kept;
        }

        @Override
        public @Nullable String putBack(KeptReject reject, @Nullable String topic) {
            return reject.reason().equals("binary") ? null : "Kafka no longer holds it";
        }

        @Override
        public void settle(List<KeptReject> putBack) {
            settled.addAll(putBack);
        }

        @Override
        public void close() {}
    }

    /** One event of two lines and one reject, whatever the file. */
    private static final class OneEvent implements LogReader {

        @Override
        public long read(
                List<Path> files,
                ParseSettings parse,
                RunListener listener,
                Consumer<LogEvent> events,
                Consumer<Rejected> rejected) {
            events.accept(new LogEvent(
                    START,
                    START,
                    9,
                    "INFO",
                    "two\nlines",
                    "vllm",
                    EventKind.LOG_OTHER,
                    Entity.UNKNOWN,
                    Measures.NONE,
                    Attributes.NONE,
                    "",
                    0,
                    Origin.file("a.log", 1)));
            rejected.accept(BINARY);
            return 3;
        }

        @Override
        public void explain(
                List<Path> files, ParseSettings parse, RunListener listener, Consumer<Explanation> explanations) {
            throw new AssertionError("nothing is to be explained");
        }

        @Override
        public String document(LogEvent event) {
            return "{\"message\":\"" + event.message().replace("\n", "\\n") + "\"}";
        }
    }
}
