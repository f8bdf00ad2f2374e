package io.faultline.respond.notify.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.model.Incident;
import io.faultline.model.Incident.State;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelContract;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.respond.notify.wording.TemplateWording;
import io.faultline.settings.Secret;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channel against a real Alertmanager, which tells a real receiver. */
class AlertmanagerChannelIT extends ChannelContract {

    @TempDir
    private Path directory;

    private HttpReceiver told;
    private LocalAlertmanager alertmanager;

    @BeforeEach
    void start() throws Exception {
        told = new HttpReceiver();
        alertmanager = new LocalAlertmanager(directory, told.url());
    }

    @AfterEach
    void stop() throws Exception {
        alertmanager.close();
        told.close();
    }

    @Test
    void theAlertmanagerTellsOfAnIncidentAndOfItsEnd() throws Exception {
        try (Channel channel = channel()) {
            channel.deliver(SampleIncidents.opened("ops"));
            Awaitility.await().until(() -> statuses().contains("firing/critical"));

            channel.deliver(new Notice(
                    "ops", NotifyReason.RESOLVED, SampleIncidents.gpuFellOffTheBus(2, State.RESOLVED, Level.CRITICAL)));

            Awaitility.await().until(() -> statuses().contains("resolved/critical"));
        }
        assertThat(alertmanager.alerts()).isEmpty();
        assertThat(statuses()).containsExactly("firing/critical", "resolved/critical");
    }

    @Test
    void oneAlertFiresWhenTheSeverityRises() throws Exception {
        try (Channel channel = channel()) {
            channel.deliver(notice(NotifyReason.OPENED, 1, Level.HIGH));
            Awaitility.await().until(() -> statuses().contains("firing/high"));
            channel.deliver(notice(NotifyReason.SEVERITY_RAISED, 2, Level.CRITICAL));
        }

        Awaitility.await().until(() -> statuses().contains("resolved/high"));
        assertThat(statuses()).doesNotContain("resolved/medium", "resolved/critical");
        assertThat(alertmanager.alerts())
                .extracting(
                        alert -> alert.at("/labels/severity").asText(),
                        alert -> alert.at("/labels/incident").asText(),
                        alert -> alert.at("/labels/team").asText(),
                        alert -> alert.path("startsAt").asText())
                .containsExactly(tuple("critical", "8c5f0a12b3d4e5f6", "training", "2026-03-01T10:00:00.000Z"));
    }

    @Test
    void whatTheAlertmanagerDoesNotUnderstandIsRefusedInItsWords() throws Exception {
        AlertmanagerSettings wrong =
                new AlertmanagerSettings(new Secret(alertmanager.url()), List.of("not-a-name=x"), Duration.ofHours(1));
        try (Channel channel = wrong.open(context())) {
            assertThat(channel.deliver(SampleIncidents.opened("ops")))
                    .isInstanceOfSatisfying(Receipt.Refused.class, receipt -> assertThat(receipt.detail())
                            .startsWith("HTTP 400: ")
                            .contains("not-a-name"));
        }
    }

    @Override
    protected Channel channel() {
        return open(alertmanager.url());
    }

    @Override
    protected Channel channelToNobody() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return open("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    /** An alert that is told twice is one. */
    @Override
    protected int copies() {
        return 1;
    }

    @Override
    protected List<String> received() throws Exception {
        return alertmanager.alerts().stream()
                .map(alert -> alert.at("/annotations/summary").asText() + "\n"
                        + alert.at("/annotations/description").asText())
                .toList();
    }

    private static Notice notice(NotifyReason reason, int revision, Level level) {
        Incident incident = SampleIncidents.gpuFellOffTheBus(revision, State.OPEN, level);
        return new Notice("ops", reason, incident);
    }

    /** What the receiver behind the Alertmanager was told, in order. */
    private List<String> statuses() throws Exception {
        List<String> statuses = new ArrayList<>();
        for (HttpReceiver.Received post : told.received()) {
            for (JsonNode alert : new ObjectMapper().readTree(post.body()).path("alerts")) {
                statuses.add(alert.path("status").asText() + "/"
                        + alert.at("/labels/severity").asText());
            }
        }
        return statuses;
    }

    private static Channel open(String url) {
        return new AlertmanagerSettings(new Secret(url), List.of("team=training"), Duration.ofHours(1)).open(context());
    }

    private static ChannelContext context() {
        return new ChannelContext(TemplateWording.in(Language.EN), Duration.ofSeconds(30), Clock.systemUTC());
    }
}
