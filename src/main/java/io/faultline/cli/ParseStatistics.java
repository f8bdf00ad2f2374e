package io.faultline.cli;

import io.faultline.model.LogEvent;
import io.faultline.model.Rejected;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How many records of which format, and how many of no format: the table at the end of {@code parse --stats}. */
final class ParseStatistics {

    /** The format of what no parser knew. */
    private static final String UNKNOWN = "unknown";

    private final Map<String, Count> events = new TreeMap<>();
    private final Map<String, Count> rejects = new TreeMap<>();
    private long rejected;

    private static final class Count {
        private long records;
        private long lines;
    }

    void count(LogEvent event) {
        Count count = events.computeIfAbsent(event.format(), format -> new Count());
        count.records++;
        count.lines += 1
                + event.message().chars().filter(character -> character == '\n').count();
    }

    void count(Rejected reject) {
        String reason = reject.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        rejects.computeIfAbsent(reason, key -> new Count()).records++;
        rejected++;
    }

    long rejected() {
        return rejected;
    }

    String table() {
        StringBuilder table =
                new StringBuilder(String.format(Locale.ROOT, "%-24s %12s %12s%n", "format", "records", "lines"));
        Count unknown = events.getOrDefault(UNKNOWN, new Count());
        events.forEach((format, count) -> {
            if (!format.equals(UNKNOWN)) {
                table.append(row(format, count.records, count.lines));
            }
        });
        table.append(row("unrecognised", unknown.records, unknown.lines));
        rejects.forEach((reason, count) ->
                table.append(String.format(Locale.ROOT, "%-24s %12d%n", "rejected: " + reason, count.records)));
        return table.toString();
    }

    private static String row(String name, long records, long lines) {
        return String.format(Locale.ROOT, "%-24s %12d %12d%n", name, records, lines);
    }
}
