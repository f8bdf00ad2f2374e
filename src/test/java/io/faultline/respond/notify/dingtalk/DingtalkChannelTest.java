package io.faultline.respond.notify.dingtalk;

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
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DingtalkChannelTest extends RobotContract {

    private static final String SECRET = "SEC7a1f0e5b";

    @Test
    void signsTheAddressOverTimeAndSecret() throws Exception {
        Receipt receipt = deliver(SampleIncidents.opened("ops"));

        assertThat(receipt).isEqualTo(new Receipt.Delivered("errcode 0: ok"));
        // echo -ne '1772359200000\nSEC7a1f0e5b' | openssl dgst -sha256 -hmac SEC7a1f0e5b -binary | base64
        assertThat(robot.received().get(0).query())
                .isEqualTo(
                        "access_token=t0ken&timestamp=1772359200000&sign=lDCbpMHpZCVbOKKSG7qgm6qWOkxB3T32FhAUI70o7Mg%3D");
    }

    @Test
    void aWrongSecretIsRefused() throws Exception {
        var wrong = new DingtalkSettings(
                new Secret(robot.url() + "?access_token=t0ken"), new Secret("SECother"), MentionSettings.NOBODY);
        try (var channel = wrong.open(context())) {
            assertThat(channel.deliver(SampleIncidents.opened("ops")))
                    .isEqualTo(new Receipt.Refused("errcode 310000: sign not match"));
        }
    }

    @Test
    void leavesTheAddressAloneWhereThereIsNoSecret() throws Exception {
        var unsigned = new DingtalkSettings(
                new Secret(robot.url() + "?access_token=t0ken"), new Secret(""), MentionSettings.NOBODY);
        try (var channel = unsigned.open(context())) {
            channel.deliver(SampleIncidents.opened("ops"));
        }

        assertThat(robot.received().get(0).query()).isEqualTo("access_token=t0ken");
    }

    @Test
    void mentionsInTheTextAndBesideIt() throws Exception {
        JsonNode body = mentioning("13800000000", "manager4220");

        assertThat(body.at("/at/atMobiles")).extracting(JsonNode::asText).containsExactly("13800000000");
        assertThat(body.at("/at/atUserIds")).extracting(JsonNode::asText).containsExactly("manager4220");
        assertThat(body.at("/at/isAtAll").asBoolean()).isFalse();
        assertThat(text(body).lines().toList().get(1)).isEqualTo("@13800000000 @manager4220  ");
    }

    @Test
    void mentionsEverybodyByTheFlagAlone() throws Exception {
        JsonNode body = mentioning("all");

        assertThat(body.at("/at/isAtAll").asBoolean()).isTrue();
        assertThat(body.at("/at/atUserIds")).isEmpty();
        assertThat(text(body)).doesNotContain("@");
    }

    private JsonNode mentioning(String... names) throws Exception {
        MentionSettings mention = new MentionSettings(List.of(names), Level.HIGH);
        Secret url = new Secret(robot.url() + "?access_token=t0ken");
        try (Channel channel = new DingtalkSettings(url, new Secret(SECRET), mention).open(context())) {
            assertThat(channel.deliver(SampleIncidents.opened("ops")))
                    .isEqualTo(new Receipt.Delivered("errcode 0: ok"));
        }
        return json(robot.received().get(0).body());
    }

    @Override
    protected ChannelSettings settings(String url) {
        return new DingtalkSettings(
                new Secret(url + "?access_token=t0ken"), new Secret(SECRET), MentionSettings.NOBODY);
    }

    @Override
    protected HttpReceiver.Answer answer(HttpReceiver.Received request) {
        if (!request.parameter("sign").equals(documentedSignature(request.parameter("timestamp")))) {
            return HttpReceiver.Answer.ok("{\"errcode\":310000,\"errmsg\":\"sign not match\"}");
        }
        boolean fits = request.body().getBytes(StandardCharsets.UTF_8).length <= 20_000;
        return HttpReceiver.Answer.ok(
                fits ? "{\"errcode\":0,\"errmsg\":\"ok\"}" : "{\"errcode\":460101,\"errmsg\":\"message too long\"}");
    }

    private static String documentedSignature(String timestamp) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal((timestamp + "\n" + SECRET).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected HttpReceiver.Answer busy() {
        return HttpReceiver.Answer.ok("{\"errcode\":130101,\"errmsg\":\"send too fast, exceed 20 times per minute\"}");
    }

    @Override
    protected HttpReceiver.Answer refusal() {
        return HttpReceiver.Answer.ok("{\"errcode\":300001,\"errmsg\":\"token is not exist\"}");
    }

    @Override
    protected String text(JsonNode message) {
        return message.at("/markdown/text").asText();
    }

    @Override
    protected int maxBytes() {
        return 20_000;
    }

    @Override
    protected void assertHarmless(JsonNode message) {
        assertThat(text(message)).doesNotContain("<").doesNotContain("](http");
        assertThat(message.at("/at/isAtAll").asBoolean(true)).isFalse();
    }
}
