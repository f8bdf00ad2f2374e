package io.faultline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.collect.decode.DecodeSettings;
import io.faultline.collect.decode.StreamDecoder;
import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.model.Attributes;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A user of the model can write anything into a prompt, also a perfect line of the server's own log. */
class LogInjectionTest {

    private static final Instant SEEN = Instant.parse("2026-03-01T10:00:05Z");

    private static final String DEATH = "ERROR 03-01 10:00:00 [core.py:1] EngineCore encountered a fatal error.";
    private static final String REQUEST = "INFO 03-01 10:00:00 [logger.py:42] Received request cmpl-7: prompt: ";
    private static final String PARAMS = ", params: SamplingParams(n=1, temperature=0.7), lora_request: None.";

    private static final String ITERATION = "[2026-03-01 10:00:00] iteration 7/ 100 | lm loss: NaN |";
    private static final String TIMEOUT =
            "[rank3]:[E301 10:00:00.123456789 ProcessGroupNCCL.cpp:629] [Rank 3] Watchdog caught collective operation "
                    + "timeout: WorkNCCL(SeqNum=9, OpType=ALLREDUCE, NumelIn=1, NumelOut=1, Timeout(ms)=600000) ran for "
                    + "600010 milliseconds before timing out.";
    private static final String TRACEBACK = "Traceback (most recent call last):\n  File \"serve.py\", line 1, in run\n"
            + "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.";

    static Stream<String> attacks() {
        List<String> lines = new ArrayList<>();
        for (String fake : List.of(DEATH, ITERATION, TIMEOUT, TRACEBACK)) {
            // As vLLM writes a prompt: Python's repr, line ends escaped.
            lines.add(REQUEST + "'say hello.\\n" + fake.replace("\n", "\\n") + "'" + PARAMS);
            lines.add(REQUEST + "\"don't stop.\\n" + fake.replace("\n", "\\n") + "\"" + PARAMS);
            lines.add(REQUEST + "'x\\r" + fake.replace("\n", "\\n") + "'" + PARAMS);
            lines.add(REQUEST + "'" + fake.replace("\n", " ") + "'" + PARAMS);
            // Stuck to a letter and to a full stop, where glued records are looked for.
            lines.add(REQUEST + "'say hello" + fake.replace("\n", "\\n") + "'" + PARAMS);
            lines.add(REQUEST + "'say hello." + fake.replace("\n", "\\n") + "'" + PARAMS);
            // As a server writes it that does not escape.
            lines.add(REQUEST + "'say hello\n" + fake + "'" + PARAMS);
            lines.add(REQUEST + "'say hello\n" + fake + "\nthank you'" + PARAMS);
            lines.add(REQUEST + "'say hello\n\n\n" + fake + "\n\n'" + PARAMS);
            lines.add(REQUEST + "'say hello\r" + fake.replace("\n", "\r") + "'" + PARAMS);
            lines.add(REQUEST + "'say hello\r\n" + fake.replace("\n", "\r\n") + "'" + PARAMS);
            lines.add(REQUEST + "'100%|##########| 4/4 [00:01<00:00, 3.2it/s]" + fake + "'" + PARAMS);
            lines.add(REQUEST + "'\u001b[2K\u001b[1A" + fake.replace("\n", " ") + "'" + PARAMS);
            lines.add(REQUEST + "'x[0m\u001b[31m" + fake.replace("\n", "\\n") + "\u001b[0m'" + PARAMS);
            lines.add(REQUEST + "'x.\\u001b[31m" + fake.replace("\n", "\\n") + "\\u001b[0m'" + PARAMS);
            // In the keys and the message of other programs' JSON.
            String json = fake.replace("\"", "\\\"").replace("\n", "\\n");
            lines.add("{\"level\":\"info\",\"msg\":\"chat\",\"prompt\":\"hello.\\n" + json + "\"}");
            lines.add("{\"level\":\"info\",\"message\":\"prompt: 'hello.\\n" + json + "'\",\"ts\":1772359200}");
            lines.add("{\"level\":\"info\",\"message\":\"user said hello." + json.replace("\\n", " ")
                    + "\",\"logger\":\"gateway\"}");
            lines.add("{\"level\":\"info\",\"messages\":[{\"role\":\"user\",\"content\":\"" + json + "\"}]}");
            // In paths and user agents.
            String path = fake.replace("\n", "%0A").replace(" ", "%20").replace("\"", "%22");
            lines.add("INFO:     10.0.0.7:41000 - \"GET /v1/models?q=" + path + " HTTP/1.1\" 404 Not Found");
            lines.add("INFO:     10.0.0.7:41000 - \"GET /v1/models."
                    + fake.replace("\n", " ").replace("\"", "'") + " HTTP/1.1\" 404 Not Found");
            // In the rows of the Trainer's table of completions.
            lines.add("│ What is 2+2? │ " + fake.replace("\n", " ") + " │ 0.00 │");
            lines.add("| What is 2+2?." + fake.replace("\n", " ") + " | 0.00 |");
            // In Python's own logging.
            lines.add("2026-03-01 10:00:00,123 - gateway - INFO - prompt='hello." + fake.replace("\n", "\\n") + "'");
            lines.add("2026-03-01 10:00:00,123 - gateway - INFO - prompt='hello\n" + fake + "\nbye'");
        }
        return lines.stream();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void takesNoEventFromInsideAPrompt(String record) {
        List<LogEvent> events = read(record.split("\n", -1));

        assertThat(events).allSatisfy(event -> assertThat(event.kind())
                .isIn(EventKind.LOG_OTHER, EventKind.INFERENCE_REQUEST, EventKind.REQUEST_ERROR));
    }

    /** What guards against false lines must not hide true ones. */
    @Test
    void readsTheTrueLineBehindAPromptThatSpreadsOverLines() {
        List<LogEvent> events = read(REQUEST + "'say hello", DEATH, "please'" + PARAMS, DEATH.replace(":00 ", ":01 "));

        assertThat(events).extracting(LogEvent::kind).containsExactly(EventKind.LOG_OTHER, EventKind.ENGINE_DEATH);
        assertThat(events.get(0).message()).contains("say hello\nERROR 03-01").endsWith("lora_request: None.");
        assertThat(events.get(1).timestamp()).isEqualTo("2026-03-01T10:00:01Z");
    }

    @Test
    void readsTheTrueLinesBehindAPromptThatNeverEnds() {
        List<String> lines = new ArrayList<>(List.of(REQUEST + "'cut by a limit of the runt"));
        for (int i = 0; i < 300; i++) {
            lines.add(DEATH);
        }

        List<LogEvent> events = read(lines.toArray(String[]::new));

        assertThat(events).hasSize(301);
        assertThat(events.get(0).kind()).isEqualTo(EventKind.LOG_OTHER);
        assertThat(events.subList(1, 301)).allMatch(event -> event.kind() == EventKind.ENGINE_DEATH);
    }

    @Test
    void readsTheLinesOfAnotherWriterInBetween() {
        List<LogEvent> events = read("1: " + REQUEST + "'say hello", "2: " + DEATH, "1: please'" + PARAMS);

        assertThat(events)
                .extracting(LogEvent::kind)
                .containsExactlyInAnyOrder(EventKind.LOG_OTHER, EventKind.ENGINE_DEATH);
    }

    @Test
    void splitsRecordsThatAreGluedOutsideOfAPrompt() {
        List<LogEvent> events = read("INFO 03-01 10:00:00 [launcher.py:42] Route: /v1/models" + DEATH);

        assertThat(events).extracting(LogEvent::kind).containsExactly(EventKind.LOG_OTHER, EventKind.ENGINE_DEATH);
    }

    private static List<LogEvent> read(String... lines) {
        StreamDecoder decoder = new StreamDecoder(DecodeSettings.defaults());
        LineParser parser = new LineParser(ParseSettings.defaults());
        StreamMemory[] memory = {StreamMemory.EMPTY};
        List<LogEvent> events = new ArrayList<>();
        var reader = new Object() {
            void take(io.faultline.model.TextLog log) {
                LineParser.Outcome outcome = parser.parse(log, memory[0], SEEN);
                memory[0] = outcome.memory();
                events.add(outcome.event());
            }
        };
        for (int i = 0; i < lines.length; i++) {
            byte[] payload = lines[i].getBytes(StandardCharsets.UTF_8);
            Origin origin = Origin.file("logs/chat-0.log", i + 1);
            decoder.add(
                    new RawLog(origin, SEEN, "logs/chat-0.log", payload, Attributes.NONE),
                    SEEN.toEpochMilli(),
                    reader::take,
                    rejected -> {});
        }
        decoder.finish(reader::take);
        return events;
    }
}
