package io.faultline.respond.notify.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.Receipt;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tencent Cloud's SendSms of 2021-01-11 (cloud.tencent.com/document/api/382/55981); errors come with HTTP 200. */
final class Tencent implements SmsProvider {

    /** Limits that pass within the hour, and the service's own trouble; a day's limit does not pass soon. */
    private static final List<String> BUSY = List.of(
            "RequestLimitExceeded",
            "InternalError",
            "LimitExceeded.PhoneNumberThirtySecondLimit",
            "LimitExceeded.PhoneNumberOneHourLimit",
            "LimitExceeded.DeliveryFrequencyLimit");

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final TencentSettings settings;
    private final ChannelContext context;
    private final HttpPost http;

    Tencent(TencentSettings settings, ChannelContext context) {
        this.settings = settings;
        this.context = context;
        this.http = new HttpPost(context.timeout());
    }

    @Override
    public Receipt send(String number, SmsText text) {
        byte[] body = Json.bytes(body(number, text));
        URI url = URI.create(settings.apiUrl() + "/");
        Instant now = context.clock().instant();
        String authorization = TencentSignature.authorization(
                url.getAuthority(),
                "sms",
                body,
                now,
                settings.account(),
                settings.token().value());
        Map<String, String> headers = Map.of(
                "Content-Type",
                TencentSignature.CONTENT_TYPE,
                "Authorization",
                authorization,
                "X-TC-Action",
                "SendSms",
                "X-TC-Version",
                "2021-01-11",
                "X-TC-Region",
                settings.region(),
                "X-TC-Timestamp",
                Long.toString(now.getEpochSecond()));
        return http.send(url, headers, body, Tencent::receipt);
    }

    private ObjectNode body(String number, SmsText text) {
        TemplateSettings template = settings.text();
        ObjectNode body = Json.object();
        body.putArray("PhoneNumberSet").add(number);
        body.put("SmsSdkAppId", settings.appId());
        body.put("SignName", template.signName());
        body.put("TemplateId", template.template());
        ArrayNode variables = body.putArray("TemplateParamSet");
        text.variables(template.variables(), template.maxVariable()).values().forEach(variables::add);
        return body;
    }

    private static Receipt receipt(HttpPost.Answer answer) {
        JsonNode response = Json.parsed(answer.body()).path("Response");
        boolean failed = response.has("Error");
        JsonNode status =
                failed ? response.path("Error") : response.path("SendStatusSet").path(0);
        String code = status.path("Code").asText();
        String detail = code + ": " + status.path("Message").asText();
        if (code.isEmpty()) {
            return new Receipt.Unavailable("no answer of Tencent Cloud: " + answer.detail());
        }
        if (!failed && code.equals("Ok")) {
            return new Receipt.Delivered(status.path("SerialNo").asText());
        }
        return BUSY.stream().anyMatch(code::startsWith)
                ? new Receipt.Unavailable(detail, PAUSE)
                : new Receipt.Refused(detail);
    }
}
