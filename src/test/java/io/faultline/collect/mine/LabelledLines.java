package io.faultline.collect.mine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lines of one system and the text of each one's true template.
 *
 * @param system its name
 * @param lines without time and head
 * @param truth {@code truth.get(i)} is that of {@code lines.get(i)}
 */
public record LabelledLines(String system, List<String> lines, List<String> truth) {

    /** The file of a system's directory whose name ends so, in Loghub's layout; empty where there is none. */
    static Optional<LabelledLines> read(Path directory, String ending) throws IOException {
        Optional<Path> file;
        try (Stream<Path> files = Files.list(directory)) {
            file = files.filter(path -> path.toString().endsWith(ending)).findFirst();
        }
        if (file.isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> rows = Csv.rows(Files.readString(file.get(), StandardCharsets.UTF_8));
        int content = rows.get(0).indexOf("Content");
        int template = rows.get(0).indexOf("EventTemplate");
        List<String> lines = new ArrayList<>();
        List<String> truth = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            lines.add(row.get(content));
            truth.add(row.get(template).strip().replaceAll("\\s+", " "));
        }
        return Optional.of(new LabelledLines(directory.getFileName().toString(), lines, truth));
    }
}
