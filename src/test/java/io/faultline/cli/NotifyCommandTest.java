package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.respond.notify.channel.HttpReceiver;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCommandTest {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpReceiver robot;
    private Path config = Path.of("");

    @BeforeEach
    void start() throws IOException {
        robot = new HttpReceiver().always(request -> HttpReceiver.Answer.ok("{\"errcode\":0,\"errmsg\":\"ok\"}"));
        config = directory.resolve("job.yaml");
        Files.writeString(
                config,
                """
                respond:
                  notify:
                    receivers:
                      - {name: terminal, channel: console}
                      - {name: group, channel: wecom, url: "%s", language: zh}
                    links: {kibana: "https://kibana.example.org/{incident}"}
                """
                        .formatted(robot.url()));
    }

    @AfterEach
    void stop() {
        robot.close();
    }

    @Test
    void sendsOneMarkedMessage() {
        int code = run("notify", "test", "--receiver", "group", "--config", config.toString());

        assertThat(code).isZero();
        assertThat(err.toString()).isEqualToNormalizingNewlines("group: delivered (errcode 0: ok)\n");
        assertThat(robot.received())
                .singleElement()
                .extracting(HttpReceiver.Received::body)
                .asString()
                .contains("[测试] Faultline can reach this receiver; nothing is wrong");
    }

    @Test
    void endsWithOneWhereTheReceiverRefuses() {
        robot.saying(HttpReceiver.Answer.ok("{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}"));

        int code = run("notify", "test", "--receiver", "group", "--config", config.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("group: refused (errcode 93000: invalid webhook url)");
    }

    @Test
    void showsWhatAReceiverWouldGetAndSendsNothing() {
        int code = run("notify", "render", "--receiver", "group", "--config", config.toString(), "--language", "en");

        assertThat(code).isZero();
        assertThat(out.toString())
                .startsWith(
                        "**[critical] new incident: GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died**")
                .contains(
                        "> cost: 12.4 GPU hours on 64 GPUs so far",
                        "[logs](https://kibana.example.org/5a3c9e1f7b2d4806)");
        assertThat(robot.received()).isEmpty();
    }

    @Test
    void showsAnEndInTheReceiversLanguage() {
        run("notify", "render", "--receiver", "group", "--config", config.toString(), "--reason", "resolved");

        assertThat(out.toString()).startsWith("**[严重] 已恢复: GPU 0000:9b:00");
    }

    @Test
    void saysWhichReceiversThereAre() {
        int code = run("notify", "test", "--receiver", "gruop", "--config", config.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean \"group\"?", "there is: terminal, group");
    }

    @Test
    void aCopyOfTheShippedTemplateSaysWhatItSaysOnEveryOccasion() throws IOException {
        run("notify", "template", "--language", "zh");
        Path copy = Files.writeString(directory.resolve("copy.yaml"), out.toString());
        out.getBuffer().setLength(0);

        int code = run("notify", "render", "--template", copy.toString(), "--all");

        assertThat(code).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("---")))
                .containsExactly(
                        "--- opened",
                        "--- severity-raised",
                        "--- reopened",
                        "--- resolved",
                        "--- merged",
                        "--- repeated",
                        "--- escalated",
                        "--- test",
                        "--- drill",
                        "--- digest");
        assertThat(out.toString()).contains("[严重] 已合并: GPU", "[演习] 新事件: A fire drill", "    - 另有 37 个事件");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void showsAnIncidentOfAScanByATemplate() throws IOException {
        Path template = Files.writeString(
                directory.resolve("short.yaml"),
                "subject: \"{{title}} ({{cause.verdict}})\"\n"
                        + "body: [{list: lines, each: evidence, line: \"{{text}}\"}]\n");
        Path scan = Files.writeString(
                directory.resolve("incidents.json"),
                """
                {"id":"1f","title":"job train-llm stalled","severity":"high","started":"2026-03-01T10:00:00Z",\
                "ended":"2026-03-01T10:05:00Z","cause":{"kind":"collective.timeout","entity":"job=train-llm",\
                "confidence":0.7,"because":[],"verdict":"likely","class":"environment"},\
                "evidence":[{"file":"train-llm.log","line":7,"text":"Watchdog caught collective operation timeout"}],\
                "rules":["collective-timeout"]}
                """);

        int code = run(
                "notify",
                "render",
                "--receiver",
                "group",
                "--config",
                config.toString(),
                "--template",
                template.toString(),
                "--incident",
                scan.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        """
                        **job train-llm stalled (很可能)**
                        **lines**
                        - Watchdog caught collective operation timeout
                        """);
    }

    @Test
    void tellsWhatIsWrongWithATemplateAndAnIncidentAtOnce() throws IOException {
        Path template = Files.writeString(directory.resolve("my.yaml"), "words: {hihg: P1}\nsubject: \"{{tilte}}\"\n");
        Path scan = Files.writeString(directory.resolve("incidents.json"), "{\"id\": \"1f\"}\n");

        int code = run("notify", "render", "--template", template.toString(), "--incident", scan.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        template + ":2: subject: there is no field \"tilte\", did you mean \"title\"?",
                        template + ":1: words.hihg: unknown, did you mean \"high\"?",
                        scan + ":1: is no line of scan --json");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysWhereTheShippedTemplateHadToSpeak() throws IOException {
        Path template = Files.writeString(directory.resolve("my.yaml"), "subject: \"{{entity.replica}}\"\n");

        int code = run("notify", "render", "--template", template.toString());

        assertThat(code).isZero();
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("opened: the shipped template said it: its subject came out empty\n");
        assertThat(out.toString()).startsWith("[critical] new incident: GPU");
    }

    private int run(String... arguments) {
        return WithoutJob.run(out, err, arguments);
    }
}
