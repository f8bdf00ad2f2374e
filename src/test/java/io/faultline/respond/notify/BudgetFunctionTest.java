package io.faultline.respond.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.Notification;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.respond.notify.console.ConsoleSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class BudgetFunctionTest {

    private static final long IN_MARCH = Instant.parse("2026-03-10T08:00:00Z").toEpochMilli();
    private static final long IN_APRIL = Instant.parse("2026-04-01T00:00:00Z").toEpochMilli();

    @Test
    void keepsTheLastQuarterForWhatIsHighAndTheLastTenthForWhatIsCritical() throws Exception {
        try (var harness = harness(20, "")) {
            harness.open();
            harness.setProcessingTime(IN_MARCH);

            tell(harness, Level.MEDIUM, 20);
            assertThat(harness.extractOutputValues()).hasSize(15);
            tell(harness, Level.HIGH, 20);
            assertThat(harness.extractOutputValues()).hasSize(18);
            tell(harness, Level.CRITICAL, 20);
            assertThat(harness.extractOutputValues()).hasSize(20);
        }
    }

    @Test
    void sendsWhatIsOverToTheFallbackAndSaysSo() throws Exception {
        try (var harness = harness(1, "mail")) {
            harness.open();
            harness.setProcessingTime(IN_MARCH);

            tell(harness, Level.CRITICAL, 2);

            assertThat(harness.extractOutputValues())
                    .extracting(Notice::receiver)
                    .containsExactly("phone", "mail");
            assertThat(harness.getSideOutput(BudgetFunction.OVER))
                    .extracting(StreamRecord::getValue)
                    .extracting(Notification::receiver, Notification::outcome, Notification::detail)
                    .containsExactly(tuple(
                            "phone",
                            Notification.Outcome.FAILED,
                            "the month's quota of 1 is used up for this severity; mail is told instead"));
        }
    }

    @Test
    void remembersAcrossARestartAndForgetsWithTheMonth() throws Exception {
        try (var harness = harness(1, "");
                var restored = harness(1, "")) {
            harness.open();
            harness.setProcessingTime(IN_MARCH);
            tell(harness, Level.CRITICAL, 1);

            restored.initializeState(harness.snapshot(1, 1));
            restored.open();
            restored.setProcessingTime(IN_APRIL - 1);
            tell(restored, Level.CRITICAL, 1);
            assertThat(restored.extractOutputValues()).isEmpty();
            assertThat(restored.numKeyedStateEntries()).isEqualTo(1);

            restored.setProcessingTime(IN_APRIL);
            assertThat(restored.numKeyedStateEntries()).isZero();
            tell(restored, Level.CRITICAL, 1);
            assertThat(restored.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void keepsNothingOfAReceiverWithoutAQuota() throws Exception {
        try (var harness = harness(0, "")) {
            harness.open();
            harness.setProcessingTime(IN_MARCH);

            tell(harness, Level.LOW, 500);

            assertThat(harness.extractOutputValues()).hasSize(500);
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void theLedgerTravelsWithoutKryo() {
        assertThat(TypeInformation.of(Ledger.class)).isInstanceOf(PojoTypeInfo.class);
    }

    private static void tell(
            KeyedOneInputStreamOperatorTestHarness<String, Notice, Notice> harness, Level level, int times)
            throws Exception {
        Incident incident = SampleIncidents.gpuFellOffTheBus(1, Incident.State.OPEN, level);
        for (int i = 0; i < times; i++) {
            harness.processElement(new Notice("phone", NotifyReason.REPEATED, incident, List.of(), 0, i), 0);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Notice, Notice> harness(int quota, String fallback)
            throws Exception {
        ReceiverSettings phone = new ReceiverSettings(
                "phone",
                new ConsoleSettings(ConsoleSettings.Stream.STDERR),
                Level.LOW,
                true,
                Language.EN,
                fallback,
                Rate.UNLIMITED,
                quota);
        NotifySettings settings =
                new NotifySettings(List.of(phone), DeliverySettings.defaults(), Duration.ofDays(7), 10);
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new BudgetFunction(settings)), Notice::receiver, Types.STRING);
    }
}
