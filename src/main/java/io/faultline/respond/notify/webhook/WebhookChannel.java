package io.faultline.respond.notify.webhook;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts a notice as JSON. The header {@code Idempotency-Key} lets the other side tell a repetition, {@code
 * X-Faultline-Signature: sha256=<hex>} is the HMAC-SHA256 of the body.
 */
public final class WebhookChannel implements Channel {

    private static final String ALGORITHM = "HmacSHA256";

    /** What asks for another attempt: RFC 9110, RFC 6585 and RFC 8470. */
    private static final int REQUEST_TIMEOUT = 408;

    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY_REQUESTS = 429;

    private final WebhookSettings settings;
    private final Duration timeout;
    private final HttpClient client;

    /**
     * @param timeout for connecting, and for the answer
     */
    public WebhookChannel(WebhookSettings settings, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Receipt deliver(Notice notice) {
        byte[] body = WebhookBody.of(notice);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(settings.url().value()))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", notice.key())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!settings.secret().value().isEmpty()) {
            request.header("X-Faultline-Signature", "sha256=" + signature(body));
        }
        return answer(client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding()));
    }

    /** The request's own time-out ends with the answer's headers; a body that drips for ever would go unnoticed. */
    private Receipt answer(CompletableFuture<HttpResponse<Void>> answer) {
        try {
            return receipt(answer.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Receipt.Unavailable(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Receipt.Unavailable("no whole answer within " + timeout.multipliedBy(2));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Receipt.Unavailable("interrupted");
        }
    }

    private static Receipt receipt(HttpResponse<Void> response) {
        int status = response.statusCode();
        String detail = "HTTP " + status;
        if (status >= 200 && status < 300) {
            return new Receipt.Delivered(detail);
        }
        boolean later =
                status >= 500 || status == REQUEST_TIMEOUT || status == TOO_EARLY || status == TOO_MANY_REQUESTS;
        return later ? new Receipt.Unavailable(detail, retryAfter(response)) : new Receipt.Refused(detail);
    }

    /** Seconds; the form with a date is read as not given, its clock is not ours. */
    private static Duration retryAfter(HttpResponse<Void> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(String::strip)
                .filter(text ->
                        !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    private String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(settings.secret().value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
