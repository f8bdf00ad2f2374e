package io.faultline.respond.notify;

import static io.faultline.respond.notify.channel.SampleIncidents.TEN;
import static io.faultline.respond.notify.channel.SampleIncidents.gpuFellOffTheBus;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Incident;
import io.faultline.model.Incident.State;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RouteFunctionTest {

    @Test
    void remembersAcrossARestartWhatWasTold() throws Exception {
        try (var harness = harness();
                var restored = harness()) {
            harness.open();
            harness.processElement(gpuFellOffTheBus(1, State.OPEN, Level.HIGH), 0);

            restored.initializeState(harness.snapshot(1, 1));
            restored.open();
            restored.processElement(gpuFellOffTheBus(2, State.OPEN, Level.HIGH), 0);
            restored.processElement(gpuFellOffTheBus(3, State.RESOLVED, Level.HIGH), 0);

            assertThat(restored.extractOutputValues())
                    .extracting(Notice::reason)
                    .containsExactly(NotifyReason.RESOLVED);
        }
    }

    @Test
    void forgetsAnIncidentAWeekAfterItsLatestRevision() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(gpuFellOffTheBus(1, State.OPEN, Level.HIGH), 0);
            harness.processWatermark(TEN.plus(Duration.ofDays(6)).toEpochMilli());
            harness.processElement(gpuFellOffTheBus(2, State.RESOLVED, Level.HIGH), 0);

            harness.processWatermark(TEN.plus(Duration.ofDays(12)).toEpochMilli());
            int before = harness.numKeyedStateEntries();
            harness.processWatermark(TEN.plus(Duration.ofDays(13)).toEpochMilli());

            assertThat(before).isEqualTo(1);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void keepsNothingOfWhatConcernsNobody() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(gpuFellOffTheBus(1, State.OPEN, Level.LOW), 0);

            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void noticesTravelWithoutKryo() {
        for (Class<?> record : new Class<?>[] {Notice.class, Told.class}) {
            TypeInformation<?> type = TypeInformation.of(record);

            assertThat(type).isInstanceOf(PojoTypeInfo.class);
            assertThat(type.toString()).doesNotContain("GenericType");
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Incident, Notice> harness() throws Exception {
        NotifySettings settings = new NotifySettings(
                List.of(RouterTest.receiver("ops", Level.MEDIUM, true)),
                DeliverySettings.defaults(),
                Duration.ofDays(7),
                10);
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new RouteFunction(settings)), Incident::id, Types.STRING);
    }
}
