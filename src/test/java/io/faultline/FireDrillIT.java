package io.faultline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.cli.Drill;
import io.faultline.cli.Drill.Occasion;
import io.faultline.cli.TypedCommand;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.SharedServers;
import io.faultline.model.Attributes;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.respond.notify.channel.HttpReceiver;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a drill's line from the command through a real broker and the whole job to whoever is told. */
class FireDrillIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOLD = "flink_taskmanager_job_task_operator_notify_drill_told_seconds";
    private static final String LATENCY = "flink_taskmanager_job_task_operator_notify_drill_latency_seconds";

    private final KafkaServer kafka = SharedServers.kafka();

    @TempDir
    private Path directory;

    @Test
    void tellsADrillToTheReceiverThatItsRouteNamesAndOneThatDoesNotComeToThePager() throws Exception {
        Instant start = Instant.now();
        Instant yesterday = start.minus(Duration.ofHours(26));
        kafka.createTopic("drill-logs", 1);
        kafka.createTopic("drill-inventory", 1);
        int metrics = freePort();
        try (HttpReceiver drills = new HttpReceiver().always(received -> HttpReceiver.Answer.ok("ok"));
                HttpReceiver pager = new HttpReceiver();
                MemorySinks found = new MemorySinks();
                LogShipper shipper = new LogShipper(kafka.bootstrapServers(), "drill-logs")) {
            Path config = config(drills, pager, ready(yesterday.minusSeconds(60)));
            JobSettings settings = JobSettings.of(config, Map.of());
            StreamExecutionEnvironment environment = environment(metrics);
            new Topology(settings, new ConfiguredSources(settings), found).wire(environment);
            JobClient job = environment.executeAsync();

            ship(shipper, new Drill("drill-00000001", "cron", Occasion.SCHEDULED).line(yesterday), yesterday);
            ship(shipper, ready(yesterday.plusSeconds(60)), yesterday.plusSeconds(60));
            await().atMost(PATIENCE).until(() -> has(drills, "fire drill drill-00000001 of cron"));
            assertThat(pager.received()).isEmpty();

            TypedCommand drill = new TypedCommand("drill", "--config", config.toString(), "--author", "ann");
            TypedCommand stop = new TypedCommand("drill", "--config", config.toString(), "--author", "ann", "--stop");
            assertThat(drill.code() + stop.code()).as(drill.err() + stop.err()).isZero();
            // the job's time goes on with its logs
            await().atMost(PATIENCE).until(() -> {
                ship(shipper, ready(Instant.now()), Instant.now());
                return has(drills, "fire drill " + drill.out().strip() + " of ann");
            });
            await().atMost(PATIENCE).until(() -> has(pager, "The scheduled fire drill does not come any more"));
            await().atMost(PATIENCE).until(() -> metric(metrics, TOLD) >= start.getEpochSecond());
            double latency = metric(metrics, LATENCY);
            job.cancel().get();

            assertThat(latency).isBetween(0.001, (double) PATIENCE.toSeconds());
            assertThat(drills.received()).hasSize(2).allMatch(told -> told.body()
                    .contains("[DRILL] new incident: "));
            // and perhaps that it is over, since the schedule was ended
            assertThat(pager.received())
                    .allMatch(told -> told.body().contains("The scheduled fire drill does not come any more"));
            assertThat(found.incidents())
                    .filteredOn(Incident::isDrill)
                    .hasSize(2)
                    .allMatch(incident -> incident.severity() == Level.INFORMATIONAL);
        }
    }

    /** All logs fall silent again and again for longer than the idleness, and what is read with them ends or never comes. */
    private Path config(HttpReceiver drills, HttpReceiver pager, String old) throws IOException {
        Path file = Files.writeString(directory.resolve("old.json.log"), old + "\n");
        return Files.writeString(
                directory.resolve("job.yaml"),
                """
                collect:
                  source:
                    files: {paths: ["%s"]}
                    kafka: {bootstrap-servers: "%s", topics: [drill-logs], start: earliest, idleness: 1s}
                  event-time: {out-of-orderness: 1s}
                  enrich: {inventory-topic: drill-inventory}
                explain:
                  correlate: {settle: 1s}
                respond:
                  notify:
                    receivers:
                      - {name: pager, channel: webhook, url: "%s"}
                      - {name: drills, channel: slack, url: "%s", min-severity: informational, send-resolved: false}
                    route:
                      receiver: pager
                      routes:
                        - {matchers: [rule=fire-drill], receiver: drills}
                """
                        .formatted(file, kafka.bootstrapServers(), pager.url(), drills.url()));
    }

    /** As {@link JobConfiguration#embedded}, with metrics as a cluster has them. */
    private static StreamExecutionEnvironment environment(int port) {
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "none");
        configuration.setString("rest.bind-port", "0");
        configuration.setString(
                "metrics.reporter.prometheus.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
        configuration.setString("metrics.reporter.prometheus.port", String.valueOf(port));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        JobConfiguration.insist(environment);
        return environment;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The largest value that a task tells, but NaN, which is what tasks tell that told no drill. */
    private static double metric(int port, String name) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
        String page = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return page.lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(0);
    }

    private static boolean has(HttpReceiver receiver, String words) {
        return receiver.received().stream().anyMatch(told -> told.body().contains(words));
    }

    private static String ready(Instant at) {
        return "{\"timestamp\":\"" + at + "\",\"level\":\"INFO\",\"message\":\"ready\"}";
    }

    private static void ship(LogShipper shipper, String line, Instant at) {
        RawLog log =
                new RawLog(Origin.file("gateway", 1), at, "gateway.json.log", line.getBytes(UTF_8), Attributes.NONE);
        shipper.send(log, at.toEpochMilli());
        shipper.flush();
    }
}
