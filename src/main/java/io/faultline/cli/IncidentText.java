package io.faultline.cli;

import io.faultline.model.Cause;
import io.faultline.model.Change;
import io.faultline.model.Cost;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.Part;
import io.faultline.settings.Durations;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Incidents as people read them on a terminal. */
final class IncidentText {

    private static final String BOLD = "1";
    private static final String DIM = "2";

    private final DateTimeFormatter dateTime;
    private final DateTimeFormatter time;
    private final boolean colour;

    IncidentText(ZoneId zone, boolean colour) {
        this.dateTime =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
        this.colour = colour;
    }

    String of(List<Incident> incidents) {
        if (incidents.isEmpty()) {
            return "No incident found.\n";
        }
        return incidents.stream().map(this::of).collect(Collectors.joining("\n", "", "\n"));
    }

    /** One block of lines: what and when, why, the lines to read, what to do. */
    String of(Incident incident) {
        StringBuilder text = new StringBuilder();
        String level = incident.severity().id().toUpperCase(Locale.ROOT);
        text.append(paint(colourOf(incident.severity()), level))
                .append("  ")
                .append(paint(BOLD, onOneLine(incident.title())))
                .append('\n');
        line(text, "when", when(incident));
        line(text, "cause", cause(incident.cause()));
        incident.cause().because().forEach(reason -> line(text, "", "because " + onOneLine(reason)));
        // one alert alone has said above all that it has to say
        for (int i = 0; i < incident.parts().size() && incident.parts().size() > 1; i++) {
            Part part = incident.parts().get(i);
            String role = part.role().name().toLowerCase(Locale.ROOT);
            line(
                    text,
                    i == 0 ? "parts" : "",
                    String.format(Locale.ROOT, "%-10s %s [%s]", role, onOneLine(part.title()), part.entity()));
        }
        if (incident.cost().isKnown()) {
            line(text, "cost", cost(incident.cost()));
        }
        for (int i = 0; i < incident.changes().size(); i++) {
            line(text, i == 0 ? "changed" : "", change(incident.changes().get(i)));
        }
        for (int i = 0; i < incident.evidence().size(); i++) {
            Evidence evidence = incident.evidence().get(i);
            line(
                    text,
                    i == 0 ? "evidence" : "",
                    paint(DIM, evidence.origin().toString()) + " " + onOneLine(evidence.text()));
        }
        for (int i = 0; i < incident.responses().size(); i++) {
            line(text, i == 0 ? "do" : "", onOneLine(incident.responses().get(i)));
        }
        return text.toString();
    }

    /** The last line: files, lines, events, what was rejected and why, alerts, incidents, speed. */
    static String totals(RunSummary summary) {
        String reasons = summary.rejected().stream()
                .map(group ->
                        group.first().reason().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
                                + number(group.count()))
                .collect(Collectors.joining(", "));
        return count(summary.files(), "file") + ", " + count(summary.lines(), "line") + ", "
                + count(summary.events(), "event") + ", " + number(summary.rejectedTotal()) + " rejected"
                + (reasons.isEmpty() ? "" : " (" + reasons + ")") + ", " + count(summary.alerts(), "alert") + ", "
                + nearMisses(summary.nearMisses().size()) + ", "
                + count(summary.incidents().size(), "incident") + " in " + span(summary.took()) + " ("
                + number(Math.round(summary.linesPerSecond())) + " lines/s)";
    }

    private static String nearMisses(int number) {
        return number(number) + (number == 1 ? " near miss" : " near misses");
    }

    private String when(Incident incident) {
        Duration lasted = Duration.between(incident.startedAt(), incident.endedAt());
        String from = dateTime.format(incident.startedAt());
        if (lasted.isZero()) {
            return from;
        }
        boolean sameDay = from.regionMatches(0, dateTime.format(incident.endedAt()), 0, 10);
        return from + " to " + (sameDay ? time : dateTime).format(incident.endedAt()) + " (" + span(lasted) + ")";
    }

    private static String cause(Cause cause) {
        if (cause.verdict() == Cause.Verdict.UNKNOWN) {
            return "unknown" + (cause.title().isEmpty() ? "" : ": " + onOneLine(cause.title()));
        }
        return onOneLine(cause.title()) + " [" + cause.entity() + "], "
                + cause.verdict().name().toLowerCase(Locale.ROOT) + ", confidence "
                + Math.round(cause.confidence() * 100) + " %";
    }

    /** {@code 1.50 GPU-hours so far, of 16 GPUs}. */
    static String cost(Cost cost) {
        return String.format(Locale.ROOT, "%.2f GPU-hours", cost.gpuHours()) + (cost.running() ? " so far" : "")
                + ", of " + count(cost.gpus(), "GPU");
    }

    /** {@code 3 min 20 s before: node gpu-a1 has driver 570.86.15 (before: 550.54.15)}. */
    private static String change(Change change) {
        return span(Duration.ofSeconds(change.secondsBefore())) + " before: " + onOneLine(change.text());
    }

    /** {@code 850 ms}, {@code 12.4 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    static String span(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return duration.toMillis() + " ms";
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                    .replace(".0 s", " s");
        }
        if (seconds < 3600) {
            return Durations.words(duration);
        }
        int minutes = duration.toMinutesPart();
        return duration.toHours() + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }

    private static void line(StringBuilder text, String label, String content) {
        text.append(String.format(Locale.ROOT, "  %-9s %s%n", label, content));
    }

    private static String count(long count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A log line may hold anything: line ends, and control characters that would move the cursor or ring the bell. */
    private static String onOneLine(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(character -> character == '\n' || character == '\t' ? ' ' : character)
                .filter(character -> !Character.isISOControl(character))
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String colourOf(Level level) {
        return switch (level) {
            case CRITICAL -> "1;31";
            case HIGH -> "31";
            case MEDIUM -> "33";
            case LOW -> "36";
            case INFORMATIONAL -> "2";
        };
    }
}
