package io.faultline.collect.parse.user;

import io.faultline.settings.CheckedYaml;
import io.faultline.settings.Problems;
import io.faultline.settings.YamlLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One parser file: what it defines and the tests that it brings.
 *
 * @param name as problems call it
 */
public record ParserFile(String name, ParserDefinition definition, List<ParserTest> tests) {

    public ParserFile {
        tests = List.copyOf(tests);
    }

    /**
     * Reads all files, and the {@code .yaml} files of all directories, sorted by name.
     *
     * @param problems gets {@code file:line: path: text} for all that is wrong in any of them; what comes back is then not
     *     to be used
     */
    public static List<ParserFile> read(List<Path> paths, Problems problems) {
        List<ParserFile> files = new ArrayList<>();
        Map<String, String> formats = new HashMap<>();
        for (Path path : paths) {
            for (Path file : filesOf(path, problems)) {
                try {
                    ParserFile read = parse(file.toString(), Files.readString(file), problems);
                    String other = formats.put(read.definition().format(), read.name());
                    if (other != null && !read.definition().format().isEmpty()) {
                        problems.add(
                                read.name(),
                                "format: \"" + read.definition().format() + "\" is that of " + other + " too");
                    }
                    files.add(read);
                } catch (IOException e) {
                    problems.add(file.toString(), "can not be read: " + e.getMessage());
                }
            }
        }
        return files;
    }

    /** Reads one file's text. */
    public static ParserFile parse(String name, String text, Problems problems) {
        ParserFile file = CheckedYaml.read(name, text, problems, reader -> new ParserReader(name, reader).file());
        YamlLines lines = new YamlLines(text);
        return new ParserFile(
                name,
                file.definition(),
                file.tests().stream()
                        .map(test -> test.at(name + ":" + lines.of(test.place())))
                        .toList());
    }

    /** What works, but not well: {@code file: text}. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        int number = 0;
        for (LinePattern pattern : definition.patterns()) {
            number++;
            if (RequiredLiterals.of(pattern.regex()).isEmpty()) {
                warnings.add(
                        name + ": pattern " + number
                                + " demands no text, so its regular expression runs over every record that is not known before it");
            }
        }
        return warnings;
    }

    private static List<Path> filesOf(Path path, Problems problems) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            problems.add(path.toString(), "there is no such file or directory");
            return List.of();
        }
        try (Stream<Path> listed = Files.list(path)) {
            List<Path> files = listed.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                problems.add(path.toString(), "holds no parser: no file that ends with .yaml");
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
