package io.faultline.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the processes of a Flink cluster are started: what the scripts of Flink's distribution do. */
final class FlinkProcesses {

    private static final String JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

    /** The parts of a TaskManager's memory; the scripts work these out from its process size. */
    private static final Map<String, String> MEMORY = Map.ofEntries(
            Map.entry("taskmanager.cpu.cores", "2.0"),
            Map.entry("taskmanager.memory.task.heap.size", "384mb"),
            Map.entry("taskmanager.memory.task.off-heap.size", "64mb"),
            Map.entry("taskmanager.memory.framework.heap.size", "128mb"),
            Map.entry("taskmanager.memory.framework.off-heap.size", "128mb"),
            Map.entry("taskmanager.memory.managed.size", "192mb"),
            Map.entry("taskmanager.memory.network.min", "64mb"),
            Map.entry("taskmanager.memory.network.max", "64mb"),
            Map.entry("taskmanager.memory.jvm-metaspace.size", "256mb"),
            Map.entry("taskmanager.memory.jvm-overhead.min", "192mb"),
            Map.entry("taskmanager.memory.jvm-overhead.max", "192mb"));

    private final StackFiles files;
    private final Path work;
    private final int restPort;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Integer> metricsPorts = new ArrayList<>();

    private FlinkProcesses(StackFiles files, Path work, int rpcPort, int restPort, Map<String, String> settings) {
        this.files = files;
        this.work = work;
        this.restPort = restPort;
        this.settings.putAll(Map.of(
                "jobmanager.rpc.address", "localhost",
                "jobmanager.rpc.port", String.valueOf(rpcPort),
                "rest.port", String.valueOf(restPort),
                "rest.bind-port", String.valueOf(restPort),
                "rest.address", "localhost",
                "io.tmp.dirs", work.resolve("tmp").toString(),
                "execution.checkpointing.dir",
                        work.resolve("checkpoints").toUri().toString(),
                "execution.checkpointing.savepoint-dir",
                        work.resolve("savepoints").toUri().toString()));
        this.settings.putAll(Map.of(
                "jobmanager.bind-host", "localhost",
                "rest.bind-address", "localhost",
                "taskmanager.host", "localhost",
                "taskmanager.bind-host", "localhost",
                "taskmanager.numberOfTaskSlots", "2",
                // a killed TaskManager is noticed in seconds: this is one machine
                "heartbeat.interval", "2000",
                "heartbeat.timeout", "10000"));
        this.settings.putAll(settings);
    }

    /** Of jobs that name none: what the settings say, else 1. Flink's REST API does not look for it itself. */
    int parallelism() {
        return Integer.parseInt(settings.getOrDefault("parallelism.default", "1"));
    }

    static FlinkProcesses of(StackFiles files, Path work, Map<String, String> settings) {
        int[] ports = Ports.free(2);
        try {
            for (String directory : List.of("tmp", "checkpoints", "savepoints")) {
                Files.createDirectories(work.resolve(directory));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FlinkProcesses(files, work, ports[0], ports[1], settings);
    }

    int restPort() {
        return restPort;
    }

    Path checkpoints() {
        return work.resolve("checkpoints");
    }

    Path savepoints() {
        return work.resolve("savepoints");
    }

    ServerProcess jobManager() {
        return launch("jobmanager", JOB_MANAGER, List.of("-Xmx640m", "-XX:MaxMetaspaceSize=256m"), Map.of());
    }

    ServerProcess taskManager(int number) {
        Map<String, String> own = new LinkedHashMap<>(MEMORY);
        own.put("taskmanager.resource-id", "taskmanager-" + number);
        return launch(
                "taskmanager-" + number,
                TASK_MANAGER,
                List.of("-Xmx512m", "-XX:MaxDirectMemorySize=256m", "-XX:MaxMetaspaceSize=256m"),
                own);
    }

    /** What all living processes report. */
    String metrics() {
        StringBuilder text = new StringBuilder();
        HttpClient client = HttpClient.newHttpClient();
        for (int port : metricsPorts) {
            URI uri = URI.create("http://localhost:" + port + "/metrics");
            try {
                text.append(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body());
            } catch (IOException e) {
                text.append("# port ").append(port).append(": ").append(e).append('\n'); // that process is dead
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ServerException("interrupted", e);
            }
        }
        return text.toString();
    }

    private ServerProcess launch(String name, String mainClass, List<String> memory, Map<String, String> own) {
        int metricsPort = Ports.free(1)[0];
        metricsPorts.add(metricsPort);
        Path conf = files.flinkConf();
        List<String> command = new ArrayList<>(List.of(StackFiles.java(), "-XX:+UseSerialGC"));
        command.addAll(memory);
        command.addAll(javaOptions(conf));
        command.addAll(List.of(
                "-Dlog4j.configurationFile=" + conf.resolve("log4j-console.properties"),
                "-cp",
                files.flinkLib() + "/*",
                mainClass,
                "--configDir",
                conf.toString()));
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(own);
        all.put("metrics.reporter.prom.port", String.valueOf(metricsPort));
        all.forEach((key, value) -> command.add("-D" + key + "=" + value));
        return ServerProcess.start(name, work, command, Map.of());
    }

    /** {@code env.java.opts.all}, which only the scripts read. */
    private static List<String> javaOptions(Path conf) {
        JsonNode options = YamlFile.read(conf.resolve("config.yaml")).at("/env/java/opts/all");
        return List.of(options.asText().strip().split("\\s+"));
    }
}
