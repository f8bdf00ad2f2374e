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

    private int run(String... arguments) {
        return WithoutJob.run(out, err, arguments);
    }
}
