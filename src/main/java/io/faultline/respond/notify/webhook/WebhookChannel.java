package io.faultline.respond.notify.webhook;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.Hmac;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Posts a notice as JSON. The header {@code Idempotency-Key} lets the other side tell a repetition, {@code
 * X-Faultline-Signature: sha256=<hex>} is the HMAC-SHA256 of the body.
 */
public final class WebhookChannel implements Channel {

    private final WebhookSettings settings;
    private final HttpPost http;

    /**
     * @param timeout for connecting, and for the answer
     */
    public WebhookChannel(WebhookSettings settings, Duration timeout) {
        this.settings = settings;
        this.http = new HttpPost(timeout);
    }

    @Override
    public Receipt deliver(Notice notice) {
        byte[] body = WebhookBody.of(notice);
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Idempotency-Key", notice.key());
        String secret = settings.secret().value();
        if (!secret.isEmpty()) {
            headers.put(
                    "X-Faultline-Signature",
                    "sha256=" + HexFormat.of().formatHex(Hmac.sha256(Hmac.bytes(secret), body)));
        }
        return http.send(URI.create(settings.url().value()), headers, body);
    }

    @Override
    public String preview(Notice notice) {
        return Json.parsed(new String(WebhookBody.of(notice), StandardCharsets.UTF_8))
                .toPrettyString();
    }
}
