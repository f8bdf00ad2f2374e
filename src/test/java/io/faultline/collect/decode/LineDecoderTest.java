package io.faultline.collect.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.model.RawLog.Trouble;
import io.faultline.model.Rejected.Reason;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineDecoderTest {

    private static final String ESC = "\u001b";

    private final LineDecoder decoder = new LineDecoder(1 << 20, ZoneOffset.UTC);

    @Test
    void leavesAPlainLineAsItIs() {
        assertThat(texts("INFO 03-01 10:00:00 [loggers.py:12] Engine 000: all well"))
                .containsExactly("INFO 03-01 10:00:00 [loggers.py:12] Engine 000: all well");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ESC + "[1;36mready" + ESC + "[0;0m to serve",
                "#033[2mready#033[0m to serve",
                "\\u001b[32mready\\u001b[0m to serve",
                "^[[32mready^[[0m to serve",
                "[2mready[0m to serve",
                ESC + "[2K" + ESC + "[1Aready to serve"
            })
    void removesColoursInAllTheirForms(String coloured) {
        assertThat(texts(coloured)).containsExactly("ready to serve");
    }

    @Test
    void keepsBracketsThatAreNoColours() {
        assertThat(texts("rate(tokens[5m]) of [rank1] is [2m] and a[0]"))
                .containsExactly("rate(tokens[5m]) of [rank1] is [2m] and a[0]");
    }

    @Test
    void removesColoursAroundTheProcessTag() {
        Line line = line(ESC + "[1;36m(EngineCore_DP0 pid=941)" + ESC + "[0;0m INFO 03-01 10:00:00 [core.py:7] up");

        assertThat(line.text()).isEqualTo("INFO 03-01 10:00:00 [core.py:7] up");
        assertThat(line.writer().toMap()).isEqualTo(Map.of("process", "EngineCore_DP0", "pid", "941"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            textBlock =
                    """
            ~12: step done~                                ! rank=12                     ! ~step done~
            ~ 3: step done~                                ! rank=3                      ! ~step done~
            ~[default7]: iteration 5/ 10 | x |~            ! local_rank=7                ! ~iteration 5/ 10 | x |~
            ~[rank1]:[E810 03:04:11.1 P.cpp:683] gone~     ! rank=1                      ! ~[E810 03:04:11.1 P.cpp:683] gone~
            ~13: [rank13]:   File "a.py", line 1~          ! rank=13                     ! ~  File "a.py", line 1~
            ~(Worker_TP3 pid=77) ready~                    ! process=Worker_TP3, pid=77  ! ~ready~
            ~(VllmWorker rank=2 pid=77) ready~             ! process=VllmWorker, rank=2, pid=77 ! ~ready~
            ~chat-1  | ready~                              ! service=chat, container=chat-1 ! ~ready~
            ~[pod/chat-0/server] ready~                    ! pod=chat-0, container=server ! ~ready~
            """)
    void peelsLauncherPrefixesIntoAttributes(String raw, String attributes, String text) {
        Line line = line(raw);

        assertThat(line.text()).isEqualTo(text);
        assertThat(line.writer().toMap()).hasToString("{" + attributes + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0]:",
                "12:30 is lunch",
                "2026-03-01 10:00:00.1 | INFO     | main:7 - up",
                "(see pid=none) text",
                "{\"message\": \"12: [rank1]: x\"}",
                "[12345.678901] NVRM: Xid (PCI:0000:9b:00): 79, gone",
                " iteration 5/ 10 | lm loss: 2.1 |"
            })
    void leavesWhatOnlyLooksLikeAPrefix(String raw) {
        assertThat(texts(raw)).containsExactly(raw);
    }

    @Test
    void splitsTwoRanksThatWroteOnOneLine() {
        List<Line> lines =
                lines("[rank1]:[E810 03:04:11.1 P.cpp:683] timed out[rank2]:[E810 03:04:11.2 P.cpp:683] too");

        assertThat(lines)
                .extracting(Line::text)
                .containsExactly("[E810 03:04:11.1 P.cpp:683] timed out", "[E810 03:04:11.2 P.cpp:683] too");
        assertThat(lines).extracting(line -> line.writer().get("rank")).containsExactly("1", "2");
    }

    @Test
    void splitsARecordThatSticksToTheEndOfAnother() {
        assertThat(texts("(A pid=1) usage 3%(B pid=2) ERROR 03-01 10:00:00 [core.py:7] down"))
                .containsExactly("usage 3%", "ERROR 03-01 10:00:00 [core.py:7] down");
        assertThat(texts("scale fr[2026-03-01 10:00:00,712] [INFO] next"))
                .containsExactly("scale fr", "[2026-03-01 10:00:00,712] [INFO] next");
    }

    @Test
    void doesNotSplitATimeThatIsQuoted() {
        String quoted = "window [2026-03-01 10:00:00, 2026-03-01 11:00:00] of ERROR 03-01 lines";

        assertThat(texts(quoted)).containsExactly(quoted);
    }

    @Test
    void dropsProgressBarsAndKeepsTheRecordBehindThem() {
        String bars =
                "  3%|▎         | 12/400 [00:10<05:00,  1.3it/s]\r  4%|▎ | 13/400 [00:11<05:00,  2.00s/it]{'loss': 2.1}\r";

        assertThat(texts(bars)).containsExactly("{'loss': 2.1}");
    }

    @Test
    void keepsThePiecesBetweenCarriageReturns() {
        assertThat(texts("first\rsecond\r\r")).containsExactly("first", "second");
    }

    @Test
    void replacesBytesThatAreNoUtf8AndSaysSo() {
        byte[] noText = {'K', (byte) 0x81, 'l', 'n'};

        List<Line> lines = new ArrayList<>();
        Trouble trouble = decoder.decode(raw(noText), lines);

        assertThat(trouble).isNull();
        assertThat(lines).extracting(Line::text).containsExactly("K\uFFFDln");
        assertThat(lines).extracting(line -> line.from().charset()).containsExactly("replaced");
    }

    @Test
    void readsUtf8AndTakesTheByteOrderMarkOff() {
        Line line = line("\uFEFFKöln 温度");

        assertThat(line.text()).isEqualTo("Köln 温度");
        assertThat(line.from().charset()).isNull();
    }

    @Test
    void refusesBytesThatAreNoText() {
        List<Line> lines = new ArrayList<>();

        Trouble trouble = decoder.decode(raw(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0}), lines);

        assertThat(trouble).isEqualTo(new Trouble(Reason.BINARY, "the line is not text"));
        assertThat(lines).isEmpty();
    }

    @Test
    void refusesALineOverTheLimit() {
        Trouble trouble =
                new LineDecoder(10, ZoneOffset.UTC).decode(raw("0123456789x".getBytes(UTF_8)), new ArrayList<>());

        assertThat(trouble).isEqualTo(new Trouble(Reason.TOO_LONG, "the line has 11 bytes; at most 10 are read"));
    }

    @Test
    void keepsARecordThatAShipperHasJoined() {
        Line line = line("Traceback (most recent call last):\r\n  File \"a.py\", line 1\r\nValueError: no\n");

        assertThat(line.text())
                .isEqualTo("Traceback (most recent call last):\n  File \"a.py\", line 1\nValueError: no");
        assertThat(line.whole()).isTrue();
    }

    @Test
    void tellsOfWhichStepTheMetricsBetweenTwoBarsAre() {
        Line line = line("  3%|▎ | 12/400 [00:10<05:00, 1.3it/s]\r{'loss': 2.5, 'epoch': 0.1}");

        assertThat(line.text()).isEqualTo("{'loss': 2.5, 'epoch': 0.1}");
        assertThat(line.writer().toMap()).isEqualTo(Map.of("progress", "12/400"));
        assertThat(line("{'loss': 2.5, 'epoch': 0.1}").writer().isEmpty()).isTrue();
    }

    @Test
    void splitsBenchmarkRecordsOfTwoProcesses() {
        assertThat(texts(":::MLLOG {\"key\": \"seed\"}:::MLLOG {\"key\": \"run_start\"}"))
                .containsExactly(":::MLLOG {\"key\": \"seed\"}", ":::MLLOG {\"key\": \"run_start\"}");
    }

    private Line line(String text) {
        return lines(text).get(0);
    }

    private List<String> texts(String text) {
        return lines(text).stream().map(Line::text).toList();
    }

    private List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        assertThat(decoder.decode(raw(text.getBytes(UTF_8)), lines)).isNull();
        return lines;
    }

    private static RawLog raw(byte[] payload) {
        return new RawLog(Origin.file("a.log", 1), Instant.EPOCH, "a.log", payload, Attributes.NONE);
    }
}
