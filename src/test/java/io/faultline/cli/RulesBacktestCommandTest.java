package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.EmbeddedJob;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules backtest} over a simulated cluster with one fault of each kind. */
class RulesBacktestCommandTest {

    private static final String[] REPLAYED = {
        "loss-nan", "loss-explodes", "training-stalled", "collective-timeout-then-exit", "xid-then-job-exit"
    };

    @TempDir
    private static Path directory;

    private static List<String> logs = List.of();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void simulate() throws IOException {
        logs = Simulation.write(
                        SimulationSettings.defaults().withNodes(4, 4).withMinutes(20), directory.resolve("logs"))
                .files()
                .stream()
                .map(Path::toString)
                .toList();
    }

    @Test
    void findsEachAlertAgainByItsReplayHandle() throws Exception {
        List<JsonNode> alerts = alerts(run(with("--json")));

        Map<String, JsonNode> byRule = oneOfEachRule(alerts);
        assertThat(byRule).containsKeys(REPLAYED);
        byRule.keySet().retainAll(List.of(REPLAYED));
        for (JsonNode alert : byRule.values()) {
            List<String> handle =
                    new ArrayList<>(List.of(alert.get("alert.replay").asText().split(" ")));
            handle.add("--json");

            List<JsonNode> again = alerts(run(handle));

            assertThat(again).as(alert.get("alert.replay").asText()).contains(alert);
        }
    }

    @Test
    void minesTemplatesAsTheJobDoes() throws Exception {
        Path log = directory.resolve("chat-9.log");
        Files.writeString(
                log,
                """
                INFO 03-01 10:00:00 [core.py:90] Initializing a V1 LLM engine (v0.11.0) with config: model='acme/small-7b'
                INFO 03-01 10:07:00 [core.py:1214] [shutdown] EngineCore: trigger received signal=SIGTERM
                INFO 03-01 10:08:00 [core.py:90] Initializing a V1 LLM engine (v0.12.0) with config: model='acme/small-7b'
                2026-03-01 10:09:00,123 ERROR cache: entry 17 cannot be read: bad magic
                """);

        List<JsonNode> alerts = alerts(run(List.of("--json", "--logs", log.toString())));

        assertThat(alerts)
                .extracting(alert -> alert.get("rule.id").asText() + " "
                        + alert.get("@timestamp").asText())
                .contains("new-error-after-change 2026-03-01T10:09:00.123Z");
    }

    @Test
    void judgesSourcesAsTheJobDoes() throws Exception {
        Path log = directory.resolve("gpu-c1.kernel.log");
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < 160; line++) {
            // Each line twice, forty in a minute.
            int number = line / 2;
            lines.append("2026-03-01T10:%02d:%02d.123456+00:00 gpu-c1 kernel: usb 1-1: new device number %d\n"
                    .formatted(number / 20, number % 20 * 3, number));
        }
        Files.writeString(log, lines);

        List<JsonNode> alerts = alerts(run(List.of("--json", "--logs", log.toString())));

        // Three minutes are judged bad when the third is over.
        assertThat(alerts)
                .extracting(alert -> alert.get("rule.id").asText() + " "
                        + alert.get("host.name").asText())
                .containsExactly("source-lines-doubled gpu-c1");
    }

    @Test
    void countsWhatWasNearlyFoundWithExamples() throws Exception {
        Path log = directory.resolve("gpu-c2.kernel.log");
        Files.writeString(
                log,
                """
                2026-03-01T10:00:00+00:00 gpu-c2 kernel: NVRM: Xid (PCI:0000:9b:00): 13, Graphics SM Warp Exception
                2026-03-01T10:01:00+00:00 gpu-c2 kernel: NVRM: Xid (PCI:0000:9b:00): 13, Graphics SM Warp Exception
                2026-03-01T10:02:00+00:00 gpu-c2 kernel: NVRM: Xid (PCI:0000:9b:00): 13, Graphics SM Warp Exception
                2026-03-01T11:00:00+00:00 gpu-c2 kernel: NVRM: Xid (PCI:0000:9b:00): 13, Graphics SM Warp Exception
                """);
        Path rules = Files.createDirectory(directory.resolve("frequent"));
        Files.writeString(
                rules.resolve("frequent.yaml"),
                """
                id: frequent
                title: Errors
                level: high
                description: Four errors in ten minutes.
                kind: frequency
                group-by: [node]
                match: kind == 'gpu.xid'
                times: 4
                within: 10m
                response: Drain the node.
                """);

        List<JsonNode> lines = run(List.of("--json", "--rules", rules.toString(), "--logs", log.toString()));

        assertThat(lines).hasSize(1);
        JsonNode nearly = lines.get(0).get("near_misses");
        assertThat(nearly).hasSize(1);
        assertThat(nearly.at("/0/rule").asText()).isEqualTo("frequent");
        assertThat(nearly.at("/0/count").asInt()).isOne();
        assertThat(nearly.at("/0/examples/0/at").asText()).isEqualTo("2026-03-01T10:10:00Z");
        assertThat(nearly.at("/0/examples/0/reason").asText()).isEqualTo("3 times in 2m, told are 4 within 10m");
        assertThat(nearly.at("/0/examples/0/origins").asText()).isEqualTo(log + ":1," + log + ":2," + log + ":3");
    }

    @Test
    void countsByRuleDayAndEntity() throws Exception {
        List<JsonNode> lines = run(with("--json", "--rule", "loss-nan"));

        JsonNode summary = lines.get(lines.size() - 1);
        assertThat(summary.get("alerts").asInt()).isEqualTo(lines.size() - 1).isPositive();
        assertThat(summary.get("counts")).allSatisfy(count -> {
            assertThat(count.get("rule").asText()).isEqualTo("loss-nan");
            assertThat(count.get("day").asText()).isEqualTo("2026-03-01");
            assertThat(count.get("entity").asText()).startsWith("job=");
        });
    }

    @Test
    void showsWhatOnlyOneOfTwoVersionsFinds() throws Exception {
        Path first = version("first", "critical: true", 79);
        Path second = version("second", "later", 1);
        Path both = Files.createDirectory(directory.resolve("none"));

        List<JsonNode> same = run(kernel("--json", "--rules", first.toString(), "--against", first.toString()));
        List<JsonNode> other = run(kernel("--json", "--rules", first.toString(), "--against", second.toString()));
        List<JsonNode> gone = run(kernel("--json", "--rules", first.toString(), "--against", both.toString()));

        assertThat(difference(same)).isEqualTo("0 0 1");
        assertThat(difference(other)).isEqualTo("1 0 0");
        assertThat(difference(gone)).isEqualTo("1 0 0");
        assertThat(gone.get(0).get("backtest.by").asText()).isEqualTo("first");
    }

    @Test
    void wantsToKnowWhatToRead() {
        StringWriter problems = new StringWriter();

        int code = execute(List.of("--origins", "nothing"), problems);

        assertThat(code).isEqualTo(2);
        assertThat(problems.toString()).contains("\"nothing\" is not a file and a line", "--logs: is missing");
    }

    @Test
    void wantsToKnowWhichKafkaToRead() {
        StringWriter problems = new StringWriter();

        int withoutBrokers = execute(List.of("--origins", "logs/3@17", "--from", "2026-03-01T10:00:00Z"), problems);
        int withoutTopic =
                execute(List.of("--kafka", "localhost:1", "--origins", "train.log:42", "--to", "ten"), problems);

        assertThat(withoutBrokers).isEqualTo(2);
        assertThat(withoutTopic).isEqualTo(2);
        assertThat(problems.toString())
                .contains(
                        "\"logs/3@17\" is a record of Kafka; name its brokers by --kafka",
                        "--topic, --from and --to: are of Kafka",
                        "\"train.log:42\" is not a record as logs/3@120044",
                        "--kafka: needs either --topic or --origins",
                        "\"ten\" is not one as 2026-03-01T10:05:00Z");
    }

    /** The first alert of each rule. */
    private static Map<String, JsonNode> oneOfEachRule(List<JsonNode> alerts) {
        Map<String, JsonNode> first = new TreeMap<>();
        alerts.forEach(alert -> first.putIfAbsent(alert.get("rule.id").asText(), alert));
        return first;
    }

    private static String difference(List<JsonNode> lines) {
        JsonNode summary = lines.get(lines.size() - 1);
        return summary.get("first") + " " + summary.get("second") + " " + summary.get("both");
    }

    private static Path version(String name, String title, int code) throws IOException {
        Path rules = Files.createDirectory(directory.resolve(name));
        Files.writeString(
                rules.resolve("bad-gpu.yaml"),
                """
                id: bad-gpu
                title: "%s"
                level: high
                description: An error of the hardware.
                kind: sequence
                group-by: [node, gpu]
                match:
                  - {name: xid, where: "kind == 'gpu.xid' && measures.xid_code == %d"}
                response: Drain the node.
                """
                        .formatted(title, code));
        return rules;
    }

    private static List<String> with(String... options) {
        return over(logs, options);
    }

    /** Only the logs in which there are errors of GPUs. */
    private static List<String> kernel(String... options) {
        return over(logs.stream().filter(log -> log.endsWith(".kernel.log")).toList(), options);
    }

    private static List<String> over(List<String> files, String... options) {
        List<String> all = new ArrayList<>(List.of("--logs"));
        all.addAll(files);
        all.addAll(List.of(options));
        return all;
    }

    private static List<JsonNode> alerts(List<JsonNode> lines) {
        return lines.subList(0, lines.size() - 1);
    }

    private List<JsonNode> run(List<String> options) throws IOException {
        out.getBuffer().setLength(0);
        assertThat(execute(options, err)).as(err.toString()).isZero();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private int execute(List<String> options, StringWriter problems) {
        List<String> arguments = new ArrayList<>(List.of("rules", "backtest"));
        arguments.addAll(options);
        return Faultline.commandLine(EmbeddedJob::new, DirectLogReader::new, new CliTerminal(false, false))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(problems, true))
                .execute(arguments.toArray(String[]::new));
    }
}
