package io.faultline.respond.notify;

import static io.faultline.respond.notify.channel.SampleIncidents.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Company;
import io.faultline.model.Notification;
import io.faultline.model.Notification.Outcome;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.SampleIncidents;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Drills of ten o'clock. */
class DrillTimesTest {

    private final DrillTimes times = new DrillTimes();

    @Test
    void tellsHowLongADrillTookAndWhen() {
        times.add(notice(NotifyReason.OPENED), List.of(ended(Outcome.FAILED, 61), ended(Outcome.DELIVERED, 95)));

        assertThat(times.latencySeconds()).isEqualTo(95.0);
        assertThat(times.toldSeconds()).isEqualTo(TEN.getEpochSecond() + 95.0);
    }

    @Test
    void findsADrillThatIsToldWithAFault() {
        Notice both = new Notice(
                "ops",
                NotifyReason.OPENED,
                SampleIncidents.gpuFellOffTheBus(),
                new Company(List.of(SampleIncidents.drill()), 0),
                0);

        times.add(both, List.of(ended(Outcome.DELIVERED, 80)));

        assertThat(times.latencySeconds()).isEqualTo(80.0);
    }

    @Test
    void isNoNumberBeforeADrillWasTold() {
        times.add(notice(NotifyReason.OPENED), List.of(ended(Outcome.FAILED, 61)));
        times.add(SampleIncidents.opened("ops"), List.of(ended(Outcome.DELIVERED, 70)));
        times.add(notice(NotifyReason.RESOLVED), List.of(ended(Outcome.DELIVERED, 2000)));

        assertThat(times.latencySeconds()).isNaN();
        assertThat(times.toldSeconds()).isNaN();
    }

    private static Notice notice(NotifyReason reason) {
        return new Notice("ops", reason, SampleIncidents.drill());
    }

    private static Notification ended(Outcome outcome, long seconds) {
        return new Notification(
                "ops/1/opened", "ops", "ops", "1", 1, outcome, 1, TEN, TEN.plusSeconds(seconds), "HTTP 200");
    }
}
