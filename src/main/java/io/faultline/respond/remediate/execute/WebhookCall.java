package io.faultline.respond.remediate.execute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.respond.notify.webhook.WebhookSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells another program what to do: a POST of JSON. The header {@code Idempotency-Key} is the action's id, {@code
 * X-Faultline-Signature: sha256=<hex>} the HMAC-SHA256 of the body where a secret is shared. A dry run posts nothing, since
 * nobody knows whether the other side has such a thing.
 */
final class WebhookCall {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, WebhookSettings> webhooks;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    WebhookCall(Map<String, WebhookSettings> webhooks) {
        this.webhooks = webhooks;
    }

    StepOutcome call(Order order) throws InterruptedException {
        WebhookSettings webhook = webhooks.get(order.step().argument());
        if (webhook == null) {
            return new StepOutcome.Hindered(
                    "", "there is no webhook \"" + order.step().argument() + "\"");
        }
        if (order.dryRun()) {
            return new StepOutcome.Done("not told", "would be told");
        }
        byte[] body = body(order);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(webhook.url().value()))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", order.action())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!webhook.secret().value().isEmpty()) {
            request.header("X-Faultline-Signature", "sha256=" + signature(webhook, body));
        }
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status >= 200 && status < 300
                    ? new StepOutcome.Done("not told", "HTTP " + status)
                    : new StepOutcome.Hindered("not told", "HTTP " + status);
        } catch (IOException e) {
            return new StepOutcome.Hindered("not told", e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static byte[] body(Order order) {
        try {
            return JSON.writeValueAsBytes(JSON.createObjectNode()
                    .put("action", order.action())
                    .put("title", order.title())
                    .put("target", order.step().target())
                    .put("ordered", order.since().toString())
                    .put("until", order.until().toString()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }

    private static String signature(WebhookSettings webhook, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(webhook.secret().value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
