package io.faultline.respond.notify.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A real HTTP server that answers what it was told to, then as it always does: 200. */
public final class HttpReceiver implements AutoCloseable {

    /**
     * What came in.
     *
     * @param query as it was sent, still encoded; empty where there is none
     * @param header the first value of a header, or null
     */
    public record Received(String path, String query, String body, UnaryOperator<String> header) {

        public String key() {
            return header.apply("Idempotency-Key");
        }

        public String signature() {
            return header.apply("X-Faultline-Signature");
        }

        public String contentType() {
            return header.apply("Content-Type");
        }

        /** A value of the query, decoded. */
        public String parameter(String name) {
            return Arrays.stream(query.split("&"))
                    .filter(pair -> pair.startsWith(name + "="))
                    .map(pair -> java.net.URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                    .findFirst()
                    .orElse("");
        }
    }

    /** What goes out. */
    public record Answer(int status, String retryAfter, String body) {

        public static Answer ok(String body) {
            return new Answer(200, "", body);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile CountDownLatch before = new CountDownLatch(0);
    private volatile Function<Received, Answer> always = received -> Answer.ok("");
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    private final String path;

    public HttpReceiver() throws IOException {
        this("/hook");
    }

    /** One that answers everything below a path. */
    public HttpReceiver(String path) throws IOException {
        this.path = path;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(path, this::answer);
        server.start();
    }

    public HttpReceiver answering(int... statuses) {
        for (int status : statuses) {
            answers.add(new Answer(status, "", ""));
        }
        return this;
    }

    public HttpReceiver saying(Answer answer) {
        answers.add(answer);
        return this;
    }

    public HttpReceiver busyFor(String retryAfter) {
        answers.add(new Answer(429, retryAfter, ""));
        return this;
    }

    /** What it answers when it has said everything that it was told to. */
    public HttpReceiver always(Function<Received, Answer> answer) {
        always = answer;
        return this;
    }

    /** Holds every answer back until the other receiver got something. */
    public HttpReceiver waitingFor(HttpReceiver other) {
        before = other.first;
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void await() {
        try {
            if (!before.await(60, TimeUnit.SECONDS)) {
                answers.add(new Answer(410, "", ""));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getRawQuery();
        Received request = new Received(
                exchange.getRequestURI().getPath(),
                query == null ? "" : query,
                body,
                exchange.getRequestHeaders()::getFirst);
        received.add(request);
        first.countDown();
        await();
        Answer told = answers.poll();
        Answer answer = told == null ? always.apply(request) : told;
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
