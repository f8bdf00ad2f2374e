package io.faultline.respond.notify.channel;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Posts to a receiver over HTTP and says how that went. Follows no redirects: they would take the message elsewhere. */
public final class HttpPost {

    /** What of an answer is read; what a receiver says of an error is never longer. */
    static final int MAX_ANSWER = 64 * 1024;

    /** What of an answer is quoted in a detail. */
    private static final int MAX_QUOTE = 200;

    /** What asks for another attempt: RFC 9110, RFC 6585 and RFC 8470. */
    private static final int REQUEST_TIMEOUT = 408;

    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Duration timeout;
    private final HttpClient client;

    /**
     * @param timeout for connecting, and for the answer
     */
    public HttpPost(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Posts, and takes every 2xx for delivered. */
    public Receipt send(URI url, Map<String, String> headers, byte[] body) {
        return send(url, headers, body, answer -> new Receipt.Delivered("HTTP " + answer.status()));
    }

    /**
     * Posts.
     *
     * @param judge reads the answers with a status of 2xx, some of which are refusals
     */
    public Receipt send(URI url, Map<String, String> headers, byte[] body, Function<Answer, Receipt> judge) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request, judge);
    }

    /** Asks for what the receiver already has. */
    public Receipt ask(URI url, Function<Answer, Receipt> judge) {
        return send(HttpRequest.newBuilder(url).GET(), judge);
    }

    private Receipt send(HttpRequest.Builder request, Function<Answer, Receipt> judge) {
        HttpRequest timed = request.timeout(timeout).build();
        return receipt(client.sendAsync(timed, info -> new ShortBody(MAX_ANSWER)), judge);
    }

    /**
     * An answer.
     *
     * @param status its status
     * @param body its first {@value #MAX_ANSWER} bytes
     */
    public record Answer(int status, String body) {

        /** The status and what was said, on one short line. */
        public String detail() {
            String said = TextLine.of(body).strip();
            return "HTTP " + status + (said.isEmpty() ? "" : ": " + TextLine.cut(said, MAX_QUOTE));
        }
    }

    /** The request's own time-out ends with the answer's headers; a body that drips for ever would go unnoticed. */
    private Receipt receipt(CompletableFuture<HttpResponse<byte[]>> answer, Function<Answer, Receipt> judge) {
        try {
            return receipt(answer.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS), judge);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Receipt.Unavailable(words(cause));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Receipt.Unavailable("no whole answer within " + timeout.multipliedBy(2));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Receipt.Unavailable("interrupted");
        }
    }

    /** Java says nothing more where nobody listens. */
    private static String words(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? name : name + ": " + failure.getMessage();
    }

    private static Receipt receipt(HttpResponse<byte[]> response, Function<Answer, Receipt> judge) {
        int status = response.statusCode();
        Answer answer = new Answer(status, new String(response.body(), StandardCharsets.UTF_8));
        if (status >= 200 && status < 300) {
            return judge.apply(answer);
        }
        boolean later =
                status >= 500 || status == REQUEST_TIMEOUT || status == TOO_EARLY || status == TOO_MANY_REQUESTS;
        return later
                ? new Receipt.Unavailable(answer.detail(), retryAfter(response))
                : new Receipt.Refused(answer.detail());
    }

    /** Seconds; the form with a date is read as not given, its clock is not ours. */
    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(String::strip)
                .filter(text ->
                        !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }
}
