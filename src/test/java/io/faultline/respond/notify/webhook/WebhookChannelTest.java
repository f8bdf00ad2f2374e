package io.faultline.respond.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContract;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.settings.Secret;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest extends ChannelContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private HttpReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new HttpReceiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void postsTheIncidentAsJsonUnderItsKey() throws Exception {
        channel().deliver(SampleIncidents.opened("ops"));

        HttpReceiver.Received post = receiver.received().get(0);
        JsonNode body = new ObjectMapper().readTree(post.body());
        assertThat(post.contentType()).isEqualTo("application/json");
        assertThat(post.key()).isEqualTo("ops/8c5f0a12b3d4e5f6/opened");
        assertThat(post.signature()).isNull();
        assertThat(body.path("severity").asText()).isEqualTo("critical");
        assertThat(body.path("started").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(body.at("/cause/entity/gpu").asText()).isEqualTo("0000:9b:00");
        assertThat(body.at("/cause/verdict").asText()).isEqualTo("confirmed");
        assertThat(body.at("/evidence/0/file").asText()).isEqualTo("logs/xid.log");
        assertThat(body.at("/evidence/0/line").asInt()).isEqualTo(3);
        assertThat(body.path("rules")).hasSize(2);
    }

    @Test
    void saysWhatItCostsWhatChangedBeforeAndWhatElseIsTold() throws Exception {
        Notice notice = new Notice(
                "ops",
                NotifyReason.ESCALATED,
                SampleIncidents.wordy("driver 580.65"),
                List.of(SampleIncidents.gpuFellOffTheBus()),
                37,
                2);

        channel().deliver(notice);

        JsonNode body = new ObjectMapper().readTree(receiver.received().get(0).body());
        assertThat(body.path("key").asText()).isEqualTo("ops/8c5f0a12b3d4e5f6/escalated-2");
        assertThat(body.at("/cost/gpu_hours").asDouble()).isEqualTo(12.44);
        assertThat(body.at("/scope/value").asText()).isEqualTo("leaf-2");
        assertThat(body.at("/changes/0/kind").asText()).isEqualTo("driver");
        assertThat(body.at("/changes/0/seconds_before").asInt()).isEqualTo(720);
        assertThat(body.at("/others/0/severity").asText()).isEqualTo("critical");
        assertThat(body.path("more").asInt()).isEqualTo(37);
    }

    @Test
    void signsTheBodyWithTheSharedSecret() throws Exception {
        channel(receiver.url(), "shared").deliver(SampleIncidents.opened("ops"));

        HttpReceiver.Received post = receiver.received().get(0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("shared".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal(post.body().getBytes(StandardCharsets.UTF_8));
        assertThat(post.signature()).isEqualTo("sha256=" + HexFormat.of().formatHex(expected));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void whatMayPassIsUnavailable(int status) {
        receiver.answering(status);

        assertThat(channel().deliver(SampleIncidents.opened("ops")))
                .isEqualTo(new Receipt.Unavailable("HTTP " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404, 410, 413})
    void whatWillNotPassIsRefused(int status) {
        receiver.answering(status);

        assertThat(channel().deliver(SampleIncidents.opened("ops"))).isEqualTo(new Receipt.Refused("HTTP " + status));
    }

    @ParameterizedTest
    @CsvSource({"7,7", "999999999,999999999", "'Wed, 21 Oct 2026 07:28:00 GMT',0", "-5,0", "99999999999,0"})
    void readsHowLongABusyReceiverAsksToWait(String header, long seconds) {
        receiver.busyFor(header);

        assertThat(channel().deliver(SampleIncidents.opened("ops")))
                .isEqualTo(new Receipt.Unavailable("HTTP 429", Duration.ofSeconds(seconds)));
    }

    @Test
    void aReceiverThatAcceptsAndNeverAnswersIsUnavailable() throws Exception {
        try (ServerSocket silent = new ServerSocket(0);
                Channel channel = new WebhookChannel(
                        new WebhookSettings(
                                new Secret("http://127.0.0.1:" + silent.getLocalPort() + "/hook"), new Secret("")),
                        Duration.ofMillis(200))) {
            assertThat(channel.deliver(SampleIncidents.opened("ops"))).isInstanceOf(Receipt.Unavailable.class);
        }
    }

    @Override
    protected Channel channel() {
        return channel(receiver.url(), "");
    }

    @Override
    protected Channel channelToNobody() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return channel("http://127.0.0.1:" + socket.getLocalPort() + "/hook", "");
        }
    }

    @Override
    protected List<String> received() {
        return receiver.received().stream().map(HttpReceiver.Received::body).toList();
    }

    private static Channel channel(String url, String secret) {
        return new WebhookChannel(new WebhookSettings(new Secret(url), new Secret(secret)), TIMEOUT);
    }
}
