package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.life.RuleBook;
import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.rule.RuleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {

    private static final String STEP = "kind: sequence\nmatch:\n  - {name: exit, where: kind == 'process.exit'}\n";

    private static final String PATTERN =
            """
            {"name": "losses",
             "nodes": [{"name": "a", "condition": {"type": "AVIATOR", "expression": "l > 3"}}, {"name": "b"}],
             "edges": [{"source": "a", "target": "b", "type": "STRICT"}]}
            """;

    @TempDir
    private Path folder;

    private final Recorded control = new Recorded();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void pushesTheNextVersionAndSaysWhoWantedIt() throws IOException {
        assertThat(run("push", rule("shipped", STEP), rule("other", STEP), "--author", "ada", "--why", "less noise"))
                .isZero();

        assertThat(control.sent)
                .extracting(RuleCommand::key)
                .containsExactly("version/shipped/2", "rule/shipped", "version/other/1", "rule/other");
        assertThat(control.sent.get(1).document())
                .startsWith("{\"active\":2,\"author\":\"ada\",\"at\":\"")
                .endsWith("\"why\":\"less noise\"}");
        assertThat(err.toString()).isEqualTo("shipped: version 2 is pushed\nother: version 1 is pushed\n");
    }

    @Test
    void pushesEachInstanceOfAFamily() throws IOException {
        String template = rule("family", STEP.replace("kind == 'process.exit'", "\"kind == '${kind}'\""));
        Path family = Path.of(template);
        String indented = Files.readString(family).replaceFirst("id: .*\n", "").indent(2);
        Files.writeString(
                family,
                "template:\n" + indented
                        + "instances:\n  - {id: first, kind: process.exit}\n  - {id: second, kind: gpu.xid}\n");

        assertThat(run("push", template)).isZero();

        assertThat(control.sent)
                .extracting(RuleCommand::key)
                .containsExactly("version/first/1", "rule/first", "version/second/1", "rule/second");
        assertThat(control.sent.get(2).document()).contains("id: second", "gpu.xid");
    }

    @Test
    void importsAPatternOfDynamicFlinkCep() throws IOException {
        Path pattern = Files.writeString(folder.resolve("Two Losses.json"), PATTERN);
        Path rules = folder.resolve("imported");
        String[] options = {
            "import", pattern.toString(), "--group-by", "job", "--field", "l=measures.loss", "--within", "10m"
        };

        assertThat(runPlain(options)).isZero();
        assertThat(out.toString()).startsWith("id: two-losses\nversion: 1\ntitle: losses\n");
        assertThat(runPlain(Stream.concat(Stream.of(options), Stream.of("--out", rules.toString()))
                        .toArray(String[]::new)))
                .isZero();

        assertThat(rules.resolve("two-losses.yaml")).hasContent(out.toString());
        assertThat(RuleSet.read(rules).rules()).hasSize(1);
    }

    @Test
    void importsNothingThatItCanNotTranslate() throws IOException {
        Path pattern = Files.writeString(
                folder.resolve("p.json"),
                PATTERN.replace("l > 3", "seq.sum(l) > 3").replace("STRICT", "LOOSE"));
        Path rules = folder.resolve("imported");

        assertThat(runPlain("import", pattern.toString(), "--group-by", "job", "--out", rules.toString()))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "$.nodes[0].condition.expression: the function seq.sum has no counterpart in CEL",
                        "$.edges[0].type: \"LOOSE\" is none of",
                        "$.window: there is none");
        assertThat(rules).doesNotExist();
    }

    @Test
    void pushesNothingWhereOneOfTheRulesIsWrong() throws IOException {
        assertThat(run("push", rule("other", STEP), rule("bad", STEP.replace("kind ==", "knid =="))))
                .isEqualTo(1);

        assertThat(control.sent).isEmpty();
        assertThat(err.toString())
                .contains("version/1/bad.yaml:", "did you mean \"kind\"")
                .endsWith("nothing was changed\n");
    }

    @Test
    void pausesResumesAndRollsBack() throws IOException {
        run("push", rule("shipped", STEP));
        assertThat(run("pause", "shipped", "--why", "maintenance")).isZero();
        assertThat(control.read().inForce("shipped").version()).isZero();
        assertThat(run("resume", "shipped")).isZero();
        assertThat(control.read().inForce("shipped").version()).isEqualTo(2);

        assertThat(run("rollback", "shipped")).isZero();

        assertThat(control.read().inForce("shipped").version()).isEqualTo(1);
        assertThat(run("rollback", "shipped")).isEqualTo(1);
        assertThat(err.toString()).contains("shipped: there is no version before 1");
        assertThat(run("rollback", "shipped", "--to", "2")).isZero();
        assertThat(control.read().inForce("shipped").version()).isEqualTo(2);
    }

    @Test
    void removesWhatWasPushedAndLeavesWhatTheJobBrings() throws IOException {
        run("push", rule("shipped", STEP), rule("other", STEP));

        assertThat(run("remove", "shipped", "other")).isZero();

        assertThat(control.read().rules()).containsExactly("shipped");
        assertThat(control.read().inForce("shipped").version()).isEqualTo(1);
        assertThat(run("remove", "shipped")).isEqualTo(1);
        assertThat(err.toString()).contains("comes with the job and nothing was pushed of it");
    }

    @Test
    void namesTheRuleThatWasMeant() {
        assertThat(run("resume", "shiped")).isEqualTo(1);

        assertThat(err.toString()).contains("shiped: there is no such rule, did you mean \"shipped\"?");
    }

    @Test
    void asksWhyARuleIsPaused() {
        assertThat(run("pause", "shipped")).isEqualTo(1);

        assertThat(err.toString()).contains("--why: is missing");
    }

    @Test
    void listsWhatRunsAndWhoChangedItAndWhatCostsTooMuch() throws IOException {
        run("push", rule("other", STEP), "--canary", "--author", "ada");
        control.overLimit = Map.of("shipped", List.of("too many groups"));

        assertThat(run("list")).isZero();
        assertThat(out.toString())
                .containsPattern("other +version 0 .*version 1 as a canary")
                .containsPattern("shipped +version 1 .*the job's own, over a limit")
                .contains("ada", "    too many groups");
    }

    @Test
    void listsForScriptsToo() throws IOException {
        run("push", rule("shipped", STEP), "--author", "ada", "--why", "less noise");

        run("list", "--json");

        JsonNode shipped = new ObjectMapper().readTree(out.toString());
        assertThat(shipped.path("rule").asText()).isEqualTo("shipped");
        assertThat(shipped.path("version").asInt()).isEqualTo(2);
        assertThat(shipped.path("versions")).hasToString("[1,2]");
        assertThat(shipped.path("why").asText()).isEqualTo("less noise");
    }

    private String rule(String id, String pattern) throws IOException {
        return Files.writeString(
                        folder.resolve(id + ".yaml"),
                        SampleRules.file(id, pattern).text())
                .toString();
    }

    private int run(String... arguments) {
        return runPlain(Stream.concat(Stream.of(arguments), Stream.of("--config", "flink-conf/job.yaml"))
                .toArray(String[]::new));
    }

    private int runPlain(String... arguments) {
        JobRunner runner = (JobRunner) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {JobRunner.class}, (proxy, method, given) -> control);
        String[] all = Stream.concat(Stream.of("rules"), Stream.of(arguments)).toArray(String[]::new);
        return Faultline.commandLine(
                        () -> runner,
                        () -> {
                            throw new AssertionError("nothing is read");
                        },
                        CliTerminal.ofLauncher())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    /** The commands that were sent, and the book that they make beside one rule of the job. */
    private static final class Recorded implements RuleControl {

        private final List<RuleCommand> sent = new ArrayList<>();
        private Map<String, List<String>> overLimit = Map.of();

        @Override
        public RuleBook read() {
            RuleBook book = new RuleBook(RuleSet.of("test", List.of(SampleRules.file("shipped", STEP))));
            sent.forEach(book::apply);
            return book;
        }

        @Override
        public void send(List<RuleCommand> commands) {
            sent.addAll(commands);
        }

        @Override
        public Map<String, List<String>> overLimit() {
            return overLimit;
        }
    }
}
