package io.faultline.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One Elasticsearch node that is a cluster of its own. It refuses to run as root, so that root starts it as
 * {@code nobody}. Its data survive {@link #kill()} and {@link #restart()}.
 */
public final class ElasticsearchServer implements AutoCloseable {

    /** The user of a server with a password. */
    public static final String USER = "faultline";

    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

    /** The one capability lets it read the repository and the JDK where those lie below a closed home directory. */
    private static final List<String> AS_NOBODY = List.of(
            "setpriv",
            "--reuid=nobody",
            "--regid=nogroup",
            "--clear-groups",
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=-all,+dac_override");

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final StackFiles files;
    private final Path work;
    private final JsonHttp http;
    private ServerProcess process;

    private ElasticsearchServer(StackFiles files, Path work, JsonHttp http) {
        this.files = files;
        this.work = work;
        this.http = http;
        this.process = launch();
    }

    /** Starts a node that asks nobody for a password and returns at once; {@link #awaitReady()} waits for it. */
    public static ElasticsearchServer start(StackFiles files, Path directory) {
        return start(files, directory, "");
    }

    /** Starts a node that wants basic authentication as {@value #USER} with this password. */
    public static ElasticsearchServer startSecured(StackFiles files, Path directory, String password) {
        return start(files, directory, password);
    }

    /** Waits until the node answers and can hold documents. */
    public ElasticsearchServer awaitReady() {
        process.awaitReady(PATIENCE, () -> {
            JsonNode health = http.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=5s", "");
            return !health.path("timed_out").asBoolean(true);
        });
        return this;
    }

    /** {@code http://localhost:9200}. */
    public URI uri() {
        return http.base();
    }

    /**
     * Asks the node something.
     *
     * @param method as {@code GET}
     * @param path as {@code /_cat/indices}
     * @param body JSON, or empty
     * @throws ServerException where the answer is an error
     */
    public JsonNode request(String method, String path, String body) {
        try {
            return http.request(method, path, body);
        } catch (IOException e) {
            throw new ServerException("elasticsearch: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted", e);
        }
    }

    /** How many documents an index or a pattern holds, those of a moment ago included. */
    public long count(String index) {
        request("POST", "/" + index + "/_refresh", "");
        return request("GET", "/" + index + "/_count", "").path("count").asLong();
    }

    /** @param query in Lucene's syntax */
    public long count(String index, String query) {
        request("POST", "/" + index + "/_refresh", "");
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        return request("GET", "/" + index + "/_count?q=" + encoded, "")
                .path("count")
                .asLong();
    }

    /** Kills the node as a power cut would. */
    public void kill() {
        process.kill();
    }

    /** Starts a killed node again, with its data and at its address. */
    public ElasticsearchServer restart() {
        process.close();
        process = launch();
        return awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }

    private static ElasticsearchServer start(StackFiles files, Path directory, String password) {
        Path work = directory.toAbsolutePath();
        int[] ports = Ports.free(2);
        try {
            Files.createDirectories(work.resolve("tmp"));
            Path config = Files.createDirectories(work.resolve("config"));
            Path shipped = files.elasticsearchHome().resolve("config");
            for (String file : List.of("log4j2.properties", "roles.yml", "role_mapping.yml", "users", "users_roles")) {
                Files.copy(shipped.resolve(file), config.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(
                    config.resolve("elasticsearch.yml"), settings(work, ports[0], ports[1], !password.isEmpty()));
            if (!password.isEmpty()) {
                Files.writeString(config.resolve("users"), USER + ":" + PasswordHash.of(password) + "\n");
                Files.writeString(config.resolve("users_roles"), "superuser:" + USER + "\n");
            }
            if (IS_ROOT) {
                giveToNobody(work);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        URI uri = URI.create("http://localhost:" + ports[0]);
        String user = password.isEmpty() ? "" : USER;
        return new ElasticsearchServer(files, work, new JsonHttp(uri, user, password));
    }

    private static String settings(Path work, int port, int transportPort, boolean secured) {
        return """
                cluster.name: faultline-stack
                node.name: stack
                discovery.type: single-node
                network.host: 127.0.0.1
                http.port: %d
                transport.port: %d
                path.data: %s
                path.logs: %s
                xpack.security.enabled: %s
                action.auto_create_index: true
                cluster.routing.allocation.disk.threshold_enabled: false
                """
                .formatted(port, transportPort, work.resolve("data"), work.resolve("logs"), secured);
    }

    private static void giveToNobody(Path work) throws IOException {
        UserPrincipal nobody =
                work.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        try (Stream<Path> all = Files.walk(work)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.setOwner(path, nobody);
            }
        }
    }

    private ServerProcess launch() {
        Path home = files.elasticsearchHome();
        List<String> command = new ArrayList<>(IS_ROOT ? AS_NOBODY : List.of());
        command.addAll(List.of(
                StackFiles.java(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + work.resolve("tmp"),
                "-Des.networkaddress.cache.ttl=60",
                "-Dlog4j2.disable.jmx=true",
                "-Dfile.encoding=UTF-8",
                "-Des.path.home=" + home,
                "-Des.path.conf=" + work.resolve("config"),
                "-Des.distribution.flavor=default",
                "-Des.distribution.type=zip",
                "-Des.bundled_jdk=false",
                "-cp",
                home.resolve("lib") + "/*",
                "org.elasticsearch.bootstrap.Elasticsearch"));
        return ServerProcess.start(
                "elasticsearch",
                work,
                command,
                Map.of("LIBFFI_TMPDIR", work.resolve("tmp").toString()));
    }
}
