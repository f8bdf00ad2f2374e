package io.faultline.respond.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AliyunTest extends SmsContract {

    /** The example of help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature, with its result. */
    @Test
    void signsAsTheDocumentedExample() {
        String query = AliyunSignature.query(new TreeMap<>(
                Map.of("RegionId", "cn-shanghai", "ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd")));

        Map<String, String> headers = AliyunSignature.headers(
                "ecs.cn-shanghai.aliyuncs.com",
                "RunInstances",
                "2014-05-26",
                query,
                Instant.parse("2023-10-26T10:22:32Z"),
                "3156853299f313e23d1673dc12e1703d",
                "YourAccessKeyId",
                "YourAccessKeySecret");

        assertThat(headers.get("Authorization"))
                .isEqualTo("ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
                        + "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
                        + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    @Test
    void encodesParametersAsRfc3986() {
        assertThat(AliyunSignature.query(new TreeMap<>(Map.of("b", "a b*c~d/e", "a", "训"))))
                .isEqualTo("a=%E8%AE%AD&b=a%20b%2Ac~d%2Fe");
    }

    @Test
    void fillsInTheApprovedTemplate() throws Exception {
        try (var channel = channel()) {
            assertThat(channel.deliver(SampleIncidents.opened("ops")).detail()).isEqualTo("+86…01 9006^0");
        }

        HttpReceiver.Received post = provider.received().get(0);
        assertThat(post.parameter("SignName")).isEqualTo("故障线");
        assertThat(post.parameter("TemplateCode")).isEqualTo("SMS_1");
        assertThat(Json.parsed(post.parameter("TemplateParam")))
                .isEqualTo(Json.object()
                        .put("severity", "critical")
                        .put("title", "GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died")
                        .put("where", "node=gpu-a1 gpu=0000:9b:00")
                        .put("incident", "8c5f0a12b3d4e5f6"));
    }

    @Override
    ChannelSettings settings(String url, String secret, List<String> to) {
        return new AliyunSettings(
                url, "LTAI1", new Secret(secret), new TemplateSettings("故障线", "SMS_1", SmsText.NAMES, 100), to);
    }

    @Override
    HttpReceiver.Answer answer(HttpReceiver.Received request) {
        return request.header().apply("Authorization").endsWith(",Signature=" + documentedSignature(request))
                ? HttpReceiver.Answer.ok(
                        "{\"Message\":\"OK\",\"RequestId\":\"F655\",\"Code\":\"OK\",\"BizId\":\"9006^0\"}")
                : new HttpReceiver.Answer(
                        400,
                        "",
                        "{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"not matched\",\"RequestId\":\"F656\"}");
    }

    /** Step by step as the provider documents it, from what came over the wire. */
    private String documentedSignature(HttpReceiver.Received request) {
        StringBuilder canonical = new StringBuilder("POST\n/\n" + request.query() + "\n");
        List<String> names = List.of(
                "host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version");
        names.forEach(name -> canonical.append(name + ":" + request.header().apply(name) + "\n"));
        canonical.append("\n" + String.join(";", names) + "\n" + sha256(request.body()));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String text = "ACS3-HMAC-SHA256\n" + sha256(canonical.toString());
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    HttpReceiver.Answer busy() {
        return HttpReceiver.Answer.ok(
                "{\"Code\":\"isv.BUSINESS_LIMIT_CONTROL\",\"Message\":\"触发分钟级流控Permits:1\",\"RequestId\":\"F657\"}");
    }

    @Override
    HttpReceiver.Answer refusal() {
        return HttpReceiver.Answer.ok(
                "{\"Code\":\"isv.MOBILE_NUMBER_ILLEGAL\",\"Message\":\"8613800000001 is invalid\",\"RequestId\":\"F658\"}");
    }

    @Override
    String number(HttpReceiver.Received request) {
        return request.parameter("PhoneNumbers");
    }

    @Override
    String wanted(String number) {
        return number.substring(1);
    }

    @Override
    protected List<String> received() {
        return provider.received().stream()
                .map(post -> post.parameter("TemplateParam"))
                .toList();
    }
}
