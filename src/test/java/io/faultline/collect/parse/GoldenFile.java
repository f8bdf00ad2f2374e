package io.faultline.collect.parse;

import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.TextLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The records of one golden file. A line is a record; a line that begins with {@code + } continues the one before.
 * {@code #! observed <time>}, {@code #! stream <path>} and {@code #! attributes key=value …} hold for the lines after
 * them.
 */
record GoldenFile(Path log, List<TextLog> records) {

    static final Path DIRECTORY = Path.of("src/test/resources/golden");

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    /** The file with the expected events, one a line. */
    Path expected() {
        return log.resolveSibling(log.getFileName().toString().replace(".log", ".ndjson"));
    }

    static GoldenFile read(Path file) throws IOException {
        Instant observed = Instant.parse("2026-03-02T00:00:00Z");
        String stream = "logs/any.log";
        Attributes attributes = Attributes.NONE;
        List<TextLog> records = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#! observed ")) {
                observed = Instant.parse(line.substring(12));
            } else if (line.startsWith("#! stream ")) {
                stream = line.substring(10);
            } else if (line.startsWith("#! attributes")) {
                attributes = attributes(line.substring(13).strip());
            } else if (line.startsWith("+ ") || line.equals("+")) {
                TextLog open = records.remove(records.size() - 1);
                String more = line.length() > 2 ? line.substring(2) : "";
                records.add(record(open.origin(), observed, stream, open.text() + "\n" + more, attributes));
            } else {
                records.add(record(Origin.file(stream, records.size() + 1), observed, stream, line, attributes));
            }
        }
        return new GoldenFile(file, records);
    }

    private static TextLog record(Origin origin, Instant observed, String stream, String text, Attributes attributes) {
        return new TextLog(origin, observed, stream, text, attributes, false);
    }

    private static Attributes attributes(String written) {
        Attributes attributes = Attributes.NONE;
        for (String pair : written.isEmpty() ? new String[0] : written.split(" ")) {
            attributes = attributes.with(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return attributes;
    }

    @Override
    public String toString() {
        return DIRECTORY.relativize(log).toString();
    }
}
