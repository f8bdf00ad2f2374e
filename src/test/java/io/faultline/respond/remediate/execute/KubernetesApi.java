package io.faultline.respond.remediate.execute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of the Kubernetes API that an executor uses, over HTTP, as the API's documentation has it: merge patches of
 * nodes with resource versions, pods by field and label selectors, evictions with preconditions and disruption budgets, and
 * {@code dryRun=All}, which answers as usual and keeps nothing.
 */
public final class KubernetesApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every request that could change something, as {@code PATCH /api/v1/nodes/gpu-a1?dryRun=All}. */
    public final List<String> writes = new ArrayList<>();

    /** Every right that somebody needed here, as {@code patch nodes}. */
    public final Set<String> rights = new TreeSet<>();

    private final HttpServer server;
    private final Map<String, ObjectNode> nodes = new TreeMap<>();
    private final Map<String, ObjectNode> pods = new TreeMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();
    private final Map<String, Runnable> interventions = new HashMap<>();
    private final Set<String> forbidden = new TreeSet<>();
    private final AtomicInteger version = new AtomicInteger(100);
    private final Instant madeAnew;

    /** @param madeAnew when controllers make their new pods */
    public KubernetesApi(Instant madeAnew) {
        this.madeAnew = madeAnew;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** A kubeconfig that leads here. */
    public Path kubeconfig(Path directory) throws IOException {
        return Files.writeString(
                directory.resolve("kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                current-context: lab
                clusters:
                  - name: lab
                    cluster: {server: "http://127.0.0.1:%d"}
                contexts:
                  - name: lab
                    context: {cluster: lab, user: executor}
                users:
                  - name: executor
                    user: {token: secret}
                """
                        .formatted(server.getAddress().getPort()));
    }

    /** {@code gpu-a1} and so on. */
    public void addNodes(int count) {
        for (int node = 1; node <= count; node++) {
            addNode("gpu-a" + node);
        }
    }

    private synchronized void addNode(String name) {
        ObjectNode node = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Node");
        node.putObject("metadata").put("name", name).put("resourceVersion", next());
        node.putObject("spec");
        nodes.put(name, node);
    }

    /**
     * A pod that runs.
     *
     * @param owner the kind of its controller; null for a pod of its own
     */
    public synchronized ObjectNode addPod(
            String namespace, String name, String node, @Nullable String owner, Instant since) {
        ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata")
                .put("namespace", namespace)
                .put("name", name)
                .put("uid", "uid-" + next())
                .put("resourceVersion", next())
                .put("creationTimestamp", since.toString());
        metadata.putObject("labels");
        if (owner != null) {
            metadata.putArray("ownerReferences")
                    .addObject()
                    .put("apiVersion", "apps/v1")
                    .put("kind", owner)
                    .put("name", name + "-owner")
                    .put("uid", "o")
                    .put("controller", true);
        }
        pod.putObject("spec").put("nodeName", node).putArray("containers");
        pod.putObject("status").put("phase", "Running");
        pods.put(namespace + '/' + name, pod);
        return pod;
    }

    /** A disruption budget that forbids the pod's eviction so many times. */
    public synchronized void protect(String pod, int times) {
        refusals.put(pod, times);
    }

    /** Something else that happens just before a request, once: {@code PATCH /api/v1/nodes/gpu-a1?dryRun=All}. */
    public synchronized void before(String request, Runnable what) {
        interventions.put(request, what);
    }

    /** A right that nobody has, as {@code patch nodes}. */
    public synchronized void forbid(String right) {
        forbidden.add(right);
    }

    /** As the kubelet does it every few seconds. */
    public synchronized void touch(String node) {
        ((ObjectNode) nodes.get(node).path("metadata")).put("resourceVersion", next());
    }

    public synchronized void remove(String pod) {
        pods.remove(pod);
    }

    public synchronized JsonNode node(String name) {
        return nodes.get(name).deepCopy();
    }

    public synchronized List<String> pods() {
        return List.copyOf(pods.keySet());
    }

    public synchronized JsonNode pod(String name) {
        return pods.get(name).deepCopy();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI()
                .getPath()
                .substring("/api/v1/".length())
                .split("/");
        Map<String, String> query = query(exchange);
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        String method = exchange.getRequestMethod();
        if (!method.equals("GET")) {
            writes.add(method + ' ' + exchange.getRequestURI());
        }
        Runnable intervention = interventions.remove(method + ' ' + exchange.getRequestURI());
        if (intervention != null) {
            intervention.run();
        }
        rights.add(right(method, path));
        if (forbidden.contains(right(method, path))) {
            refuse(
                    exchange,
                    403,
                    "Forbidden",
                    path[0] + " is forbidden: User \"executor\" cannot " + right(method, path));
        } else if (path[0].equals("nodes") && method.equals("GET")) {
            get(exchange, nodes, path.length > 1 ? path[1] : null, query, "NodeList");
        } else if (path[0].equals("nodes") && method.equals("PATCH")) {
            patch(exchange, path[1], query, body);
        } else if (path.length == 5 && path[4].equals("eviction") && method.equals("POST")) {
            evict(exchange, path[1] + '/' + path[3], body);
        } else if (method.equals("GET") && path[0].equals("pods")) {
            get(exchange, pods, null, query, "PodList");
        } else if (method.equals("GET") && path.length > 2 && path[2].equals("pods")) {
            Map<String, ObjectNode> there = new TreeMap<>(pods);
            there.keySet().removeIf(name -> !name.startsWith(path[1] + '/'));
            get(exchange, there, path.length > 3 ? path[1] + '/' + path[3] : null, query, "PodList");
        } else {
            refuse(exchange, 404, "NotFound", "no such resource: " + exchange.getRequestURI());
        }
    }

    private static String right(String method, String[] path) {
        boolean inNamespace = path[0].equals("namespaces");
        String resource = inNamespace ? path[2] + (path.length > 4 ? '/' + path[4] : "") : path[0];
        boolean isNamed = path.length > (inNamespace ? 3 : 1);
        String verb = method.equals("GET") ? (isNamed ? "get" : "list") : method.equals("POST") ? "create" : "patch";
        return verb + ' ' + resource;
    }

    private void get(
            HttpExchange exchange,
            Map<String, ObjectNode> all,
            @Nullable String name,
            Map<String, String> query,
            String kind)
            throws IOException {
        if (name != null) {
            ObjectNode one = all.get(name);
            if (one == null) {
                refuse(exchange, 404, "NotFound", "\"" + name + "\" not found");
            } else {
                send(exchange, 200, one);
            }
            return;
        }
        ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", kind);
        list.putObject("metadata").put("resourceVersion", next());
        var items = list.putArray("items");
        all.values().stream().filter(one -> isSelected(one, query)).forEach(items::add);
        send(exchange, 200, list);
    }

    private static boolean isSelected(ObjectNode one, Map<String, String> query) {
        String field = query.getOrDefault("fieldSelector", "");
        String label = query.getOrDefault("labelSelector", "");
        boolean fits = field.isEmpty()
                || one.at("/" + field.substring(0, field.indexOf('=')).replace('.', '/'))
                        .asText()
                        .equals(field.substring(field.indexOf('=') + 1));
        return fits
                && (label.isEmpty()
                        || one.at("/metadata/labels")
                                .path(label.substring(0, label.indexOf('=')))
                                .asText()
                                .equals(label.substring(label.indexOf('=') + 1)));
    }

    private void patch(HttpExchange exchange, String name, Map<String, String> query, JsonNode body)
            throws IOException {
        ObjectNode node = nodes.get(name);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (node == null) {
            refuse(exchange, 404, "NotFound", "nodes \"" + name + "\" not found");
        } else if (type == null || !type.startsWith("application/merge-patch+json")) {
            refuse(exchange, 415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + type);
        } else if (!body.at("/metadata/resourceVersion")
                .asText(node.at("/metadata/resourceVersion").asText())
                .equals(node.at("/metadata/resourceVersion").asText())) {
            refuse(
                    exchange,
                    409,
                    "Conflict",
                    "the object has been modified; please apply your changes to the latest version");
        } else {
            ObjectNode merged = node.deepCopy();
            merge(merged, body);
            ((ObjectNode) merged.path("metadata")).put("resourceVersion", next());
            if (!isDry(query.get("dryRun"))) {
                nodes.put(name, merged);
            }
            send(exchange, 200, merged);
        }
    }

    /** RFC 7396. */
    private static void merge(ObjectNode target, JsonNode patch) {
        patch.fields().forEachRemaining(field -> {
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue().isObject()) {
                merge(target.withObjectProperty(field.getKey()), field.getValue());
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }

    private void evict(HttpExchange exchange, String name, JsonNode body) throws IOException {
        ObjectNode pod = pods.get(name);
        String uid = body.at("/deleteOptions/preconditions/uid").asText();
        if (!body.path("apiVersion").asText().equals("policy/v1")
                || !body.path("kind").asText().equals("Eviction")) {
            refuse(exchange, 400, "BadRequest", "no kind \"" + body.path("kind").asText() + "\" is registered");
        } else if (pod == null) {
            refuse(exchange, 404, "NotFound", "pods \"" + name + "\" not found");
        } else if (!uid.isEmpty() && !uid.equals(pod.at("/metadata/uid").asText())) {
            refuse(exchange, 409, "Conflict", "Precondition failed: UID in precondition: " + uid);
        } else if (refusals.merge(name, -1, Integer::sum) >= 0) {
            refuse(
                    exchange,
                    429,
                    "TooManyRequests",
                    "Cannot evict pod as it would violate the pod's disruption budget.");
        } else {
            if (!isDry(body.at("/deleteOptions/dryRun/0").asText(null))) {
                pods.remove(name);
                makeAnew(pod);
            }
            send(exchange, 201, JSON.createObjectNode().put("kind", "Status").put("status", "Success"));
        }
    }

    /** As a StatefulSet does it: another pod of the same name. */
    private void makeAnew(ObjectNode pod) {
        if (pod.at("/metadata/ownerReferences/0/kind").asText().equals("StatefulSet")) {
            ObjectNode anew = addPod(
                    pod.at("/metadata/namespace").asText(),
                    pod.at("/metadata/name").asText(),
                    "gpu-b1",
                    "StatefulSet",
                    madeAnew);
            ((ObjectNode) anew.path("metadata")).set("labels", pod.at("/metadata/labels"));
        }
    }

    private static boolean isDry(@Nullable String dryRun) {
        if (dryRun != null && !dryRun.equals("All")) {
            throw new IllegalStateException("dryRun=" + dryRun);
        }
        return dryRun != null;
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null
                ? Map.of()
                : Arrays.stream(query.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static void refuse(HttpExchange exchange, int code, String reason, String message) throws IOException {
        send(
                exchange,
                code,
                JSON.createObjectNode()
                        .put("apiVersion", "v1")
                        .put("kind", "Status")
                        .put("status", "Failure")
                        .put("message", message)
                        .put("reason", reason)
                        .put("code", code));
    }

    private static void send(HttpExchange exchange, int code, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String next() {
        return String.valueOf(version.incrementAndGet());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
