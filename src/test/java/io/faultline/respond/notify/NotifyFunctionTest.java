package io.faultline.respond.notify;

import static io.faultline.respond.notify.channel.SampleIncidents.TEN;
import static io.faultline.respond.notify.channel.SampleIncidents.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.model.Level;
import io.faultline.model.Notification;
import io.faultline.model.Notification.Outcome;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.respond.notify.webhook.WebhookSettings;
import io.faultline.settings.Secret;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class NotifyFunctionTest {

    @Test
    void triesAgainUntilTheReceiverIsBack() throws Exception {
        try (HttpReceiver receiver = new HttpReceiver().answering(500, 503)) {
            List<Notification> notifications = notified(4, hook("ops", receiver.url()), opened("ops"));

            assertThat(notifications)
                    .containsExactly(new Notification(
                            "ops/8c5f0a12b3d4e5f6/opened",
                            "ops",
                            "ops",
                            "8c5f0a12b3d4e5f6",
                            1,
                            Outcome.DELIVERED,
                            3,
                            TEN,
                            TEN,
                            "HTTP 200"));
            assertThat(receiver.received())
                    .extracting(HttpReceiver.Received::key)
                    .containsExactly(
                            "ops/8c5f0a12b3d4e5f6/opened",
                            "ops/8c5f0a12b3d4e5f6/opened",
                            "ops/8c5f0a12b3d4e5f6/opened");
        }
    }

    @Test
    void waitsNoLongerThanItsLongestPauseHoweverBusyTheReceiverSaysItIs() throws Exception {
        try (HttpReceiver receiver = new HttpReceiver().busyFor("86400")) {
            List<Notification> notifications = notified(2, hook("ops", receiver.url()), opened("ops"));

            assertThat(notifications)
                    .extracting(Notification::outcome, Notification::attempts)
                    .containsExactly(tuple(Outcome.DELIVERED, 2));
        }
    }

    @Test
    void givesUpAtOnceWhereTryingAgainDoesNotHelp() throws Exception {
        try (HttpReceiver receiver = new HttpReceiver().answering(404)) {
            List<Notification> notifications = notified(4, hook("ops", receiver.url()), opened("ops"));

            assertThat(notifications)
                    .extracting(Notification::outcome, Notification::attempts, Notification::detail)
                    .containsExactly(tuple(Outcome.FAILED, 1, "HTTP 404"));
        }
    }

    @Test
    void aDeadReceiverIsTriedAndThenFailed() throws Exception {
        List<Notification> notifications = notified(3, hook("dead", deadUrl()), opened("dead"));

        assertThat(notifications)
                .extracting(Notification::outcome, Notification::attempts)
                .containsExactly(tuple(Outcome.FAILED, 3));
    }

    @Test
    void aReceiverThatHangsHoldsUpNoOther() throws Exception {
        try (HttpReceiver quick = new HttpReceiver();
                HttpReceiver hanging = new HttpReceiver().waitingFor(quick)) {
            List<Notification> notifications = notified(
                    1,
                    List.of(
                            hook("hanging", hanging.url()).get(0),
                            hook("quick", quick.url()).get(0)),
                    opened("hanging"),
                    opened("hanging"),
                    opened("hanging"),
                    opened("quick"));

            assertThat(notifications)
                    .hasSize(4)
                    .extracting(Notification::outcome)
                    .containsOnly(Outcome.DELIVERED);
        }
    }

    @Test
    void aNoticeToAReceiverThatIsGoneFails() throws Exception {
        List<Notification> notifications = notified(1, List.of(), opened("gone"));

        assertThat(notifications).extracting(Notification::outcome).containsExactly(Outcome.FAILED);
    }

    @Test
    void showsHowLongAFireDrillTook() throws Exception {
        try (HttpReceiver receiver = new HttpReceiver()) {
            NotifySettings settings = settings(1, hook("ops", receiver.url()));
            NotifyFunction function = new NotifyFunction(settings, Clock.fixed(TEN.plusSeconds(95), ZoneOffset.UTC));

            notified(settings, function, new Notice("ops", NotifyReason.OPENED, SampleIncidents.drill()));

            assertThat(function.drills().latencySeconds()).isEqualTo(95.0);
        }
    }

    private static List<Notification> notified(int maxAttempts, List<ReceiverSettings> receivers, Notice... notices)
            throws Exception {
        NotifySettings settings = settings(maxAttempts, receivers);
        return notified(settings, new NotifyFunction(settings, Clock.fixed(TEN, ZoneOffset.UTC)), notices);
    }

    private static NotifySettings settings(int maxAttempts, List<ReceiverSettings> receivers) {
        DeliverySettings delivery = new DeliverySettings(
                Duration.ofSeconds(30), maxAttempts, Duration.ofMillis(20), Duration.ofMillis(100));
        return new NotifySettings(receivers, delivery, Duration.ofDays(1), 10);
    }

    private static List<Notification> notified(NotifySettings settings, NotifyFunction function, Notice... notices)
            throws Exception {
        var factory = new AsyncWaitOperatorFactory<>(
                function, settings.asyncTimeout().toMillis(), settings.capacity(), OutputMode.UNORDERED);
        var noticeType = TypeInformation.of(Notice.class).createSerializer(new SerializerConfigImpl());
        try (var harness = new OneInputStreamOperatorTestHarness<>(factory, noticeType)) {
            harness.setup(TypeInformation.of(Notification.class).createSerializer(new SerializerConfigImpl()));
            harness.open();
            for (Notice notice : notices) {
                harness.processElement(notice, 0);
            }
            harness.endInput();
            return harness.extractOutputValues();
        }
    }

    private static List<ReceiverSettings> hook(String name, String url) {
        return List.of(new ReceiverSettings(
                name, new WebhookSettings(new Secret(url), new Secret("")), Level.MEDIUM, true, Language.EN));
    }

    private static String deadUrl() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "http://127.0.0.1:" + socket.getLocalPort() + "/hook";
        }
    }
}
