package io.faultline.respond.notify.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.Receipt;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Alibaba Cloud's SendSms of 2017-05-25 (help.aliyun.com/en/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms). */
final class Aliyun implements SmsProvider {

    /** One text a minute to a number, and the service's own trouble. A day's or a month's limit does not pass soon. */
    private static final Set<String> BUSY =
            Set.of("isv.BUSINESS_LIMIT_CONTROL", "isp.SYSTEM_ERROR", "ServiceUnavailable", "InternalError");

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final AliyunSettings settings;
    private final ChannelContext context;
    private final HttpPost http;

    Aliyun(AliyunSettings settings, ChannelContext context) {
        this.settings = settings;
        this.context = context;
        this.http = new HttpPost(context.timeout());
    }

    @Override
    public Receipt send(String number, SmsText text) {
        TemplateSettings template = settings.text();
        ObjectNode variables = Json.object();
        text.variables(template.variables(), template.maxVariable()).forEach(variables::put);
        SortedMap<String, String> parameters = new TreeMap<>();
        parameters.put("PhoneNumbers", number.substring(1));
        parameters.put("SignName", template.signName());
        parameters.put("TemplateCode", template.template());
        parameters.put("TemplateParam", variables.toString());
        String query = AliyunSignature.query(parameters);
        URI url = URI.create(settings.apiUrl() + "/?" + query);
        var headers = AliyunSignature.headers(
                url.getAuthority(),
                "SendSms",
                "2017-05-25",
                query,
                context.clock().instant(),
                UUID.randomUUID().toString(),
                settings.account(),
                settings.token().value());
        return throttled(http.send(url, headers, new byte[0], Aliyun::receipt));
    }

    private static Receipt receipt(HttpPost.Answer answer) {
        JsonNode body = Json.parsed(answer.body());
        String code = body.path("Code").asText();
        String detail = code + ": " + body.path("Message").asText();
        if (code.isEmpty()) {
            return new Receipt.Unavailable("no answer of Alibaba Cloud: " + answer.detail());
        }
        if (code.equals("OK")) {
            return new Receipt.Delivered(body.path("BizId").asText());
        }
        return BUSY.contains(code) ? new Receipt.Unavailable(detail, PAUSE) : new Receipt.Refused(detail);
    }

    /** Too many calls are answered with 400, as is a call that is wrong. */
    private static Receipt throttled(Receipt receipt) {
        boolean throttled =
                receipt instanceof Receipt.Refused && receipt.detail().contains("\"Throttling");
        return throttled ? new Receipt.Unavailable(receipt.detail(), PAUSE) : receipt;
    }
}
