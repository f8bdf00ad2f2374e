package io.faultline.collect.parse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code docs/FORMATS.md}, made of the golden files: what they hold is what is true. */
final class FormatsPage {

    static final Path PAGE = Path.of("docs/FORMATS.md");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final int EXAMPLE_LENGTH = 400;

    private FormatsPage() {}

    static String render() throws IOException {
        StringBuilder page = new StringBuilder(
                """
                # The formats that are read

                Made from the golden files in `src/test/resources/golden` by `bin/write-docs`; a test holds it to them. `unknown` is
                what no parser here knows; its template is mined. Measures are in base units, named in the measure: ratios 0…1,
                seconds, bytes, tokens per second. [KINDS.md](KINDS.md) says what the kinds mean, [ENVELOPES.md](ENVELOPES.md) what
                shippers put around these lines, [PARSERS.md](PARSERS.md) how to add a format without Java.

                """);
        List<String> formats = new LineParser(ParseSettings.defaults()).formats();
        for (String format : formats) {
            page.append("- [`").append(format).append("`](#").append(format).append("): ");
            page.append(about(format).path("title").asText()).append('\n');
        }
        for (String format : formats) {
            section(format, page);
        }
        return page.toString();
    }

    private static void section(String format, StringBuilder page) throws IOException {
        JsonNode about = about(format);
        page.append("\n## ").append(format).append('\n');
        page.append(about.path("title").asText()).append(".\n\n");
        line(page, "Written by", about.path("writes"));
        line(page, "Time", about.path("time"));
        line(page, "Severity", about.path("severity"));
        page.append("\n```\n").append(example(format)).append("\n```\n\n");
        page.append("| kind | measures | attributes |\n|---|---|---|\n");
        kinds(format).forEach((kind, fields) -> page.append("| `")
                .append(kind)
                .append("` | ")
                .append(code(fields.measures))
                .append(" | ")
                .append(code(fields.attributes))
                .append(" |\n"));
        if (about.has("notes")) {
            page.append('\n');
            about.path("notes")
                    .forEach(note ->
                            page.append("- ").append(note.asText().strip()).append('\n'));
        }
    }

    private static void line(StringBuilder page, String name, JsonNode text) {
        if (!text.asText().isEmpty()) {
            page.append("- ")
                    .append(name)
                    .append(": ")
                    .append(text.asText().strip())
                    .append('\n');
        }
    }

    private static String code(Set<String> names) {
        return names.isEmpty() ? "" : "`" + String.join("` `", names) + "`";
    }

    static JsonNode about(String format) throws IOException {
        Path file = GoldenFile.DIRECTORY.resolve(format).resolve("about.yaml");
        return Files.exists(file) ? YAML.readTree(file.toFile()) : JSON.createObjectNode();
    }

    private static String example(String format) throws IOException {
        List<GoldenFile> files = filesOf(format);
        String text = files.isEmpty() ? "" : files.get(0).records().get(0).text();
        return text.length() <= EXAMPLE_LENGTH ? text : text.substring(0, EXAMPLE_LENGTH) + " …";
    }

    private static Map<String, Names> kinds(String format) throws IOException {
        Map<String, Names> kinds = new TreeMap<>();
        for (GoldenFile file : filesOf(format)) {
            for (String line : Files.readAllLines(file.expected())) {
                JsonNode event = JSON.readTree(line);
                if (event.path("format").asText().equals(format)) {
                    Names names = kinds.computeIfAbsent(event.path("kind").asText(), kind -> new Names());
                    event.path("measures").fieldNames().forEachRemaining(names.measures::add);
                    event.path("attributes").fieldNames().forEachRemaining(names.attributes::add);
                }
            }
        }
        return kinds;
    }

    private static List<GoldenFile> filesOf(String format) throws IOException {
        List<GoldenFile> files = new ArrayList<>();
        for (Path file : GoldenFile.all()) {
            if (file.startsWith(GoldenFile.DIRECTORY.resolve(format))) {
                files.add(GoldenFile.read(file));
            }
        }
        return files;
    }

    private static final class Names {
        private final Set<String> measures = new TreeSet<>();
        private final Set<String> attributes = new TreeSet<>();
    }
}
