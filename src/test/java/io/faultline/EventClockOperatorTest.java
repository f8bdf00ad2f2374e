package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventClockOperatorTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private OneInputStreamOperatorTestHarness<LogEvent, LogEvent> clock;

    @BeforeEach
    void open() throws Exception {
        open(Duration.ZERO);
    }

    private void reopen(Duration patience) throws Exception {
        clock.close();
        open(patience);
    }

    private void open(Duration patience) throws Exception {
        clock = new OneInputStreamOperatorTestHarness<>(new EventClockOperator(Duration.ofSeconds(60), patience));
        clock.open();
    }

    @AfterEach
    void close() throws Exception {
        clock.close();
    }

    @Test
    void staysBehindTheSource() throws Exception {
        clock.processElement(event(NOON), NOON.toEpochMilli());
        clock.processWatermark(NOON.toEpochMilli());

        assertThat(told()).containsExactly(NOON.minusSeconds(60));
    }

    @Test
    void isHeldBackByAnEventThatIsOlderThanItsRecord() throws Exception {
        clock.processElement(event(NOON.minusSeconds(300)), NOON.toEpochMilli());
        clock.processWatermark(NOON.toEpochMilli());

        assertThat(told()).containsExactly(NOON.minusSeconds(360));
    }

    @Test
    void waitsForItsFirstEventWhereTheLogsEnd() throws Exception {
        reopen(Duration.ofSeconds(60));

        clock.processWatermark(NOON.toEpochMilli());
        clock.processElement(event(NOON.minusSeconds(7200)), NOON.toEpochMilli());

        assertThat(told()).containsExactly(NOON.minusSeconds(7260));
    }

    @Test
    void doesNotWaitForEverForAnEventThatDoesNotCome() throws Exception {
        reopen(Duration.ofSeconds(60));

        clock.processWatermark(NOON.toEpochMilli());
        clock.processWatermark(NOON.plusSeconds(59).toEpochMilli());
        clock.processWatermark(NOON.plusSeconds(60).toEpochMilli());

        assertThat(told()).containsExactly(NOON);
    }

    @Test
    void isNotPutForwardWhereTimesRunBackWithinAFile() throws Exception {
        Instant yearsAgo = NOON.minus(Duration.ofDays(900));

        clock.processWatermark(NOON.toEpochMilli());
        clock.processElement(event(NOON), yearsAgo.toEpochMilli());
        clock.processWatermark(NOON.plusSeconds(5).toEpochMilli());

        assertThat(told()).containsExactly(NOON.minusSeconds(60), NOON.minusSeconds(55));
    }

    @Test
    void leavesTheRecordsTimeForFurtherEventsOfIt() throws Exception {
        StreamRecord<LogEvent> element = new StreamRecord<>(event(NOON.minusSeconds(300)), NOON.toEpochMilli());

        clock.processElement(element);

        assertThat(element.getTimestamp()).isEqualTo(NOON.toEpochMilli());
        assertThat(clock.extractOutputStreamRecords())
                .extracting(StreamRecord::getTimestamp)
                .containsExactly(NOON.minusSeconds(300).toEpochMilli());
    }

    @Test
    void saysNothingWhereTheSourcesAreSilent() throws Exception {
        clock.processWatermark(NOON.toEpochMilli());
        clock.processWatermarkStatus(WatermarkStatus.IDLE);
        clock.processWatermarkStatus(WatermarkStatus.ACTIVE);

        assertThat(clock.getOutput())
                .containsExactly(new Watermark(NOON.minusSeconds(60).toEpochMilli()));
    }

    private List<Instant> told() {
        return clock.getOutput().stream()
                .filter(Watermark.class::isInstance)
                .map(one -> Instant.ofEpochMilli(((Watermark) one).getTimestamp()))
                .toList();
    }

    private static LogEvent event(Instant timestamp) {
        return new LogEvent(
                timestamp,
                timestamp,
                9,
                "INFO",
                "a line",
                "megatron",
                EventKind.LOG_OTHER,
                Entity.UNKNOWN,
                Measures.NONE,
                Attributes.NONE,
                "",
                0,
                Origin.file("train-llm.log", 1));
    }
}
