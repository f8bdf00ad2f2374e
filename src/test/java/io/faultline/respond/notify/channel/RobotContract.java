package io.faultline.respond.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.wording.TemplateWording;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every chat robot does beyond what every channel does, shown against a server that speaks as the provider's. */
public abstract class RobotContract extends ChannelContract {

    protected static final Clock CLOCK = Clock.fixed(SampleIncidents.TEN, ZoneOffset.UTC);

    protected HttpReceiver robot;

    @BeforeEach
    void start() throws IOException {
        robot = new HttpReceiver().always(this::answer);
    }

    @AfterEach
    void stop() {
        robot.close();
    }

    /** The channel's settings for a robot at this address. */
    protected abstract ChannelSettings settings(String url);

    /** How the provider's server answers a message. */
    protected abstract HttpReceiver.Answer answer(HttpReceiver.Received request);

    /** What it answers where there were too many messages. */
    protected abstract HttpReceiver.Answer busy();

    /** What it answers where it will never take the message. */
    protected abstract HttpReceiver.Answer refusal();

    /** The text in a message. */
    protected abstract String text(JsonNode message);

    /** How long the body of a message may be. */
    protected abstract int maxBytes();

    /** Fails where a text mentions somebody, hides an address or has a picture fetched. */
    protected abstract void assertHarmless(JsonNode message);

    @Test
    void whatALogSaysCommandsNothing() throws Exception {
        String attack = "<@all> <!channel> <at user_id=\"all\"></at> [ok](http://a.example) <http://a.example|ok>"
                + " ![x](http://b)";
        Incident incident = SampleIncidents.titled(attack, 1, Incident.State.OPEN, Level.HIGH);

        Receipt receipt = deliver(new Notice("ops", NotifyReason.OPENED, incident));

        assertThat(receipt).isInstanceOf(Receipt.Delivered.class);
        assertThat(received()).singleElement().asString().contains("all");
        assertHarmless(json(robot.received().get(0).body()));
    }

    @Test
    void staysWithinTheLimitAndSaysHowMuchIsMissing() throws Exception {
        Notice notice = new Notice(
                "ops", NotifyReason.OPENED, SampleIncidents.wordy("训练\"停滞\"\\🚨".repeat(100)), everything(), 17, 0);

        Receipt receipt = deliver(notice);

        assertThat(receipt).isInstanceOf(Receipt.Delivered.class);
        String body = robot.received().get(0).body();
        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(maxBytes());
        assertThat(received())
                .singleElement()
                .asString()
                .containsPattern("… \\+\\d+ more$")
                .doesNotContain("\uFFFD");
    }

    @Test
    void aRobotThatIsBusyIsTriedAgainLater() throws Exception {
        robot.saying(busy());

        assertThat(deliver(SampleIncidents.opened("ops")))
                .isInstanceOfSatisfying(Receipt.Unavailable.class, receipt -> assertThat(receipt.retryAfter())
                        .isEqualTo(Duration.ofMinutes(1)));
    }

    @Test
    void aRefusalIsNotTriedAgain() throws Exception {
        robot.saying(refusal());

        assertThat(deliver(SampleIncidents.opened("ops"))).isInstanceOf(Receipt.Refused.class);
    }

    @Test
    void anAnswerOfSomebodyElseIsNoReceipt() throws Exception {
        robot.saying(HttpReceiver.Answer.ok("<html>please log in to the guest network</html>"));

        assertThat(deliver(SampleIncidents.opened("ops"))).isInstanceOf(Receipt.Unavailable.class);
    }

    protected Receipt deliver(Notice notice) throws Exception {
        try (Channel channel = channel()) {
            return channel.deliver(notice);
        }
    }

    @Override
    protected Channel channel() {
        return open(robot.url());
    }

    @Override
    protected Channel channelToNobody() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return open("http://127.0.0.1:" + socket.getLocalPort() + "/hook");
        }
    }

    @Override
    protected List<String> received() {
        return robot.received().stream().map(post -> text(json(post.body()))).toList();
    }

    protected Channel open(String url) {
        return settings(url).open(context());
    }

    protected static ChannelContext context() {
        return new ChannelContext(TemplateWording.in(Language.EN), Duration.ofSeconds(30), CLOCK);
    }

    protected static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private static List<Incident> everything() {
        String long500 = "\"\\" + "训".repeat(Evidence.MAX_TEXT);
        return Collections.nCopies(
                Notice.MAX_OTHERS, SampleIncidents.titled(long500, 1, Incident.State.OPEN, Level.LOW));
    }
}
