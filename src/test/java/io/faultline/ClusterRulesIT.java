package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.stack.Directories;
import io.faultline.cli.stack.ElasticsearchServer;
import io.faultline.cli.stack.FlinkCluster;
import io.faultline.cli.stack.JobState;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.ServerException;
import io.faultline.cli.stack.SharedServers;
import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** On a real cluster under load, a rule is pushed and a TaskManager is killed. */
class ClusterRulesIT {

    private static final Path WORK = Path.of("target/it/cluster-rules");
    private static final Path CLI = Path.of(System.getProperty("faultline.home", "target/faultline"), "bin/faultline");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration ROUND = Duration.ofMinutes(1);
    private static final Duration XID_TO_LINK = Duration.ofSeconds(30);
    private static final DateTimeFormatter KERNEL_TIME =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** In each round an Xid, and a link that goes down: the load. */
    private static final List<String> BUSY = List.of("gpu-a1", "gpu-a2", "gpu-a3", "gpu-a4");

    /** An Xid before all else, and the link after all else: their partial matches are there all the time. */
    private static final List<String> HELD = List.of("gpu-b1", "gpu-b2", "gpu-b3", "gpu-b4");

    private static final String XID_THEN_LINK =
            """
            kind: sequence
            match:
              - {name: xid, where: kind == 'gpu.xid'}
              - {name: link, where: kind == 'link.down'}
            within: 7d
            suppress: 0s
            """;

    private static final String LINK_DOWN =
            "kind: sequence\nmatch:\n  - {name: link, where: kind == 'link.down'}\nsuppress: 0s\n";

    private final KafkaServer kafka = SharedServers.kafka();
    private final ElasticsearchServer elasticsearch = SharedServers.elasticsearch();
    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void losesNoAlertAndDoublesNoneThoughATaskManagerIsKilledAfterAPush() throws Exception {
        Directories.delete(WORK);
        Files.createDirectories(WORK.resolve("rules"));
        kafka.createTopic("cluster-rules-logs", 2);
        kafka.createTopic("cluster-rules-control", 1);
        rule(WORK.resolve("rules"), "xid-then-link", XID_THEN_LINK);
        Path settings = settings();

        try (FlinkCluster flink = startFlink();
                LogShipper shipper = new LogShipper(kafka.bootstrapServers(), "cluster-rules-logs")) {
            String job = flink.submit(
                    Path.of("target/faultline-job.jar"), LogJob.class.getName(), "--config", settings.toString());
            flink.waitForRunning(job, PATIENCE);
            HELD.forEach(node -> xid(shipper, node, START));
            ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
            var sending = load.scheduleAtFixedRate(() -> round(shipper), 0, 200, TimeUnit.MILLISECONDS);
            patiently().until(() -> count("xid-then-link") > 0);

            push(rule(WORK, "link-down", LINK_DOWN), settings);
            patiently().until(() -> count("link-down") > 0);
            flink.killTaskManager(0);
            flink.startTaskManager();
            flink.waitForRestarts(job, 1, PATIENCE);
            flink.waitForRunning(job, PATIENCE);
            long before = count("link-down");
            patiently().until(() -> count("link-down") > before);

            sending.cancel(false);
            load.shutdown();
            assertThat(load.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            Instant end = startOf(rounds.get());
            HELD.forEach(node -> linkDown(shipper, node, end));
            List.of(0, 1).forEach(partition -> timeGoesOn(shipper, end.plus(Duration.ofHours(1)), partition));
            shipper.flush();
            patiently().until(() -> count("link-down AND event.start:\"" + end + "\"") == HELD.size());
            patiently().until(() -> count("xid-then-link") >= HELD.size() + (long) BUSY.size() * rounds.get());
            flink.stopWithSavepoint(job, PATIENCE);
            flink.waitForState(job, JobState.FINISHED, PATIENCE);
        }

        assertThat(alerts("xid-then-link")).containsExactlyInAnyOrderElementsOf(xids());
        List<String> pushed = alerts("link-down");
        assertThat(pushed).doesNotHaveDuplicates();
        for (String node : HELD) {
            assertThat(pushed).contains(node + " " + startOf(rounds.get()));
        }
        for (String node : BUSY) {
            List<String> links = linksDown(node);
            List<String> told = pushed.stream().filter(links::contains).sorted().toList();
            assertThat(told).as(node).isNotEmpty();
            assertThat(told)
                    .as("each from the first on")
                    .isEqualTo(links.subList(links.size() - told.size(), links.size()));
        }
        assertThat(pushed).as("before the push there was none").hasSizeLessThan(xids().size());
    }

    /** One part of the job on each TaskManager. */
    private static FlinkCluster startFlink() {
        return FlinkCluster.start(
                        SharedServers.files(),
                        WORK.resolve("flink"),
                        2,
                        Map.of(
                                "execution.checkpointing.interval", "500",
                                "execution.checkpointing.min-pause", "0",
                                "taskmanager.load-balance.mode", "SLOTS",
                                "parallelism.default", "2"))
                .awaitReady();
    }

    private static Instant startOf(int round) {
        return START.plus(ROUND.multipliedBy(round + 1L));
    }

    /** All that the rule that never changed has to find. */
    private List<String> xids() {
        List<String> xids = new ArrayList<>();
        HELD.forEach(node -> xids.add(node + " " + START));
        for (String node : BUSY) {
            for (int round = 0; round < rounds.get(); round++) {
                xids.add(node + " " + startOf(round));
            }
        }
        return xids;
    }

    private List<String> linksDown(String node) {
        List<String> links = new ArrayList<>();
        for (int round = 0; round < rounds.get(); round++) {
            links.add(node + " " + startOf(round).plus(XID_TO_LINK));
        }
        return links;
    }

    /** An index that is just being made answers that it is not there yet. */
    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE).ignoreExceptionsInstanceOf(ServerException.class);
    }

    private static void push(Path rule, Path settings) throws Exception {
        Process push = new ProcessBuilder(
                        CLI.toAbsolutePath().toString(),
                        "rules",
                        "push",
                        rule.toString(),
                        "--config",
                        settings.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(push.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(push.waitFor()).as(said).isZero();
        assertThat(said).contains("link-down: version 1 is pushed");
    }

    private static Path rule(Path directory, String id, String pattern) throws IOException {
        String text = SampleRules.file(id, pattern).text().replace("group-by: [job]", "group-by: [node]");
        return Files.writeString(directory.resolve(id + ".yaml"), text);
    }

    private void round(LogShipper shipper) {
        Instant time = startOf(rounds.getAndIncrement());
        BUSY.forEach(node -> xid(shipper, node, time));
        BUSY.forEach(node -> linkDown(shipper, node, time.plus(XID_TO_LINK)));
        shipper.flush();
    }

    private static void xid(LogShipper shipper, String node, Instant time) {
        send(shipper, node, time, "NVRM: Xid (PCI:0000:9b:00): 79, pid=2311, name=python, GPU has fallen off the bus.");
    }

    private static void linkDown(LogShipper shipper, String node, Instant time) {
        send(shipper, node, time, "mlx5_core 0000:5e:00.0 ens1f0: Link down");
    }

    private static void timeGoesOn(LogShipper shipper, Instant time, int partition) {
        String text = "perf: interrupt took too long (2513 > 2500), lowering rate";
        shipper.send(log("gpu-c" + partition, time, text), time.toEpochMilli(), partition);
    }

    /** Both partitions have load, so that neither is silent and both tell the time. */
    private static void send(LogShipper shipper, String node, Instant time, String text) {
        shipper.send(log(node, time, text), time.toEpochMilli(), node.charAt(node.length() - 1) % 2);
    }

    private static RawLog log(String node, Instant time, String text) {
        String line = KERNEL_TIME.format(time) + " " + node + " kernel: " + text;
        byte[] payload = line.getBytes(StandardCharsets.UTF_8);
        return new RawLog(Origin.file(node, 1), time, node + ".kernel.log", payload, Attributes.NONE);
    }

    /** The shipped file with other addresses and without the shipped rules. */
    private Path settings() throws IOException {
        Path password = Files.writeString(WORK.resolve("password"), SharedServers.PASSWORD);
        SettingsTree settings = SettingsTree.of(YamlFile.read(Path.of("flink-conf/job.yaml")))
                .put("collect.source.kafka.bootstrap-servers", kafka.bootstrapServers())
                .put("collect.source.kafka.topics", List.of("cluster-rules-logs"))
                .put("detect.match.rules-topic", "cluster-rules-control")
                .put(
                        "detect.match.rules-directory",
                        WORK.resolve("rules").toAbsolutePath().toString())
                .put("detect.match.disabled", RuleSet.shippedIds())
                .put("store.elasticsearch.hosts", List.of(elasticsearch.uri().toString()))
                .put("store.elasticsearch.index-prefix", "cluster-rules")
                .put("store.elasticsearch.user", ElasticsearchServer.USER)
                .put(
                        "store.elasticsearch.password-file",
                        password.toAbsolutePath().toString());
        return Files.writeString(WORK.resolve("job.yaml"), settings.tree().toPrettyString())
                .toAbsolutePath();
    }

    private long count(String rule) {
        return elasticsearch.count("cluster-rules-alerts", "rule.id:" + rule);
    }

    /** What was stored of a rule: node and start, once for each document. */
    private List<String> alerts(String rule) {
        elasticsearch.request("POST", "/cluster-rules-alerts/_refresh", "");
        JsonNode found = elasticsearch.request("GET", "/cluster-rules-alerts/_search?size=10000&q=rule.id:" + rule, "");
        return StreamSupport.stream(found.at("/hits/hits").spliterator(), false)
                .map(hit -> hit.path("_source"))
                .map(alert -> alert.path("host.name").asText() + " "
                        + Instant.parse(alert.path("event.start").asText()))
                .toList();
    }
}
