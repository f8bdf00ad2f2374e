package io.faultline.cli.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.EmbeddedJob;
import io.faultline.cli.RunListener;
import io.faultline.cli.ScanRequest;
import io.faultline.model.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scores the causes of real logs that hold a failure; {@code bin/score-causes} runs it. Each file is read by a job of its own,
 * and only its worst incident counts.
 */
final class ScoreCauses {

    private ScoreCauses() {}

    /**
     * What a person read in a log.
     *
     * @param file its name in the directory
     * @param kinds what the first cause is, as {@link io.faultline.model.EventKind#id()}; several where the text has several
     *     words for it
     * @param entities what the incident's place must have, one of them; more than one where the log holds several failures that
     *     have nothing in common, an empty one where it names no place
     * @param classes data, model, environment, code; several where people would argue
     * @param reason why, in words
     */
    record Truth(
            String file, List<String> kinds, List<Map<String, String>> entities, List<String> classes, String reason) {}

    /** @param args the directory, and the labels */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        List<Truth> truths = labels(Path.of(args[1]));
        int right = 0;
        int classRight = 0;
        for (Truth truth : truths) {
            List<Incident> found = scan(directory.resolve(truth.file()));
            boolean isRight = !found.isEmpty() && isRight(found.get(0), truth);
            boolean hasClass = !found.isEmpty()
                    && truth.classes().contains(found.get(0).cause().category().id());
            right += isRight ? 1 : 0;
            classRight += hasClass ? 1 : 0;
            System.out.println((isRight ? "right " : "wrong ") + (hasClass ? "" : "(class wrong) ") + truth.file()
                    + ": " + (found.isEmpty() ? "no incident" : words(found.get(0))) + " (" + found.size()
                    + " incidents)");
        }
        System.out.printf(
                Locale.ROOT,
                "%d of %d causes right (%.0f %%), %d classes (%.0f %%)%n",
                right,
                truths.size(),
                100.0 * right / truths.size(),
                classRight,
                100.0 * classRight / truths.size());
    }

    static List<Truth> labels(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(line -> {
                    try {
                        return json.readValue(line, Truth.class);
                    } catch (IOException e) {
                        throw new IllegalArgumentException(file + ": " + line, e);
                    }
                })
                .toList();
    }

    private static boolean isRight(Incident incident, Truth truth) {
        Map<String, String> place = incident.cause().entity().toMap();
        return truth.kinds().contains(incident.cause().kind())
                && truth.entities().stream().anyMatch(entity -> place.entrySet().containsAll(entity.entrySet()));
    }

    private static List<Incident> scan(Path file) {
        ScanRequest request = new ScanRequest(List.of(file), null, 1, ZoneOffset.UTC);
        return new EmbeddedJob().scan(request, RunListener.NONE).incidents();
    }

    private static String words(Incident incident) {
        return incident.title() + " [" + incident.cause().kind() + ", "
                + incident.cause().entity() + ", "
                + incident.cause().category().id() + ", "
                + incident.cause().verdict().name().toLowerCase(Locale.ROOT) + "]";
    }
}
