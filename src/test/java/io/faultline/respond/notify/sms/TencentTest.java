package io.faultline.respond.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TencentTest extends SmsContract {

    /** The example of cloud.tencent.com/document/api/382/52072, with its result. */
    @Test
    void signsAsTheDocumentedExample() {
        String body =
                "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}";

        String authorization = TencentSignature.authorization(
                "cvm.tencentcloudapi.com",
                "cvm",
                body.getBytes(StandardCharsets.UTF_8),
                Instant.ofEpochSecond(1551113065),
                "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
                "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE");

        assertThat(authorization)
                .isEqualTo(
                        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
                                + "SignedHeaders=content-type;host, "
                                + "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");
    }

    @Test
    void fillsInTheApprovedTemplate() throws Exception {
        try (var channel = channel()) {
            assertThat(channel.deliver(SampleIncidents.opened("ops")).detail()).isEqualTo("+86…01 5000:1");
        }

        HttpReceiver.Received post = provider.received().get(0);
        JsonNode body = Json.parsed(post.body());
        assertThat(post.header().apply("X-TC-Action")).isEqualTo("SendSms");
        assertThat(post.header().apply("X-TC-Region")).isEqualTo("ap-guangzhou");
        assertThat(body.path("SmsSdkAppId").asText()).isEqualTo("1400006666");
        assertThat(body.path("TemplateParamSet"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "critical",
                        "GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died",
                        "node=gpu-a1 gpu=0000:9b:00",
                        "8c5f0a12b3d4e5f6");
    }

    @Override
    ChannelSettings settings(String url, String secret, List<String> to) {
        return new TencentSettings(
                url,
                "AKID1",
                new Secret(secret),
                "1400006666",
                "ap-guangzhou",
                new TemplateSettings("故障线", "1110", SmsText.NAMES, 100),
                to);
    }

    @Override
    HttpReceiver.Answer answer(HttpReceiver.Received request) {
        return request.header().apply("Authorization").endsWith(" Signature=" + documentedSignature(request))
                ? HttpReceiver.Answer.ok(
                        "{\"Response\":{\"SendStatusSet\":[{\"SerialNo\":\"5000:1\",\"PhoneNumber\":\"+8613800000001\",\"Fee\":1,"
                                + "\"Code\":\"Ok\",\"Message\":\"send success\",\"IsoCode\":\"CN\"}],\"RequestId\":\"a0\"}}")
                : HttpReceiver.Answer.ok(
                        "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SignatureFailure\",\"Message\":\"check your signature\"},"
                                + "\"RequestId\":\"a1\"}}");
    }

    /** Step by step as the provider documents it, from what came over the wire. */
    private String documentedSignature(HttpReceiver.Received request) {
        String canonical = "POST\n/\n\ncontent-type:" + request.contentType() + "\nhost:"
                + request.header().apply("Host") + "\n\ncontent-type;host\n" + sha256(request.body());
        String text = "TC3-HMAC-SHA256\n" + request.header().apply("X-TC-Timestamp") + "\n2026-03-01/sms/tc3_request\n"
                + sha256(canonical);
        byte[] date = hmac("TC3s3cret".getBytes(StandardCharsets.UTF_8), "2026-03-01");
        return HexFormat.of().formatHex(hmac(hmac(hmac(date, "sms"), "tc3_request"), text));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    HttpReceiver.Answer busy() {
        return status("LimitExceeded.PhoneNumberThirtySecondLimit", "too many in thirty seconds");
    }

    @Override
    HttpReceiver.Answer refusal() {
        return status("InvalidParameterValue.IncorrectPhoneNumber", "+8613800000001 is incorrect");
    }

    private static HttpReceiver.Answer status(String code, String message) {
        return HttpReceiver.Answer.ok(
                "{\"Response\":{\"SendStatusSet\":[{\"SerialNo\":\"\",\"PhoneNumber\":\"+8613800000001\","
                        + "\"Fee\":0,\"Code\":\"" + code + "\",\"Message\":\"" + message
                        + "\"}],\"RequestId\":\"a2\"}}");
    }

    @Override
    String number(HttpReceiver.Received request) {
        return Json.parsed(request.body()).path("PhoneNumberSet").path(0).asText();
    }

    @Override
    protected List<String> received() {
        return provider.received().stream()
                .map(post -> Json.parsed(post.body()).path("TemplateParamSet").toString())
                .toList();
    }
}
