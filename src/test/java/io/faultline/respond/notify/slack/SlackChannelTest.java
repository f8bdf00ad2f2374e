package io.faultline.respond.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.MentionSettings;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.RobotContract;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.settings.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlackChannelTest extends RobotContract {

    @Test
    void postsMrkdwnWithoutPreviews() throws Exception {
        Receipt receipt = deliver(SampleIncidents.opened("ops"));

        assertThat(receipt).isEqualTo(new Receipt.Delivered("ok"));
        JsonNode body = json(robot.received().get(0).body());
        assertThat(body.path("unfurl_links").asBoolean(true)).isFalse();
        assertThat(body.path("unfurl_media").asBoolean(true)).isFalse();
        assertThat(received().get(0))
                .startsWith(
                        "*[critical] new incident: GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died*\n")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void waitsAsLongAsSlackAsks() throws Exception {
        robot.busyFor("30");

        assertThat(deliver(SampleIncidents.opened("ops")))
                .isEqualTo(new Receipt.Unavailable("HTTP 429", Duration.ofSeconds(30)));
    }

    @Test
    void saysWhySlackRefused() throws Exception {
        robot.saying(new HttpReceiver.Answer(404, "", "channel_not_found"));

        assertThat(deliver(SampleIncidents.opened("ops")))
                .isEqualTo(new Receipt.Refused("HTTP 404: channel_not_found"));
    }

    @Test
    void mentionsMembersGroupsAndEverybody() throws Exception {
        MentionSettings mention = new MentionSettings(List.of("U024BE7LH", "S0614TZR7", "here"), Level.HIGH);
        try (Channel channel = new SlackSettings(new Secret(robot.url()), mention).open(context())) {
            assertThat(channel.deliver(SampleIncidents.opened("ops"))).isEqualTo(new Receipt.Delivered("ok"));
        }

        assertThat(received().get(0).lines().toList().get(1)).isEqualTo("<@U024BE7LH> <!subteam^S0614TZR7> <!here>");
    }

    @Override
    protected ChannelSettings settings(String url) {
        return new SlackSettings(new Secret(url), MentionSettings.NOBODY);
    }

    @Override
    protected HttpReceiver.Answer answer(HttpReceiver.Received request) {
        return json(request.body()).path("text").asText().isEmpty()
                ? new HttpReceiver.Answer(400, "", "no_text")
                : HttpReceiver.Answer.ok("ok");
    }

    @Override
    protected String text(JsonNode message) {
        return message.path("text").asText();
    }

    @Override
    protected int maxBytes() {
        return 4000 + 100;
    }

    @Override
    protected HttpReceiver.Answer busy() {
        return new HttpReceiver.Answer(429, "60", "rate_limited");
    }

    @Override
    protected HttpReceiver.Answer refusal() {
        return new HttpReceiver.Answer(400, "", "invalid_payload");
    }

    @Override
    protected void assertHarmless(JsonNode message) {
        assertThat(text(message)).doesNotContain("<");
    }
}
