package io.faultline.cli.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A simulation as a reader finds it: what is in the directory, and nothing else. */
record WrittenCluster(Path directory, Map<String, List<String>> logs, List<JsonNode> labels) {

    static WrittenCluster write(SimulationSettings settings, Path directory) {
        try {
            Simulation.write(settings, directory);
            return read(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WrittenCluster read(Path directory) throws IOException {
        Map<String, List<String>> logs = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                logs.put(
                        file.getFileName().toString(),
                        List.of(Files.readString(file).split("\n", -1)));
            }
        }
        List<JsonNode> labels = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(Simulation.LABELS))) {
            labels.add(new ObjectMapper().readTree(line));
        }
        return new WrittenCluster(directory, logs, labels);
    }

    JsonNode label(FaultName fault) {
        return labels.stream()
                .filter(label -> label.get("fault").asText().equals(fault.text()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no label for " + fault));
    }

    /** The quoted lines of a label, in its order. */
    List<String> evidence(FaultName fault) {
        List<String> texts = new ArrayList<>();
        for (JsonNode place : label(fault).get("evidence")) {
            texts.add(logs.get(place.get("file").asText()).get(place.get("line").asInt() - 1));
        }
        return texts;
    }

    List<String> all() {
        return logs.values().stream().flatMap(List::stream).toList();
    }

    List<String> grep(String file, String regex) {
        return logs.get(file).stream()
                .filter(line -> line.matches(".*(" + regex + ").*"))
                .toList();
    }
}
