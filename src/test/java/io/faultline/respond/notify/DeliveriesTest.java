package io.faultline.respond.notify;

import static io.faultline.respond.notify.channel.SampleIncidents.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.Notification;
import io.faultline.model.Notification.Outcome;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.MentionSettings;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.respond.notify.slack.SlackSettings;
import io.faultline.respond.notify.webhook.WebhookSettings;
import io.faultline.respond.notify.wording.TemplateFile;
import io.faultline.settings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveriesTest {

    @TempDir
    private Path directory;

    private HttpReceiver chat;
    private HttpReceiver pager;

    @BeforeEach
    void start() throws Exception {
        chat = new HttpReceiver();
        pager = new HttpReceiver();
    }

    @AfterEach
    void stop() {
        chat.close();
        pager.close();
    }

    @Test
    void aReceiverThatRefusesIsStoodInForAndThatIsVisible() throws Exception {
        chat.answering(404);

        List<Notification> told = told(Duration.ofSeconds(30), opened("chat"));

        assertThat(told)
                .extracting(Notification::receiver, Notification::via, Notification::outcome, Notification::detail)
                .containsExactly(
                        tuple("chat", "chat", Outcome.FAILED, "HTTP 404; pager is told instead"),
                        tuple("chat", "pager", Outcome.DELIVERED, "HTTP 200"));
        assertThat(told).extracting(Notification::key).doesNotHaveDuplicates();
        assertThat(pager.received()).hasSize(1);
    }

    @Test
    void aReceiverThatHangsIsStoodInForInTime() throws Exception {
        chat.waitingFor(pager);

        List<Notification> told = told(Duration.ofMillis(300), opened("chat"));

        assertThat(told)
                .extracting(Notification::via, Notification::outcome)
                .containsExactly(tuple("chat", Outcome.FAILED), tuple("pager", Outcome.DELIVERED));
        assertThat(told.get(0).detail()).isEqualTo("not delivered within 300ms; pager is told instead");
    }

    @Test
    void whereNobodyCanBeToldEveryFailureIsVisible() throws Exception {
        chat.answering(404);
        pager.answering(410);

        assertThat(told(Duration.ofSeconds(30), opened("chat")))
                .extracting(Notification::via, Notification::outcome, Notification::detail)
                .containsExactly(
                        tuple("chat", Outcome.FAILED, "HTTP 404; pager is told instead"),
                        tuple("pager", Outcome.FAILED, "HTTP 410"));
    }

    @Test
    void moreThanTheReceiverTakesBecomesOneMessageAndNothingIsLost() throws Exception {
        ReceiverSettings slow = new ReceiverSettings(
                "chat",
                new WebhookSettings(new Secret(chat.url()), new Secret("")),
                Level.LOW,
                true,
                Language.EN,
                "",
                new Rate(4, Duration.ofSeconds(2)),
                0);
        try (Deliveries deliveries = deliveries(Duration.ofSeconds(30), Duration.ofMillis(200), slow)) {
            List<CompletableFuture<List<Notification>>> futures = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                futures.add(deliveries.deliver(stall(i)));
            }
            List<Notification> told = new ArrayList<>();
            for (CompletableFuture<List<Notification>> future : futures) {
                told.addAll(future.get(30, TimeUnit.SECONDS));
            }

            assertThat(told).hasSize(50).extracting(Notification::outcome).containsOnly(Outcome.DELIVERED);
            assertThat(told)
                    .extracting(Notification::detail)
                    .filteredOn(detail -> detail.startsWith("HTTP 200; told together with "))
                    .hasSizeGreaterThanOrEqualTo(46);
            assertThat(chat.received()).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void whatIsTriedAgainLetsOthersBy() throws Exception {
        chat.always(received -> new HttpReceiver.Answer(received.body().contains("stall 3") ? 200 : 503, "", ""));
        DeliverySettings patient =
                new DeliverySettings(Duration.ofSeconds(30), 2, Duration.ofSeconds(50), Duration.ofSeconds(60));
        NotifySettings settings =
                new NotifySettings(List.of(receiver("chat", chat, "")), patient, Duration.ofDays(1), 10);
        try (Deliveries deliveries = new Deliveries(settings, Clock.systemUTC())) {
            var first = deliveries.deliver(stall(1));
            var second = deliveries.deliver(stall(2));

            List<Notification> third = deliveries.deliver(stall(3)).get(20, TimeUnit.SECONDS);

            assertThat(third).extracting(Notification::outcome).containsExactly(Outcome.DELIVERED);
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
        }
    }

    @Test
    void countsWhatEachReceiverWasTold() throws Exception {
        chat.answering(404, 200);
        Map<String, List<Long>> counts = new TreeMap<>();
        try (Deliveries deliveries = deliveries(
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                receiver("chat", chat, "pager"),
                receiver("pager", pager, ""))) {
            deliveries.deliver(opened("chat")).get(60, TimeUnit.SECONDS);
            deliveries.deliver(opened("chat")).get(60, TimeUnit.SECONDS);

            deliveries.forEach((name, delivery) ->
                    counts.put(name, List.of(delivery.count(true), delivery.count(false), (long) delivery.waiting())));
        }

        assertThat(counts)
                .containsExactly(Map.entry("chat", List.of(1L, 1L, 0L)), Map.entry("pager", List.of(1L, 0L, 0L)));
    }

    @Test
    void whatItsOwnTemplateCanNotSayIsToldAllTheSameAndThatIsVisible() throws Exception {
        List<String> problems = new ArrayList<>();
        Path file = Files.writeString(directory.resolve("replicas.yaml"), "subject: \"{{entity.replica}}\"\n");
        ReceiverSettings plain = receiver("chat", chat, "");
        ReceiverSettings receiver = new ReceiverSettings(
                plain.name(),
                new SlackSettings(new Secret(chat.url()), MentionSettings.NOBODY),
                plain.minSeverity(),
                plain.sendResolved(),
                plain.language(),
                TemplateFile.read(file, Language.EN, problems::add),
                plain.fallback(),
                plain.rate(),
                plain.quota());
        chat.always(request -> HttpReceiver.Answer.ok("ok"));
        AtomicLong reworded = new AtomicLong();
        List<Notification> told;
        try (Deliveries deliveries = deliveries(Duration.ofSeconds(30), Duration.ofSeconds(20), receiver)) {
            told = deliveries.deliver(opened("chat")).get(60, TimeUnit.SECONDS);
            deliveries.forEach((name, delivery) -> reworded.set(delivery.reworded()));
        }

        assertThat(problems).isEmpty();
        assertThat(told)
                .extracting(Notification::outcome, Notification::detail)
                .containsExactly(
                        tuple(Outcome.DELIVERED, "ok; the shipped template said it: its subject came out empty"));
        assertThat(reworded).hasValue(1);
        assertThat(chat.received()).singleElement().asString().contains("[critical] new incident");
    }

    private static Notice stall(int number) {
        Incident incident = SampleIncidents.titled("stall " + number, 1, Incident.State.OPEN, Level.LOW);
        return new Notice("chat", NotifyReason.REPEATED, incident, List.of(), 0, number);
    }

    private List<Notification> told(Duration fallbackAfter, Notice notice) throws Exception {
        try (Deliveries deliveries = deliveries(
                fallbackAfter, Duration.ofSeconds(20), receiver("chat", chat, "pager"), receiver("pager", pager, ""))) {
            return deliveries.deliver(notice).get(60, TimeUnit.SECONDS);
        }
    }

    private static Deliveries deliveries(Duration fallbackAfter, Duration digestAfter, ReceiverSettings... receivers) {
        DeliverySettings delivery = new DeliverySettings(
                Duration.ofSeconds(30), 2, Duration.ofMillis(20), Duration.ofMillis(100), fallbackAfter, digestAfter);
        NotifySettings settings = new NotifySettings(List.of(receivers), delivery, Duration.ofDays(1), 10);
        return new Deliveries(settings, Clock.systemUTC());
    }

    private static ReceiverSettings receiver(String name, HttpReceiver http, String fallback) {
        return new ReceiverSettings(
                name,
                new WebhookSettings(new Secret(http.url()), new Secret("")),
                Level.LOW,
                true,
                Language.EN,
                fallback,
                Rate.UNLIMITED,
                0);
    }
}
