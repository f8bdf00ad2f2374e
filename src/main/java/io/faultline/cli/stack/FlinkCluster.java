package io.faultline.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A standalone Flink session cluster: one JobManager and some TaskManagers, each a process, with the very
 * {@code flink-conf/config.yaml} that is deployed. Jobs are given to it by its REST interface.
 */
public final class FlinkCluster implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 200;

    private final FlinkProcesses processes;
    private final JsonHttp http;
    private final ServerProcess jobManager;
    private final List<ServerProcess> taskManagers = new ArrayList<>();
    private int started;

    private FlinkCluster(FlinkProcesses processes, int count) {
        this.processes = processes;
        this.http = new JsonHttp(URI.create("http://localhost:" + processes.restPort()));
        this.jobManager = processes.jobManager();
        for (int i = 0; i < count; i++) {
            startTaskManager();
        }
    }

    /**
     * Starts the processes and returns at once; {@link #awaitReady()} waits for them.
     *
     * @param directory for data, checkpoints, savepoints and logs
     * @param taskManagers how many, each with two slots
     * @param settings Flink settings above those of {@code config.yaml}
     */
    public static FlinkCluster start(StackFiles files, Path directory, int taskManagers, Map<String, String> settings) {
        return new FlinkCluster(FlinkProcesses.of(files, directory.toAbsolutePath(), settings), taskManagers);
    }

    /** Waits until every living TaskManager has offered its slots. */
    public FlinkCluster awaitReady() {
        jobManager.awaitReady(PATIENCE, () -> {
            for (ServerProcess taskManager : taskManagers) {
                if (!taskManager.isAlive()) {
                    throw taskManager.failure("died");
                }
            }
            return http.request("GET", "/overview", "").path("taskmanagers").asInt() >= taskManagers.size();
        });
        return this;
    }

    /** {@code http://localhost:8081}: REST interface and web UI. */
    public URI uri() {
        return http.base();
    }

    /** Where checkpoints and savepoints of this cluster go. */
    public Path checkpoints() {
        return processes.checkpoints();
    }

    /** Uploads a jar and runs its main class; returns the job's id. */
    public String submit(Path jar, String mainClass, String... arguments) {
        return run(upload(jar), mainClass, "", List.of(arguments));
    }

    /** As {@link #submit}, continuing from a savepoint or checkpoint. */
    public String submitFrom(String savepoint, Path jar, String mainClass, String... arguments) {
        return run(upload(jar), mainClass, savepoint, List.of(arguments));
    }

    public JobState state(String job) {
        return JobState.valueOf(request("GET", "/jobs/" + job, "").path("state").asText());
    }

    /** Waits for a state of the job; a job that ends in another one is an exception with its reasons. */
    public void waitForState(String job, JobState wanted, Duration patience) {
        waitFor(job, "is " + wanted, patience, state -> state == wanted);
    }

    /** Waits until the job and every one of its tasks run. */
    public void waitForRunning(String job, Duration patience) {
        waitFor(job, "runs with all its tasks", patience, state -> state == JobState.RUNNING && allTasksRun(job));
    }

    /** Waits until the job was restarted that often. A restart may be shorter than the state of it is to be seen. */
    public void waitForRestarts(String job, long count, Duration patience) {
        waitFor(job, "was restarted", patience, state -> restarts(job) >= count);
    }

    /** Waits until a checkpoint more than now is complete. */
    public void waitForCheckpoint(String job, Duration patience) {
        long before = completedCheckpoints(job);
        waitFor(job, "completes a checkpoint", patience, state -> completedCheckpoints(job) > before);
    }

    public long completedCheckpoints(String job) {
        return request("GET", "/jobs/" + job + "/checkpoints", "")
                .path("counts")
                .path("completed")
                .asLong();
    }

    /** How often the job was restarted; Flink tells it seconds later. */
    public long restarts(String job) {
        JsonNode metrics = request("GET", "/jobs/" + job + "/metrics?get=numRestarts", "");
        return metrics.path(0).path("value").asLong(0);
    }

    /** What made the job fail so far, the last first; empty where nothing did. */
    public String exceptions(String job) {
        StringBuilder text = new StringBuilder();
        JsonNode history = request("GET", "/jobs/" + job + "/exceptions", "").path("exceptionHistory");
        history.path("entries")
                .forEach(entry -> text.append(entry.path("stacktrace").asText()).append('\n'));
        return text.toString();
    }

    /** Stops the job with a savepoint and returns where it lies. */
    public String stopWithSavepoint(String job, Duration patience) {
        ObjectNode body = JSON.createObjectNode()
                .put("drain", false)
                .put("targetDirectory", processes.savepoints().toUri().toString());
        String trigger = request("POST", "/jobs/" + job + "/stop", body.toString())
                .path("request-id")
                .asText();
        String path = "/jobs/" + job + "/savepoints/" + trigger;
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode answer = request("GET", path, "");
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                JsonNode operation = answer.path("operation");
                if (operation.has("failure-cause")) {
                    throw new ServerException("no savepoint of " + job + ": " + operation);
                }
                return operation.path("location").asText();
            }
            pause();
        }
        throw new ServerException("no savepoint of " + job + " after " + patience.toSeconds() + " s");
    }

    public void cancel(String job) {
        request("PATCH", "/jobs/" + job + "?mode=cancel", "");
    }

    /** The REST interface itself, for what has no method here. */
    public JsonNode request(String method, String path, String body) {
        try {
            return http.request(method, path, body);
        } catch (IOException e) {
            throw jobManager.failure("did not answer well: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted", e);
        }
    }

    /** Kills a TaskManager, counted from 0, as a power cut would. */
    public void killTaskManager(int index) {
        taskManagers.get(index).kill();
    }

    /** Starts one more TaskManager and returns at once; returns its index. */
    public int startTaskManager() {
        taskManagers.add(processes.taskManager(started++));
        return taskManagers.size() - 1;
    }

    /** What the metrics reporters of all living processes tell now, in Prometheus' text format. */
    public String metrics() {
        return processes.metrics();
    }

    @Override
    public void close() {
        taskManagers.parallelStream().forEach(ServerProcess::close);
        jobManager.close();
    }

    private String upload(Path jar) {
        String boundary = "faultline-" + UUID.randomUUID();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                + jar.getFileName() + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
        try {
            JsonNode answer = http.send(
                    "POST",
                    "/jars/upload",
                    "multipart/form-data; boundary=" + boundary,
                    BodyPublishers.concat(
                            BodyPublishers.ofString(head),
                            BodyPublishers.ofFile(jar),
                            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")));
            String file = answer.path("filename").asText();
            return file.substring(file.lastIndexOf('/') + 1);
        } catch (IOException e) {
            throw jobManager.failure("did not take " + jar + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted", e);
        }
    }

    private String run(String jarId, String mainClass, String savepoint, List<String> arguments) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("entryClass", mainClass);
        body.put("programArgsList", arguments);
        body.put("parallelism", processes.parallelism());
        if (!savepoint.isEmpty()) {
            body.put("savepointPath", savepoint);
        }
        return request("POST", "/jars/" + jarId + "/run", JSON.valueToTree(body).toString())
                .path("jobid")
                .asText();
    }

    private boolean allTasksRun(String job) {
        for (JsonNode vertex : request("GET", "/jobs/" + job, "").path("vertices")) {
            String status = vertex.path("status").asText();
            if (!status.equals("RUNNING") && !status.equals("FINISHED")) {
                return false;
            }
        }
        return true;
    }

    private void waitFor(String job, String what, Duration patience, Predicate<JobState> wanted) {
        long deadline = System.nanoTime() + patience.toNanos();
        JobState state = state(job);
        while (!wanted.test(state)) {
            if (state.isTerminal()) {
                throw new ServerException(
                        "job " + job + " is " + state + " before it " + what + ":\n" + exceptions(job));
            }
            if (System.nanoTime() > deadline) {
                throw new ServerException("job " + job + " is " + state + " " + patience.toSeconds()
                        + " s after it was expected that it " + what + ":\n" + exceptions(job));
            }
            pause();
            state = state(job);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted", e);
        }
    }
}
