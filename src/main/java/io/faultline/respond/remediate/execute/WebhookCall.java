package io.faultline.respond.remediate.execute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.respond.notify.channel.Hmac;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.webhook.WebhookSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Tells another program what to do: a POST of JSON. The header {@code Idempotency-Key} is the action's id, {@code
 * X-Faultline-Signature: sha256=<hex>} the HMAC-SHA256 of the body where a secret is shared. A dry run posts nothing, since
 * nobody knows whether the other side has such a thing.
 */
final class WebhookCall {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, WebhookSettings> webhooks;
    private final HttpPost http = new HttpPost(TIMEOUT);
    private final Duration pause;
    private final Clock clock;

    /** @param pause between two attempts, where the other side is away or busy */
    WebhookCall(Map<String, WebhookSettings> webhooks, Duration pause, Clock clock) {
        this.webhooks = webhooks;
        this.pause = pause;
        this.clock = clock;
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
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Idempotency-Key", order.action());
        String secret = webhook.secret().value();
        if (!secret.isEmpty()) {
            headers.put(
                    "X-Faultline-Signature",
                    "sha256=" + HexFormat.of().formatHex(Hmac.sha256(Hmac.bytes(secret), body)));
        }
        URI url = URI.create(webhook.url().value());
        Receipt receipt = http.send(url, headers, body);
        while (receipt instanceof Receipt.Unavailable away && mayWait(away.retryAfter(), order)) {
            receipt = http.send(url, headers, body);
        }
        return receipt instanceof Receipt.Delivered
                ? new StepOutcome.Done("not told", receipt.detail())
                : new StepOutcome.Hindered("not told", receipt.detail());
    }

    /** Waits, as long as the order is good; the action's id lets the other side tell a repetition. */
    private boolean mayWait(Duration asked, Order order) throws InterruptedException {
        Duration wait = asked.compareTo(pause) > 0 ? asked : pause;
        if (!clock.instant().plus(wait).isBefore(order.until())) {
            return false;
        }
        Thread.sleep(wait.toMillis());
        return true;
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
}
