package io.faultline.respond.notify.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.MentionSettings;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.RobotContract;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WecomChannelTest extends RobotContract {

    @Test
    void postsMarkdown() throws Exception {
        Receipt receipt = deliver(SampleIncidents.opened("ops"));

        assertThat(receipt).isEqualTo(new Receipt.Delivered("errcode 0: ok"));
        assertThat(robot.received().get(0).contentType()).isEqualTo("application/json");
        assertThat(received().get(0))
                .startsWith(
                        """
                        **[critical] new incident: GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died**
                        > where: node=gpu-a1 gpu=0000:9b:00
                        > since: 2026-03-01 10:00:00 UTC
                        """);
    }

    @Test
    void mentionsUsersInMarkdown() throws Exception {
        deliver(SampleIncidents.opened("ops"), "zhangsan", "li.si@example");

        assertThat(received().get(0).lines().toList().get(1)).isEqualTo("<@zhangsan> <@li.si@example>");
    }

    @Test
    void mentionsTelephoneNumbersAndEverybodyInPlainTextWhichIsShorter() throws Exception {
        Incident wordy = SampleIncidents.wordy("<@all> 训练\"停滞\"".repeat(100));
        deliver(new Notice("ops", NotifyReason.OPENED, wordy), "zhangsan", "13800000000", "all");

        JsonNode body = json(robot.received().get(0).body());
        assertThat(body.path("msgtype").asText()).isEqualTo("text");
        assertThat(body.at("/text/mentioned_list")).extracting(JsonNode::asText).containsExactly("zhangsan", "@all");
        assertThat(body.at("/text/mentioned_mobile_list"))
                .extracting(JsonNode::asText)
                .containsExactly("13800000000");
        assertThat(body.at("/text/content").asText())
                .startsWith("[high] new incident: ＜@all> 训练")
                .endsWith(" more");
        assertThat(body.at("/text/content").asText().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(2048);
    }

    private void deliver(Notice notice, String... names) throws Exception {
        MentionSettings mention = new MentionSettings(List.of(names), Level.HIGH);
        try (Channel channel = new WecomSettings(new Secret(robot.url() + "?key=693a91f6"), mention).open(context())) {
            assertThat(channel.deliver(notice)).isEqualTo(new Receipt.Delivered("errcode 0: ok"));
        }
    }

    @Override
    protected ChannelSettings settings(String url) {
        return new WecomSettings(new Secret(url + "?key=693a91f6"), MentionSettings.NOBODY);
    }

    @Override
    protected HttpReceiver.Answer answer(HttpReceiver.Received request) {
        if (!request.parameter("key").equals("693a91f6")) {
            return refusal();
        }
        boolean fits = text(json(request.body())).getBytes(StandardCharsets.UTF_8).length <= 4096;
        return HttpReceiver.Answer.ok(
                fits
                        ? "{\"errcode\":0,\"errmsg\":\"ok\"}"
                        : "{\"errcode\":40058,\"errmsg\":\"markdown.content exceed max length 4096\"}");
    }

    @Override
    protected HttpReceiver.Answer busy() {
        return HttpReceiver.Answer.ok("{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}");
    }

    @Override
    protected HttpReceiver.Answer refusal() {
        return HttpReceiver.Answer.ok("{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}");
    }

    @Override
    protected String text(JsonNode message) {
        return message.at("/markdown/content").asText();
    }

    @Override
    protected int maxBytes() {
        return 4096 + 100;
    }

    @Override
    protected void assertHarmless(JsonNode message) {
        assertThat(text(message)).doesNotContain("<@").doesNotContain("](http");
    }
}
