package io.faultline.respond.notify.sms;

import io.faultline.respond.notify.channel.Hmac;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.Receipt;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** Twilio's Messages resource of 2010-04-01 (twilio.com/docs/messaging/api/message-resource). */
final class Twilio implements SmsProvider {

    private final TwilioSettings settings;
    private final HttpPost http;

    Twilio(TwilioSettings settings, Duration timeout) {
        this.settings = settings;
        this.http = new HttpPost(timeout);
    }

    @Override
    public Receipt send(String number, SmsText text) {
        String login = settings.account() + ":" + settings.token().value();
        String sender = settings.from().startsWith("MG") ? "MessagingServiceSid" : "From";
        String form = "To=" + encoded(number) + "&" + sender + "=" + encoded(settings.from()) + "&Body="
                + encoded(text.whole());
        return http.send(
                URI.create(
                        settings.apiUrl() + "/2010-04-01/Accounts/" + encoded(settings.account()) + "/Messages.json"),
                Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(Hmac.bytes(login))),
                Hmac.bytes(form),
                answer -> new Receipt.Delivered(
                        Json.parsed(answer.body()).path("sid").asText()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
