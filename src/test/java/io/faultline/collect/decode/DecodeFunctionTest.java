package io.faultline.collect.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.model.RawLog.Trouble;
import io.faultline.model.Rejected;
import io.faultline.model.Rejected.Reason;
import io.faultline.model.TextLog;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecodeFunctionTest {

    private static final long TEN = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
    private static final String HEAD = "ERROR:trainer:step failed";

    private KeyedOneInputStreamOperatorTestHarness<String, RawLog, TextLog> operator = operator(false);

    @AfterEach
    void close() throws Exception {
        operator.close();
    }

    @Test
    void sendsARecordOutWhenTheLogsTimeIsPastTheSilence() throws Exception {
        operator.open();
        read("chat-0.log", 1, HEAD, TEN);

        operator.processWatermark(new Watermark(TEN + 4_999));
        assertThat(operator.extractOutputValues()).isEmpty();
        operator.processWatermark(new Watermark(TEN + 5_000));

        assertThat(operator.extractOutputValues()).extracting(TextLog::text).containsExactly(HEAD);
        assertThat(operator.numKeyedStateEntries()).isZero();
        assertThat(operator.numEventTimeTimers()).isZero();
    }

    @Test
    void sendsASilentRankOutWhileAnotherWritesOn() throws Exception {
        operator.open();
        read("train-llm.log", 1, "12: " + HEAD, TEN);
        read("train-llm.log", 2, "13: ERROR:trainer:a", TEN + 3_000);
        read("train-llm.log", 3, "13: ERROR:trainer:b", TEN + 4_000);

        operator.processWatermark(new Watermark(TEN + 6_000));

        assertThat(operator.extractOutputValues()).extracting(TextLog::text).containsExactly("ERROR:trainer:a", HEAD);
        assertThat(operator.numKeyedStateEntries()).isEqualTo(1);
    }

    @Test
    void sendsARecordOutByTheClockWhenLive() throws Exception {
        operator = operator(true);
        operator.open();
        operator.setProcessingTime(100_000);
        read("chat-0.log", 1, HEAD, TEN);

        operator.setProcessingTime(105_000);

        assertThat(operator.extractOutputValues()).extracting(TextLog::text).containsExactly(HEAD);
        assertThat(operator.numKeyedStateEntries()).isZero();
        assertThat(operator.numProcessingTimeTimers()).isZero();
    }

    @Test
    void takesItsOwnAbsenceForNobodysSilence() throws Exception {
        operator = operator(true);
        operator.open();
        operator.setProcessingTime(100_000);
        read("chat-0.log", 1, HEAD, TEN);

        // restarted, or held up by a slow sink: the timer comes late and before the line that continues
        operator.setProcessingTime(130_000);
        read("chat-0.log", 2, "  more", TEN);
        operator.setProcessingTime(135_000);

        assertThat(operator.extractOutputValues()).extracting(TextLog::text).containsExactly(HEAD + "\n  more");
        assertThat(operator.numKeyedStateEntries()).isZero();
        assertThat(operator.numProcessingTimeTimers()).isZero();
    }

    @Test
    void letsNoClockCutARecordOfOldLogs() throws Exception {
        operator.open();
        read("chat-0.log", 1, HEAD, TEN);

        operator.setProcessingTime(3_600_000);
        read("chat-0.log", 2, "  more", TEN);
        operator.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(operator.extractOutputValues()).extracting(TextLog::text).containsExactly(HEAD + "\n  more");
    }

    @Test
    void sendsAllOutAtTheEndOfInputAlsoWithoutTimes() throws Exception {
        operator.open();
        operator.processElement(new StreamRecord<>(raw("-", 1, HEAD)));
        read("chat-0.log", 1, HEAD, TEN);

        operator.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(operator.extractOutputValues())
                .extracting(TextLog::stream)
                .containsExactlyInAnyOrder("-", "chat-0.log");
        assertThat(operator.numKeyedStateEntries()).isZero();
        assertThat(operator.numEventTimeTimers()).isZero();
    }

    @Test
    void keepsNoStateForRecordsOfOneLine() throws Exception {
        operator.open();

        read("gpu-a1.kernel.log", 1, "Mar  1 10:00:00 gpu-a1 kernel: NVRM: Xid (PCI:0000:9b:00): 79, gone", TEN);

        assertThat(operator.extractOutputValues()).hasSize(1);
        assertThat(operator.numKeyedStateEntries()).isZero();
        assertThat(operator.numEventTimeTimers()).isZero();
    }

    @Test
    void joinsATracebackAcrossARestart() throws Exception {
        operator.open();
        read("train-llm.log", 1, "3: [rank3]: Traceback (most recent call last):", TEN);
        read("train-llm.log", 2, "3: [rank3]:   File \"a.py\", line 1", TEN);
        OperatorSubtaskState snapshot = operator.snapshot(1, 1);
        operator.close();

        operator = operator(false);
        operator.initializeState(snapshot);
        operator.open();
        read("train-llm.log", 3, "3: [rank3]: ValueError: no", TEN);
        operator.processWatermark(new Watermark(TEN + 5_000));

        assertThat(operator.extractOutputValues()).hasSize(1);
        TextLog record = operator.extractOutputValues().get(0);
        assertThat(record.text())
                .isEqualTo("Traceback (most recent call last):\n  File \"a.py\", line 1\nValueError: no");
        assertThat(record.origin()).isEqualTo(Origin.file("train-llm.log", 1));
        assertThat(record.attributes()).isEqualTo(Attributes.of("rank", "3"));
        assertThat(operator.numKeyedStateEntries()).isZero();
    }

    @Test
    void rejectsWhatTheSourceCouldNotRead() throws Exception {
        operator.open();
        Trouble trouble = new Trouble(Reason.CORRUPT_COMPRESSION, "cut after line 7");

        operator.processElement(new StreamRecord<>(
                new RawLog(Origin.file("a.gz", 7), Instant.EPOCH, "a.gz", new byte[] {1}, Attributes.NONE, trouble)));

        Rejected rejected =
                operator.getSideOutput(DecodeFunction.REJECTED).element().getValue();
        assertThat(rejected.stage()).isEqualTo("source");
        assertThat(rejected.reason()).isEqualTo(Reason.CORRUPT_COMPRESSION);
        assertThat(rejected.origin()).isEqualTo(Origin.file("a.gz", 7));
        assertThat(rejected.detail()).isEqualTo("cut after line 7");
        assertThat(operator.extractOutputValues()).isEmpty();
    }

    @Test
    void rejectsWhatIsNoText() throws Exception {
        operator.open();

        operator.processElement(new StreamRecord<>(new RawLog(
                Origin.kafka("logs", 1, 9), Instant.EPOCH, "gpu-a1", new byte[] {0, 1, 2, 3}, Attributes.NONE)));

        Rejected rejected =
                operator.getSideOutput(DecodeFunction.REJECTED).element().getValue();
        assertThat(rejected.stage()).isEqualTo("decode");
        assertThat(rejected.reason()).isEqualTo(Reason.BINARY);
    }

    @Test
    void keepsHeadersBesideWhatThePrefixesSay() throws Exception {
        operator.open();
        RawLog raw = new RawLog(
                Origin.kafka("logs", 0, 1),
                Instant.EPOCH,
                "gpu-a1",
                new byte[] {'3', ':', ' ', 'K', (byte) 0x81},
                Attributes.of("host", "gpu-a1"));

        operator.processElement(new StreamRecord<>(raw));

        assertThat(operator.extractOutputValues().get(0).attributes().toMap())
                .isEqualTo(Map.of("host", "gpu-a1", "rank", "3", "charset", "replaced"));
    }

    @Test
    void joinsThePiecesOfALineOverARestart() throws Exception {
        operator.open();
        read("0.log", 1, "2026-03-01T10:00:00.1Z stderr P ERROR:trainer:step ", TEN);
        read("0.log", 2, "2026-03-01T10:00:00.2Z stdout F ", TEN);
        OperatorSubtaskState snapshot = operator.snapshot(1, 1);
        operator.close();

        operator = operator(false);
        operator.initializeState(snapshot);
        operator.open();
        read("0.log", 3, "2026-03-01T10:00:00.3Z stderr F failed", TEN);
        operator.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(operator.extractOutputValues()).singleElement().satisfies(record -> {
            assertThat(record.text()).isEqualTo("ERROR:trainer:step failed");
            assertThat(record.source()).isEqualTo("0.log/stderr");
            assertThat(record.written()).isEqualTo("2026-03-01T10:00:00.100Z");
            assertThat(record.origin()).isEqualTo(Origin.file("0.log", 1));
            assertThat(record.truncated()).isFalse();
        });
        assertThat(operator.numKeyedStateEntries()).isZero();
    }

    @Test
    void sendsALineOutWhoseLastPieceNeverCame() throws Exception {
        operator.open();
        read("0.log", 1, "2026-03-01T10:00:00.1Z stderr P 12: half of it", TEN);

        operator.processWatermark(new Watermark(TEN + 5_000));

        assertThat(operator.extractOutputValues()).singleElement().satisfies(record -> {
            assertThat(record.text()).isEqualTo("half of it");
            assertThat(record.attributes().get("rank")).isEqualTo("12");
            assertThat(record.truncated()).isTrue();
        });
        assertThat(operator.numKeyedStateEntries()).isZero();
        assertThat(operator.numEventTimeTimers()).isZero();
    }

    @Test
    void givesEveryRecordOfAPayloadAnOriginOfItsOwn() throws Exception {
        operator.open();
        read("k", 1, "{\"streams\":[{\"stream\":{\"pod\":\"a\"},\"values\":[[\"1\",\"x\"],[\"2\",\"x\"]]}]}", TEN);

        assertThat(operator.extractOutputValues())
                .extracting(record -> record.origin().toString())
                .containsExactly("k:1", "k:1#1");
    }

    @Test
    void keepsTracebacksOfTwoPodsOfOnePartitionApart() throws Exception {
        operator.open();
        String[] lines = {"Traceback (most recent call last):", "  File \"a.py\", line 1, in f", "ValueError: no"};
        for (int i = 0; i < lines.length; i++) {
            for (String pod : new String[] {"chat-0", "chat-1"}) {
                String line = lines[i].replace("\"", "\\\"");
                read("logs/0", i, "{\"log\":\"" + line + "\",\"kubernetes\":{\"pod_name\":\"" + pod + "\"}}", TEN);
            }
        }

        operator.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(operator.extractOutputValues())
                .extracting(record -> record.source() + " " + record.text())
                .containsExactly("chat-0 " + String.join("\n", lines), "chat-1 " + String.join("\n", lines));
    }

    private void read(String stream, long line, String text, long time) throws Exception {
        operator.processElement(new StreamRecord<>(raw(stream, line, text), time));
    }

    private static RawLog raw(String stream, long line, String text) {
        return new RawLog(Origin.file(stream, line), Instant.EPOCH, stream, text.getBytes(UTF_8), Attributes.NONE);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, RawLog, TextLog> operator(boolean live) {
        try {
            return new KeyedOneInputStreamOperatorTestHarness<>(
                    new KeyedProcessOperator<>(new DecodeFunction(DecodeSettings.defaults(), live)),
                    RawLog::stream,
                    Types.STRING);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
