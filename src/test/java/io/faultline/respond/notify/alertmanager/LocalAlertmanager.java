package io.faultline.respond.notify.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The system's Alertmanager; {@code bin/install-alertmanager} installs it where it is missing. */
final class LocalAlertmanager implements AutoCloseable {

    private static final String PROGRAM = "/usr/bin/prometheus-alertmanager";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final Process process;

    /** Starts it in an empty directory; it tells a webhook at once, and again of every change. */
    LocalAlertmanager(Path directory, String webhook) throws Exception {
        install();
        Path config = directory.resolve("alertmanager.yml");
        Files.writeString(
                config,
                """
                route: {receiver: hook, group_by: [incident], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
                receivers: [{name: hook, webhook_configs: [{url: "%s"}]}]
                """
                        .formatted(webhook));
        int port = freePort();
        url = "http://127.0.0.1:" + port;
        process = new ProcessBuilder(
                        PROGRAM,
                        "--config.file=" + config,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("alertmanager.log").toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> get("/-/ready").statusCode() == 200);
    }

    String url() {
        return url;
    }

    /** All alerts that are firing there, as it tells them. */
    List<JsonNode> alerts() throws Exception {
        List<JsonNode> alerts = new ArrayList<>();
        new ObjectMapper().readTree(get("/api/v2/alerts").body()).forEach(alerts::add);
        return alerts;
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void install() throws Exception {
        int code = new ProcessBuilder("bin/install-alertmanager")
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("bin/install-alertmanager ended with " + code + "; its words are above");
        }
    }
}
