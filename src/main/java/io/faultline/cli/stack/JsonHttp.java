package io.faultline.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;

/** Talks JSON over HTTP with one server. */
final class JsonHttp {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String authorization;

    JsonHttp(URI base, String user, String password) {
        this.base = base;
        this.authorization = user.isEmpty()
                ? ""
                : "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    JsonHttp(URI base) {
        this(base, "", "");
    }

    URI base() {
        return base;
    }

    /** The answer to a request with a JSON body, or without one where it is empty. */
    JsonNode request(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, path, "application/json", BodyPublishers.ofString(body));
    }

    /**
     * The answer to a request.
     *
     * @throws IOException where the server can not be reached or answers with 300 or above
     */
    JsonNode send(String method, String path, String contentType, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body)
                .header("Content-Type", contentType);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + " was answered with " + response.statusCode() + ": "
                    + new String(response.body(), UTF_8));
        }
        return JSON.readTree(response.body().length == 0 ? "null".getBytes(UTF_8) : response.body());
    }
}
