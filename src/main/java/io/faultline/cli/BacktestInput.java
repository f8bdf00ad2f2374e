package io.faultline.cli;

import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.source.KafkaExtract;
import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.settings.Problems;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which logs {@code rules backtest} reads: files, or a part of what Kafka holds. */
final class BacktestInput {

    @Option(
            names = "--logs",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Log files, also .gz and .zst; - is standard input.")
    private List<Path> files = List.of();

    @Option(names = "--kafka", paramLabel = "BOOTSTRAP", description = "Read Kafka, as host:port, in place of files.")
    private @Nullable String kafka;

    @Option(names = "--topic", paramLabel = "TOPIC", split = ",", description = "The topics to read; may come again.")
    private List<String> topics = List.of();

    @Option(names = "--from", paramLabel = "TIME", description = "Of Kafka, from this time of the records on.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Of Kafka, what is before this time of the records.")
    private @Nullable String to;

    @Option(
            names = "--origins",
            paramLabel = "ORIGIN",
            split = ",",
            description =
                    "As train.log:42 or logs/3@120044: these files or partitions, each up to the last of these places.")
    private List<String> origins = List.of();

    private final List<Origin> wanted = new ArrayList<>();
    private final Map<Place, Long> last = new HashMap<>();

    /** A file or a partition. */
    private record Place(String name, int partition) {
        static Place of(Origin origin) {
            return new Place(origin.name(), origin.partition());
        }
    }

    /** What is to be read; what is wrong goes to the problems. */
    ReadRequest request(ReadingOptions reading, Problems problems) {
        origins.forEach(origin -> parse(origin, problems));
        wanted.forEach(origin -> last.merge(Place.of(origin), origin.position(), Math::max));
        ZoneId zone = reading.timeZone(problems);
        ParseSettings.parsersOf(reading.parsers(), problems);
        List<Path> all = kafka == null ? allFiles(problems) : List.of();
        return new ReadRequest(all, kafka == null ? null : extract(kafka, problems), zone, reading.parsers());
    }

    /** Whether an event was written no later than the last wanted one of its place. */
    boolean isWanted(LogEvent event) {
        Origin origin = event.origin();
        return origin.position() <= last.getOrDefault(Place.of(origin), Long.MAX_VALUE);
    }

    private void parse(String text, Problems problems) {
        Origin.Type type = kafka == null ? Origin.Type.FILE : Origin.Type.KAFKA;
        Origin origin = Origin.parse(text);
        if (origin != null && origin.type() == type) {
            wanted.add(origin);
        } else if (origin != null && origin.type() == Origin.Type.KAFKA) {
            problems.add("--origins", "\"" + text + "\" is a record of Kafka; name its brokers by --kafka host:port");
        } else {
            String right = kafka == null ? "a file and a line as train.log:42" : "a record as logs/3@120044";
            problems.add("--origins", "\"" + text + "\" is not " + right);
        }
    }

    private List<Path> allFiles(Problems problems) {
        List<Path> all = Stream.concat(
                        files.stream(),
                        wanted.stream()
                                .map(origin -> Path.of(origin.name()))
                                .filter(file -> !files.contains(file))
                                .distinct())
                .toList();
        if (all.isEmpty()) {
            problems.add("--logs", "is missing; name log files, or --origins, or --kafka and --topic");
        }
        if (!topics.isEmpty() || from != null || to != null) {
            problems.add("--topic, --from and --to", "are of Kafka; name its brokers by --kafka host:port");
        }
        InputFiles.check(all, problems);
        return all;
    }

    private KafkaExtract extract(String bootstrap, Problems problems) {
        if (!files.isEmpty()) {
            problems.add("--logs", "is not read beside --kafka");
        }
        if (topics.isEmpty() == wanted.isEmpty()) {
            problems.add("--kafka", "needs either --topic or --origins");
        }
        List<String> all = wanted.isEmpty()
                ? topics
                : wanted.stream().map(Origin::name).distinct().toList();
        return new KafkaExtract(bootstrap, all, time(from, problems), time(to, problems), wanted);
    }

    private static @Nullable Instant time(@Nullable String text, Problems problems) {
        return text == null ? null : TypedTimes.instant(text, problems);
    }

    /** For the progress bar, which can not know how much Kafka holds. */
    static List<Path> sized(ReadRequest request) {
        return request.kafka() == null ? request.files() : List.of(InputFiles.STANDARD_INPUT);
    }
}
