package io.faultline.respond.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelContract;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.respond.notify.wording.TemplateWording;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every provider of short texts does, shown against a server that speaks and checks as the provider's. */
abstract class SmsContract extends ChannelContract {

    static final String FIRST = "+8613800000001";
    static final String SECOND = "+8613800000002";

    HttpReceiver provider;

    @BeforeEach
    void start() throws IOException {
        provider = new HttpReceiver("/").always(this::answer);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    abstract ChannelSettings settings(String url, String secret, List<String> to);

    /** How the provider's server answers a request that is signed like this one. */
    abstract HttpReceiver.Answer answer(HttpReceiver.Received request);

    /** What it answers where that number got too many. */
    abstract HttpReceiver.Answer busy();

    /** What it answers where the number can not get any. */
    abstract HttpReceiver.Answer refusal();

    /** The number in a request, as the provider wants it. */
    abstract String number(HttpReceiver.Received request);

    @Test
    void aWrongSecretIsRefused() throws Exception {
        try (Channel channel = open(base(), "wrong", List.of(FIRST))) {
            assertThat(channel.deliver(SampleIncidents.opened("ops"))).isInstanceOf(Receipt.Refused.class);
        }
    }

    @Test
    void masksTheNumbersInWhatIsStored() throws Exception {
        provider.saying(refusal());
        try (Channel channel = open(base(), "s3cret", List.of(FIRST, SECOND))) {
            Receipt receipt = channel.deliver(SampleIncidents.opened("ops"));

            assertThat(receipt).isInstanceOf(Receipt.Delivered.class);
            assertThat(receipt.detail()).contains("+86…01", "+86…02").doesNotContain("13800000001", "13800000002");
        }
    }

    @Test
    void anotherAttemptReachesOnlyThoseWhoDoNotHaveIt() throws Exception {
        provider.saying(busy());
        try (Channel channel = open(base(), "s3cret", List.of(FIRST, SECOND))) {
            assertThat(channel.deliver(SampleIncidents.opened("ops")))
                    .isInstanceOfSatisfying(Receipt.Unavailable.class, receipt -> assertThat(receipt.retryAfter())
                            .isEqualTo(Duration.ofMinutes(1)));
            assertThat(channel.deliver(SampleIncidents.opened("ops"))).isInstanceOf(Receipt.Delivered.class);
        }

        assertThat(provider.received())
                .extracting(this::number)
                .containsExactly(wanted(FIRST), wanted(SECOND), wanted(FIRST));
    }

    @Test
    void isRefusedWhereNobodyCanGetIt() throws Exception {
        provider.saying(refusal());
        try (Channel channel = channel()) {
            assertThat(channel.deliver(SampleIncidents.opened("ops"))).isInstanceOf(Receipt.Refused.class);
        }
    }

    /** The number as the provider wants it. */
    String wanted(String number) {
        return number;
    }

    @Override
    protected Channel channel() {
        return open(base(), "s3cret", List.of(FIRST));
    }

    @Override
    protected Channel channelToNobody() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return open("http://127.0.0.1:" + socket.getLocalPort(), "s3cret", List.of(FIRST));
        }
    }

    String host() {
        return URI.create(base()).getAuthority();
    }

    private String base() {
        return provider.url().substring(0, provider.url().length() - 1);
    }

    private Channel open(String url, String secret, List<String> to) {
        Clock clock = Clock.fixed(SampleIncidents.TEN, ZoneOffset.UTC);
        return settings(url, secret, to)
                .open(new ChannelContext(TemplateWording.in(Language.EN), Duration.ofSeconds(30), clock));
    }
}
