package io.faultline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.AlertDifference.By;
import io.faultline.cli.AlertDifference.Found;
import io.faultline.model.Alert;
import io.faultline.model.NearMiss;
import io.faultline.store.document.AlertDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code rules backtest} prints. */
final class BacktestReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AlertDifference difference;
    private final List<NearMissCount> nearMisses;
    private final Backtest backtest;
    private final boolean compared;
    private final PrintWriter out;

    /**
     * @param nearMisses the first version's
     * @param compared whether there are two versions
     */
    BacktestReport(
            AlertDifference difference,
            List<NearMissCount> nearMisses,
            Backtest backtest,
            boolean compared,
            PrintWriter out) {
        this.difference = difference;
        this.nearMisses = nearMisses;
        this.backtest = backtest;
        this.compared = compared;
        this.out = out;
    }

    /** What is counted together. */
    private record Cell(String rule, LocalDate day, String entity) {}

    private Map<Cell, Long> counts() {
        return difference.all().stream()
                .map(Found::alert)
                .map(alert -> new Cell(
                        alert.rule(),
                        LocalDate.ofInstant(alert.detectedAt(), ZoneOffset.UTC),
                        alert.entity().toString()))
                .collect(Collectors.groupingBy(
                        cell -> cell,
                        () -> new TreeMap<>(Comparator.comparing(Cell::rule)
                                .thenComparing(Cell::day)
                                .thenComparing(Cell::entity)),
                        Collectors.counting()));
    }

    void text() {
        for (Found found : difference.all()) {
            Alert alert = found.alert();
            out.println((compared ? mark(found.by()) + " " : "") + alert.detectedAt() + "  " + alert.rule() + "  "
                    + alert.entity() + "  " + alert.reason());
        }
        if (!difference.all().isEmpty()) {
            out.println();
            out.printf(Locale.ROOT, "%-40s %-10s %6s  %s%n", "rule", "day", "alerts", "entity");
            counts().forEach((cell, count) ->
                    out.printf(Locale.ROOT, "%-40s %-10s %6d  %s%n", cell.rule(), cell.day(), count, cell.entity()));
            out.println();
        }
        nearMisses.forEach(this::text);
        String span = backtest.events() == 0 ? "" : ", from " + backtest.from() + " to " + backtest.to();
        out.println(difference.all().size() + " alerts in " + backtest.events() + " events" + span);
        if (compared) {
            out.println(difference.count(By.FIRST) + " only the first version's, " + difference.count(By.SECOND)
                    + " only the second's, " + difference.count(By.BOTH) + " of both");
        }
    }

    private void text(NearMissCount count) {
        out.println(count.rule() + " nearly fired " + count.all() + " times, as");
        for (NearMiss miss : count.examples()) {
            out.println("  " + miss.endedAt() + "  " + miss.entity() + "  " + miss.reason() + "  " + origins(miss));
        }
        out.println();
    }

    private static String origins(NearMiss miss) {
        return miss.evidence().stream().map(line -> line.origin().toString()).collect(Collectors.joining(","));
    }

    private static String mark(By by) {
        return switch (by) {
            case FIRST -> "-";
            case SECOND -> "+";
            case BOTH -> "=";
        };
    }

    void json() throws IOException {
        AlertDocument documents = new AlertDocument();
        for (Found found : difference.all()) {
            ObjectNode document = (ObjectNode) JSON.readTree(documents.text(found.alert()));
            if (compared) {
                document.put("backtest.by", found.by().name().toLowerCase(Locale.ROOT));
            }
            out.println(document);
        }
        ObjectNode summary = JsonNodeFactory.instance
                .objectNode()
                .put("events", backtest.events())
                .put("from", backtest.from())
                .put("to", backtest.to())
                .put("alerts", difference.all().size());
        var cells = summary.putArray("counts");
        counts().forEach((cell, count) -> cells.addObject()
                .put("rule", cell.rule())
                .put("day", cell.day().toString())
                .put("entity", cell.entity())
                .put("alerts", count));
        ArrayNode nearly = summary.putArray("near_misses");
        for (NearMissCount count : nearMisses) {
            ArrayNode examples = nearly.addObject()
                    .put("rule", count.rule())
                    .put("count", count.all())
                    .putArray("examples");
            count.examples().forEach(miss -> examples.addObject()
                    .put("at", miss.endedAt().toString())
                    .put("entity", miss.entity().toString())
                    .put("reason", miss.reason())
                    .put("origins", origins(miss)));
        }
        if (compared) {
            List.of(By.values()).forEach(by -> summary.put(by.name().toLowerCase(Locale.ROOT), difference.count(by)));
        }
        out.println(summary);
    }
}
