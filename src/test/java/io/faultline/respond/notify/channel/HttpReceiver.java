package io.faultline.respond.notify.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A real HTTP server that answers what it was told to, then 200. */
public final class HttpReceiver implements AutoCloseable {

    /** What came in. */
    public record Received(String body, String key, String signature, String contentType) {}

    private record Answer(int status, String retryAfter) {}

    private final HttpServer server;
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile CountDownLatch before = new CountDownLatch(0);
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    public HttpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::answer);
        server.start();
    }

    public HttpReceiver answering(int... statuses) {
        for (int status : statuses) {
            answers.add(new Answer(status, ""));
        }
        return this;
    }

    public HttpReceiver busyFor(String retryAfter) {
        answers.add(new Answer(429, retryAfter));
        return this;
    }

    /** Holds every answer back until the other receiver got something. */
    public HttpReceiver waitingFor(HttpReceiver other) {
        before = other.first;
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    public List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void await() {
        try {
            if (!before.await(60, TimeUnit.SECONDS)) {
                answers.add(new Answer(410, ""));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(
                body,
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                exchange.getRequestHeaders().getFirst("X-Faultline-Signature"),
                exchange.getRequestHeaders().getFirst("Content-Type")));
        first.countDown();
        await();
        Answer answer = answers.poll();
        if (answer != null && !answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
        }
        exchange.sendResponseHeaders(answer == null ? 200 : answer.status(), -1);
        exchange.close();
    }
}
