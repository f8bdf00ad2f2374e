package io.faultline.collect.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.model.Attributes;
import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.model.TextLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, one event comes out, soon. */
class HostileInputTest {

    private static final int MEBIBYTE = 1 << 20;

    private final LineParser parser = new LineParser(ParseSettings.defaults());

    @Test
    void readsEveryLineThatIsCutAnywhere() throws IOException {
        for (Path file : GoldenFile.all()) {
            for (TextLog record : GoldenFile.read(file).records()) {
                for (int end = 0; end < record.text().length(); end++) {
                    assertThat(parse(record.text().substring(0, end))).isNotNull();
                    assertThat(parse(record.text().substring(end))).isNotNull();
                }
            }
        }
    }

    @Test
    void readsEveryLineWithCharactersThatDoNotBelong() throws IOException {
        long seed = 20260301;
        Random random = new Random(seed);
        String strangers = "\0\n\t \"'{}[]()|:,;=-./\\0aZé😀\u2028";
        for (Path file : GoldenFile.all()) {
            for (TextLog record : GoldenFile.read(file).records()) {
                for (int i = 0; i < 200; i++) {
                    StringBuilder text = new StringBuilder(record.text());
                    for (int j = 0; j < 3; j++) {
                        text.setCharAt(
                                random.nextInt(text.length()), strangers.charAt(random.nextInt(strangers.length())));
                    }

                    assertThat(parse(text.toString()))
                            .as("seed %d: %s", seed, text)
                            .isNotNull();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iteration 1/ 2 |" + "REPEAT" + "a|",
                "INFO 03-01 10:00:00 [loggers.py:1] Avg prompt throughput: " + "REPEAT" + "x, ",
                "REPEAT" + "CUDA out of memory ",
                "REPEAT" + "(a pid=1) ",
                "{'loss': 1.0, " + "REPEAT" + "'a%d': 1, ",
                "{" + "REPEAT" + "\"a%d\":1,",
                "REPEAT" + "{\"a\":",
                "Traceback (most recent call last):" + "REPEAT" + "\nx y",
                "REPEAT" + "Traceback (most recent call last): ",
                "Mar  1 10:00:00 gpu-a1 kernel: " + "REPEAT" + "NVRM: ",
                "[rank1]:[E301 10:00:00.1 ProcessGroupNCCL.cpp:1] " + "REPEAT" + "Rank (",
                "2026-03-01 10:00:00 " + "REPEAT" + "- ",
                "[2026-03-01 10:00:00] Decode batch, " + "REPEAT" + "#a%d: [1, ",
                "[2026-03-01 10:00:00] Prefill batch, #new-seq: 1" + "REPEAT" + ", x",
                "INFO 03-01 10:00:00 [a.py:1] SpecDecoding metrics: a: 1" + "REPEAT" + ", 2",
                "INFO 03-01 10:00:00 [a.py:1] KV Transfer metrics: " + "REPEAT" + "a%d=1, ",
                "2026-03-01T10:00:00.1Z  INFO generate{" + "REPEAT" + "a=\"b\" ",
                "2026-03-01T10:00:00.1Z  INFO " + "REPEAT" + "text_generation: ",
                "2026-03-01 10:00:00  INFO sgl_model_gateway::a: " + "REPEAT" + "a b",
                "time=2026-03-01T10:00:00Z level=INFO source=a.go:1 msg=x " + "REPEAT" + "\"a\\",
                "[GIN] 2026/03/01 - 10:00:00 | 200 | " + "REPEAT" + "1m",
                "I0301 10:00:00.000000 1 server.cc:633] " + "REPEAT" + "\n| a | 1 | READY |",
                "[03/01/2026-10:00:00] [TRT-LLM] [I] iter = 1" + "REPEAT" + ", a%d = 1",
                "INFO 2026-03-01 10:00:00,000 " + "REPEAT" + "a ",
                "(raylet) " + "REPEAT" + " [repeated ",
                "slot print_timing: id  0 | task 1 | " + "REPEAT" + "\neval time = 1 ms / 1",
                "vllm:a{" + "REPEAT" + "a%d=\"1\",",
                "vllm:a{a=\"" + "REPEAT" + "\\\"",
                "Loading " + "REPEAT" + "shards: 1% Completed | ",
                "REPEAT" + "x",
            })
    void readsAMebibyteOfSeparatorsWithinASecondOrTwo(String shape) {
        String text = grown(shape);

        LogEvent event = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> parse(text));

        assertThat(event.attributes().size()).isLessThanOrEqualTo(64);
    }

    private static String grown(String shape) {
        int repeat = shape.indexOf("REPEAT");
        StringBuilder text = new StringBuilder(shape.substring(0, repeat));
        String unit = shape.substring(repeat + "REPEAT".length());
        for (int i = 0; text.length() < MEBIBYTE; i++) {
            text.append(unit.contains("%d") ? unit.replace("%d", Integer.toString(i)) : unit);
        }
        return text.toString();
    }

    private LogEvent parse(String text) {
        TextLog log = new TextLog(
                Origin.file("logs/any.log", 1),
                Instant.parse("2026-03-02T00:00:00Z"),
                "logs/any.log",
                text,
                Attributes.NONE,
                false);
        return parser.parse(log, StreamMemory.EMPTY, log.observedTimestamp()).event();
    }
}
