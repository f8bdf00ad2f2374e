package io.faultline;

import io.faultline.ReloadTrial.Reload;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Measures how soon a pushed rule is in force; {@code bin/measure-reload} runs it. */
final class MeasureReload {

    private MeasureReload() {}

    /** @param args how many versions are pushed at each parallelism */
    public static void main(String[] args) throws Exception {
        KafkaServer kafka = SharedServers.kafka();
        int versions = Integer.parseInt(args[0]);
        System.out.println("| parallelism | pushes | first alert: median | longest | all tasks: median | longest |");
        System.out.println("|---|---|---|---|---|---|");
        for (int parallelism : List.of(1, 2, 8)) {
            String topic = "measure-reload-" + parallelism;
            kafka.createTopic(topic, 1);
            List<Reload> reloads = new ReloadTrial(kafka.bootstrapServers(), topic, parallelism).push(versions);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %d | %s | %s |%n",
                    parallelism,
                    versions,
                    millis(reloads, Reload::first),
                    millis(reloads, Reload::all));
        }
        System.exit(0);
    }

    private static String millis(List<Reload> reloads, Function<Reload, Duration> time) {
        long[] sorted = reloads.stream()
                .map(time)
                .mapToLong(Duration::toMillis)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2] + " ms | " + sorted[sorted.length - 1] + " ms";
    }
}
