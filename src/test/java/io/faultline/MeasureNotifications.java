package io.faultline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.cli.stack.Directories;
import io.faultline.cli.stack.FlinkCluster;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.SharedServers;
import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.HttpReceiver.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Counts what is lost and what is told twice while TaskManagers are killed; {@code bin/measure-notifications} runs it. */
final class MeasureNotifications {

    private static final String FAULT =
            "NVRM: Xid (PCI:0000:3b:00): 79, pid=2311, name=python, GPU has fallen off the bus.";

    private static final Path WORK = Path.of("target/measure-notifications");
    private static final Path PAGE = Path.of("docs/NOTIFY.md");
    private static final String HEADING = "## Measured\n";
    private static final String TOPIC = "measure-notifications";
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration NO_PROGRESS = Duration.ofMinutes(2);

    /** About as long as a kill and what follows take: a round's incidents come all the time. */
    private static final long ROUND_MILLIS = 15_000;

    /** A kill waits for so long for a message that is under way. */
    private static final Duration HUNT = Duration.ofSeconds(20);

    /** A receiver that answers at once would hardly ever be asked while a process is killed. */
    private static final long ANSWER_MILLIS = 200;

    private static final DateTimeFormatter SYSLOG =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final int kills;
    private final int incidents;
    private final Inbox keyed = new Inbox("{}");
    private final Inbox robot = new Inbox("{\"errcode\":0,\"errmsg\":\"ok\"}");
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final AtomicInteger allowed = new AtomicInteger();
    private final List<Gap> gaps = new ArrayList<>();

    private MeasureNotifications(int kills, int incidents) throws IOException {
        this.kills = kills;
        this.incidents = incidents;
    }

    /** What was sent between a checkpoint and the restart from it is sent again. */
    private record Gap(long from, long to) {

        boolean holds(Message message) {
            return message.at() >= from && message.at() <= to;
        }
    }

    private record Message(long at, String same, List<String> nodes) {}

    /** A receiver, and all that it was sent. */
    private static final class Inbox {

        private static final Pattern NODE = Pattern.compile("gpu-n\\d+");
        private static final Pattern INCIDENT = Pattern.compile("faultline verdict (\\S+)");

        private final HttpReceiver server = new HttpReceiver();
        private final List<Message> messages = new ArrayList<>();
        private final AtomicInteger asked = new AtomicInteger();

        Inbox(String answer) throws IOException {
            server.always(received -> {
                asked.incrementAndGet();
                take(received.key(), received.body());
                pause(ANSWER_MILLIS);
                asked.decrementAndGet();
                return Answer.ok(answer);
            });
        }

        /** Without a key what counts is the subject (why it is told) and the incident. */
        private synchronized void take(String key, String body) {
            Matcher incident = INCIDENT.matcher(body);
            String subject = body.substring(0, Math.max(0, body.indexOf("\\n")));
            String same = key != null ? key : subject + " " + (incident.find() ? incident.group(1) : body);
            List<String> nodes = NODE.matcher(body)
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
            messages.add(new Message(System.currentTimeMillis(), same, nodes));
        }

        boolean isAsked() {
            return asked.get() > 0;
        }

        synchronized List<Message> messages() {
            return List.copyOf(messages);
        }

        /** When each node was told first. */
        Map<String, Long> firsts() {
            Map<String, Long> firsts = new HashMap<>();
            messages().forEach(message -> message.nodes().forEach(node -> firsts.putIfAbsent(node, message.at())));
            return firsts;
        }

        long distinct() {
            return messages().stream().map(Message::same).distinct().count();
        }

        long repeated() {
            return messages().size() - distinct();
        }
    }

    /** @param args how many TaskManagers are killed, and during how many incidents */
    public static void main(String[] args) throws Exception {
        String table = new MeasureNotifications(Integer.parseInt(args[0]), Integer.parseInt(args[1])).run();
        System.out.println(table);
        String page = Files.readString(PAGE);
        int start = page.indexOf(HEADING) + HEADING.length();
        int end = page.indexOf("\n## ", start);
        Files.writeString(PAGE, page.substring(0, start) + "\n" + table + (end < 0 ? "" : page.substring(end)));
        System.exit(0);
    }

    private String run() throws Exception {
        Directories.delete(WORK);
        Files.createDirectories(WORK);
        KafkaServer kafka = SharedServers.kafka();
        kafka.createTopic(TOPIC, PARTITIONS);
        Map<String, String> flinkSettings = Map.of(
                "execution.checkpointing.interval", "2s",
                "execution.checkpointing.min-pause", "0",
                "execution.checkpointing.tolerable-failed-checkpoints", "100",
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.attempts", "100000",
                "restart-strategy.fixed-delay.delay", "500ms",
                // so that each kill takes a part of the job
                "taskmanager.load-balance.mode", "SLOTS",
                "parallelism.default", "2");
        ScheduledExecutorService lines = Executors.newScheduledThreadPool(1);
        try (FlinkCluster flink = FlinkCluster.start(SharedServers.files(), WORK.resolve("flink"), 2, flinkSettings)
                        .awaitReady();
                LogShipper shipper = new LogShipper(kafka.bootstrapServers(), TOPIC)) {
            String job = flink.submit(
                    Path.of("target/faultline-job.jar"),
                    LogJob.class.getName(),
                    "--config",
                    settings(kafka.bootstrapServers()).toString());
            flink.waitForRunning(job, PATIENCE);
            long step = Math.max(1, ROUND_MILLIS * kills / incidents);
            var fault = lines.scheduleAtFixedRate(() -> nextFault(shipper), 0, step, TimeUnit.MILLISECONDS);
            var clock = lines.scheduleAtFixedRate(() -> tick(shipper), 0, 1, TimeUnit.SECONDS);
            for (int kill = 0; kill < kills; kill++) {
                allowed.set((int) ((kill + 1L) * incidents / kills));
                round(flink, job, kill);
            }
            awaitAll();
            fault.cancel(false);
            clock.cancel(false);
            long restarts = flink.restarts(job);
            flink.cancel(job);
            return table(restarts);
        } finally {
            lines.shutdownNow();
            keyed.server.close();
            robot.server.close();
        }
    }

    /** The oldest one is killed, while a message is under way: where the other has just come, the whole job is on it. */
    private void round(FlinkCluster flink, String job, int kill) {
        flink.waitForCheckpoint(job, PATIENCE);
        long hunt = System.nanoTime();
        while (!robot.isAsked() && System.nanoTime() - hunt < HUNT.toNanos()) {
            pause(5);
        }
        long last = latest(flink, job, "completed/trigger_timestamp");
        long killed = System.currentTimeMillis();
        flink.killTaskManager(kill);
        flink.startTaskManager();
        flink.waitForCheckpoint(job, PATIENCE);
        flink.waitForRunning(job, PATIENCE);
        gaps.add(new Gap(last - 1_000, Math.max(latest(flink, job, "restored/restore_timestamp"), killed)));
        System.err.println("kill " + (kill + 1) + ": back after " + (System.currentTimeMillis() - killed) + " ms; "
                + robot.messages().size() + " messages of " + sent.size() + " lines");
    }

    private static long latest(FlinkCluster flink, String job, String what) {
        return flink.request("GET", "/jobs/" + job + "/checkpoints", "")
                .at("/latest/" + what)
                .asLong();
    }

    private void nextFault(LogShipper shipper) {
        if (sent.size() < allowed.get()) {
            String node = "gpu-n" + sent.size();
            send(shipper, node, FAULT, null);
            sent.put(node, System.currentTimeMillis());
        }
    }

    /** Time goes on though nothing else is written. */
    private static void tick(LogShipper shipper) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            send(shipper, "clock-" + partition, "perf: interrupt took too long (2513 > 2500)", partition);
        }
    }

    private static void send(LogShipper shipper, String host, String text, @Nullable Integer partition) {
        Instant now = Instant.now();
        byte[] line = (SYSLOG.format(now) + " " + host + " kernel: " + text).getBytes(UTF_8);
        shipper.send(new RawLog(Origin.file(host, 1), now, host, line, Attributes.NONE), now.toEpochMilli(), partition);
    }

    private void awaitAll() {
        int before = -1;
        long since = System.nanoTime();
        while (lost() > 0 && System.nanoTime() - since < NO_PROGRESS.toNanos()) {
            int now = keyed.messages().size() + robot.messages().size();
            if (now != before) {
                before = now;
                since = System.nanoTime();
            }
            pause(500);
        }
        pause(5_000); // what is told twice comes after what is told once
    }

    private long lost() {
        return 2L * incidents - keyed.firsts().size() - robot.firsts().size();
    }

    private String table(long restarts) {
        return String.format(
                Locale.ROOT,
                """
                `bin/measure-notifications %d %d`, %s, %d cores, %s: while %d incidents come, the TaskManager that has the job is
                killed %d times, each time while a message is under way (%d restarts, a checkpoint every 2 s).

                | | webhook, with a key | robot, without |
                |---|---|---|
                | requests | %d | %d |
                | different ones | %d | %d |
                | lost incidents | %d | %d |
                | repeated | %d, each under its key | %d; at most %d were sent between a checkpoint and a restart from it |
                | longest time from line to message | %.1f s | %.1f s |
                """,
                kills,
                incidents,
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                incidents,
                kills,
                restarts,
                keyed.messages().size(),
                robot.messages().size(),
                keyed.distinct(),
                robot.distinct(),
                sent.size() - keyed.firsts().size(),
                sent.size() - robot.firsts().size(),
                keyed.repeated(),
                robot.repeated(),
                robot.messages().stream()
                        .filter(message -> gaps.stream().anyMatch(gap -> gap.holds(message)))
                        .count(),
                longest(keyed),
                longest(robot));
    }

    private double longest(Inbox inbox) {
        return inbox.firsts().entrySet().stream()
                        .mapToLong(told -> told.getValue() - sent.getOrDefault(told.getKey(), told.getValue()))
                        .max()
                        .orElse(0)
                / 1000.0;
    }

    private Path settings(String kafka) throws IOException {
        return Files.writeString(
                        WORK.resolve("job.yaml"),
                        """
                        collect:
                          source:
                            kafka: {bootstrap-servers: "%1$s", topics: [%2$s]}
                          decode: {silence: 1s}
                          event-time: {out-of-orderness: 5s}
                        explain:
                          correlate: {settle: 1s}
                        respond:
                          notify:
                            receivers:
                              - {name: portal, channel: webhook, url: "%3$s", send-resolved: false, rate: 1000/s}
                              - {name: group, channel: wecom, url: "%4$s", send-resolved: false, rate: 1000/s}
                            route:
                              group-wait: 0s
                              routes:
                                - {receiver: portal, matchers: ['severity!=low'], continue: true}
                                - {receiver: group, matchers: ['severity!=low']}
                        """
                                .formatted(kafka, TOPIC, keyed.server.url(), robot.server.url()))
                .toAbsolutePath();
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
