package io.faultline.collect.assess;

import static io.faultline.collect.assess.EventBuilder.SOURCE;
import static io.faultline.collect.assess.EventBuilder.TEN;
import static io.faultline.collect.assess.EventBuilder.aStep;
import static io.faultline.collect.assess.EventBuilder.anEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.model.QualityMark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AssessFunctionTest {

    private final KeyedOneInputStreamOperatorTestHarness<String, LogEvent, LogEvent> harness = harness();
    private long offset;

    AssessFunctionTest() throws Exception {
        harness.open();
    }

    @Test
    void tellsTheQualityOfEachMinute() throws Exception {
        for (int second = 0; second < 130; second += 10) {
            send(anEvent().after(Duration.ofSeconds(second)));
        }
        clock(Duration.ofMinutes(3));

        List<LogEvent> told = told(EventKind.SOURCE_QUALITY);
        assertThat(told).extracting(event -> event.measures().getOr("lines", 0)).containsExactly(6.0, 6.0, 1.0);
        assertThat(told)
                .extracting(event -> event.measures().getOr("quality_score", 0))
                .containsOnly(1.0);
        assertThat(told).extracting(LogEvent::timestamp).containsExactly(time(50), time(110), time(120));
        assertThat(told.get(0).attributes().get("source")).isEqualTo(SOURCE);
        assertThat(told.get(0).severityNumber()).isEqualTo(9);
    }

    @Test
    void tellsTheLastMinuteAtTheEndOfTheInputAndKeepsNothing() throws Exception {
        for (int second = 0; second < 400; second += 10) {
            send(anEvent().after(Duration.ofSeconds(second)));
            send(anEvent().after(Duration.ofSeconds(second)).from("chat-1"));
        }
        harness.processWatermark(Long.MAX_VALUE);

        assertThat(told(EventKind.SOURCE_QUALITY).stream()
                        .mapToDouble(event -> event.measures().getOr("lines", 0))
                        .sum())
                .isEqualTo(80);
        assertThat(told(EventKind.SOURCE_SILENCE)).isEmpty();
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void tellsThatASourceIsSilentWhileTheClockGoesOnAndThatItWritesAgain() throws Exception {
        for (int second = 0; second <= 300; second += 10) {
            send(anEvent().after(Duration.ofSeconds(second)));
        }
        for (int second = 300; second <= 900; second++) {
            clock(Duration.ofSeconds(second));
        }
        send(anEvent().after(Duration.ofSeconds(1_000)));

        List<LogEvent> told = told(EventKind.SOURCE_SILENCE);
        assertThat(told).extracting(event -> event.attributes().get("state")).containsExactly("begin", "end");
        assertThat(told.get(0).timestamp()).isBetween(time(400), time(460));
        assertThat(told.get(1).measures().getOr("silent_seconds", 0)).isEqualTo(700);
    }

    @Test
    void takesAHoleInAllLogsForNoSilence() throws Exception {
        for (int second = 0; second <= 300; second += 10) {
            send(anEvent().after(Duration.ofSeconds(second)));
        }
        clock(Duration.ofSeconds(300));
        clock(Duration.ofMinutes(40));
        for (int second = 2_400; second <= 2_460; second++) {
            clock(Duration.ofSeconds(second));
        }

        assertThat(told(EventKind.SOURCE_SILENCE)).isEmpty();
    }

    @Test
    void forgetsASourceThatWroteNothingForAnHour() throws Exception {
        send(anEvent().from("chat-0"));
        send(anEvent().from("chat-1").after(Duration.ofMinutes(30)));
        assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
        clock(Duration.ofMinutes(61));
        send(anEvent().from("chat-2").after(Duration.ofMinutes(61)));
        clock(Duration.ofMinutes(92));
        assertThat(entries()).isEqualTo(1);

        clock(Duration.ofHours(3));

        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void remembersAcrossARestore() throws Exception {
        for (int step = 10; step <= 50; step += 10) {
            send(aStep(step).after(Duration.ofSeconds(step)));
        }
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);

        try (var restored = harness()) {
            restored.initializeState(snapshot);
            restored.open();
            LogEvent again = aStep(50)
                    .after(Duration.ofSeconds(50))
                    .at(Origin.kafka("logs", 0, 90))
                    .build();
            LogEvent later = aStep(80)
                    .after(Duration.ofSeconds(59))
                    .at(Origin.kafka("logs", 0, 91))
                    .build();
            restored.processElement(again, again.timestamp().toEpochMilli());
            restored.processElement(later, later.timestamp().toEpochMilli());
            restored.processWatermark(Long.MAX_VALUE);

            List<LogEvent> out = restored.extractOutputValues();
            assertThat(out.get(0).has(QualityMark.DUPLICATE)).isTrue();
            assertThat(out.get(1).has(QualityMark.GAP_BEFORE)).isTrue();
            assertThat(out.get(2).measures().toMap())
                    .containsEntry("lines", 7.0)
                    .containsEntry("gaps", 2.0)
                    .containsEntry("duplicate_ratio", 1.0 / 7);
        }
    }

    @Test
    void changesNothingThatASnapshotHolds() throws Exception {
        for (int step = 10; step <= 50; step += 10) {
            send(aStep(step).after(Duration.ofSeconds(step)));
        }
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        for (int step = 60; step <= 90; step += 10) {
            send(aStep(step).after(Duration.ofSeconds(step)));
        }

        try (var restored = harness()) {
            restored.initializeState(snapshot);
            restored.open();
            restored.processWatermark(Long.MAX_VALUE);

            assertThat(restored.extractOutputValues().get(0).measures().getOr("lines", 0))
                    .isEqualTo(5);
        }
    }

    @Test
    void marksAZoneErrorAndKeepsTheTime() throws Exception {
        for (int second = 0; second < 60; second++) {
            send(anEvent().after(Duration.ofSeconds(second)).seenLater(Duration.ofHours(8)));
        }
        harness.processWatermark(Long.MAX_VALUE);

        LogEvent last = harness.extractOutputValues().get(59);
        assertThat(last.has(QualityMark.SKEWED)).isTrue();
        assertThat(last.timestamp()).isEqualTo(time(59));
        LogEvent told = told(EventKind.SOURCE_QUALITY).get(0);
        assertThat(told.measures().getOr("skew_seconds", 0)).isEqualTo(28_800);
        assertThat(told.attributes().get("skew")).isEqualTo("zone");
    }

    @Test
    void marksWhatIsLateAndWhatIsOutOfOrder() throws Exception {
        send(anEvent().after(Duration.ofMinutes(10)));
        clock(Duration.ofMinutes(10));
        send(anEvent().after(Duration.ofMinutes(8)).saying("late"));
        send(anEvent().after(Duration.ofMinutes(10)).saying("in time"));

        List<LogEvent> out = harness.extractOutputValues();
        LogEvent late = out.stream()
                .filter(event -> event.message().equals("late"))
                .findFirst()
                .orElseThrow();
        LogEvent inTime = out.stream()
                .filter(event -> event.message().equals("in time"))
                .findFirst()
                .orElseThrow();
        assertThat(late.has(QualityMark.LATE)).isTrue();
        assertThat(late.has(QualityMark.OUT_OF_ORDER)).isTrue();
        assertThat(inTime.quality()).isZero();
    }

    @Test
    void judgesSourcesBeyondTheMostOnesAlone() throws Exception {
        for (int i = 0; i < AssessFunction.MOST_SOURCES + 10; i++) {
            send(anEvent().from("pod-" + i));
        }

        assertThat(harness.extractOutputValues()).hasSize(AssessFunction.MOST_SOURCES + 10);
        harness.processWatermark(Long.MAX_VALUE);
        assertThat(told(EventKind.SOURCE_QUALITY)).hasSize(AssessFunction.MOST_SOURCES);
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void keepsItsRecordsWithoutKryo() {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);

        assertThat(TypeInformation.of(SourceRecord.class).createSerializer(config))
                .isNotNull();
    }

    private void send(EventBuilder event) throws Exception {
        LogEvent built = event.at(Origin.kafka("logs", 0, offset++)).build();
        harness.processElement(built, built.observedTimestamp().toEpochMilli());
    }

    private void clock(Duration time) throws Exception {
        harness.processWatermark(TEN.plus(time).toEpochMilli());
    }

    private List<LogEvent> told(EventKind kind) {
        return harness.extractOutputValues().stream()
                .filter(event -> event.kind() == kind)
                .toList();
    }

    private int entries() {
        return harness.numKeyedStateEntries() - 1;
    }

    private static Instant time(int second) {
        return TEN.plusSeconds(second);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, LogEvent, LogEvent> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new AssessFunction(AssessSettings.defaults())),
                LogEvent::stream,
                Types.STRING);
    }
}
