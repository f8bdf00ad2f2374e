package io.faultline.respond.notify.feishu;

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
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class FeishuChannelTest extends RobotContract {

    private static final String SECRET = "Ks8fd2";

    @Test
    void postsASignedCard() throws Exception {
        Receipt receipt = deliver(SampleIncidents.opened("ops"));

        assertThat(receipt).isEqualTo(new Receipt.Delivered("code 0: success"));
        JsonNode body = json(robot.received().get(0).body());
        // printf '' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf '1772359200\nKs8fd2' | xxd -p) -binary |
        // base64
        assertThat(body.path("timestamp").asText()).isEqualTo("1772359200");
        assertThat(body.path("sign").asText()).isEqualTo("WZDhmmyb22JX6TjAPzGibNBvEVT2F5Np+6oo4FS1++c=");
        assertThat(body.path("msg_type").asText()).isEqualTo("interactive");
        assertThat(body.at("/card/header/template").asText()).isEqualTo("red");
        assertThat(body.at("/card/header/title/content").asText()).startsWith("[critical] new incident: GPU");
    }

    @Test
    void theGatewaysNumberIsBusyOnlyWhereItSaysSo() throws Exception {
        robot.saying(HttpReceiver.Answer.ok("{\"code\":9499,\"msg\":\"too many request\"}"));
        robot.saying(HttpReceiver.Answer.ok("{\"code\":9499,\"msg\":\"Bad Request\",\"data\":{}}"));

        assertThat(deliver(SampleIncidents.opened("ops")))
                .isEqualTo(new Receipt.Unavailable("code 9499: too many request", Duration.ofMinutes(1)));
        assertThat(deliver(SampleIncidents.opened("ops"))).isEqualTo(new Receipt.Refused("code 9499: Bad Request"));
    }

    @Test
    void mentionsInATextOfItsOwn() throws Exception {
        MentionSettings mention = new MentionSettings(List.of("ou_7d8a6e6d", "all"), Level.HIGH);
        Incident attack = SampleIncidents.titled("<at id=ou_ceo></at>", 1, Incident.State.OPEN, Level.HIGH);
        try (Channel channel =
                new FeishuSettings(new Secret(robot.url()), new Secret(SECRET), mention).open(context())) {
            assertThat(channel.deliver(new Notice("ops", NotifyReason.OPENED, attack)))
                    .isEqualTo(new Receipt.Delivered("code 0: success"));
        }

        JsonNode elements = json(robot.received().get(0).body()).at("/card/elements");
        assertThat(elements)
                .filteredOn(element -> element.at("/text/tag").asText().equals("lark_md"))
                .singleElement()
                .extracting(element -> element.at("/text/content").asText())
                .isEqualTo("<at id=ou_7d8a6e6d></at> <at id=all></at>");
    }

    @Override
    protected ChannelSettings settings(String url) {
        return new FeishuSettings(new Secret(url), new Secret(SECRET), MentionSettings.NOBODY);
    }

    @Override
    protected HttpReceiver.Answer answer(HttpReceiver.Received request) {
        JsonNode body = json(request.body());
        if (!body.path("sign")
                .asText()
                .equals(documentedSignature(body.path("timestamp").asText()))) {
            return HttpReceiver.Answer.ok(
                    "{\"code\":19021,\"msg\":\"sign match fail or timestamp is not within one hour from current"
                            + " time\"}");
        }
        boolean fits = request.body().getBytes(StandardCharsets.UTF_8).length <= 20 * 1024;
        return HttpReceiver.Answer.ok(
                fits
                        ? "{\"code\":0,\"msg\":\"success\",\"data\":{},\"StatusCode\":0,\"StatusMessage\":\"success\"}"
                        : "{\"code\":9499,\"msg\":\"Bad Request\",\"data\":{}}");
    }

    private static String documentedSignature(String timestamp) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec((timestamp + "\n" + SECRET).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected HttpReceiver.Answer busy() {
        return HttpReceiver.Answer.ok(
                "{\"code\":11232,\"msg\":\"frequency limited psm[lark.oapi.app_platform_runtime]\"}");
    }

    @Override
    protected HttpReceiver.Answer refusal() {
        return HttpReceiver.Answer.ok(
                "{\"code\":19001,\"msg\":\"param invalid: incoming webhook access token invalid\"}");
    }

    @Override
    protected String text(JsonNode message) {
        return message.at("/card/header/title/content").asText() + "\n"
                + message.at("/card/elements/0/text/content").asText();
    }

    @Override
    protected int maxBytes() {
        return 20 * 1024;
    }

    /** Only texts of the tag {@code lark_md} and those of the message type {@code text} are searched for tags. */
    @Override
    protected void assertHarmless(JsonNode message) {
        assertThat(message.path("msg_type").asText()).isEqualTo("interactive");
        assertThat(message.findValuesAsText("tag")).containsOnly("div", "plain_text");
    }
}
