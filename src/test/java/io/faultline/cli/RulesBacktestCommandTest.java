package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules backtest} over a simulated cluster with one fault of each kind. */
class RulesBacktestCommandTest {

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

        assertThat(alerts)
                .extracting(alert -> alert.get("rule.id").asText())
                .contains(
                        "loss-nan",
                        "loss-explodes",
                        "training-stalled",
                        "collective-timeout-then-exit",
                        "xid-then-job-exit");
        for (JsonNode alert : alerts) {
            List<String> handle =
                    new ArrayList<>(List.of(alert.get("alert.replay").asText().split(" ")));
            handle.add("--json");

            List<JsonNode> again = alerts(run(handle));

            assertThat(again).as(alert.get("alert.replay").asText()).contains(alert);
        }
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

        List<JsonNode> same = run(with("--json", "--rules", first.toString(), "--against", first.toString()));
        List<JsonNode> other = run(with("--json", "--rules", first.toString(), "--against", second.toString()));
        List<JsonNode> gone = run(with("--json", "--rules", first.toString(), "--against", both.toString()));

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
        List<String> all = new ArrayList<>(List.of("--logs"));
        all.addAll(logs);
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
        return Faultline.commandLine(
                        () -> {
                            throw new AssertionError("no job is run");
                        },
                        DirectLogReader::new,
                        new CliTerminal(false, false))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(problems, true))
                .execute(arguments.toArray(String[]::new));
    }
}
