package io.faultline.detect.match.rule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rule as text.
 *
 * @param name what problems call it: {@code rules/loss-nan.yaml}
 * @param text its YAML
 */
public record RuleFile(String name, String text) {

    /** What the name of a file ends with that is a rule, or holds a rule's stories. */
    static final String ENDING = ".yaml";

    /** The files of a directory, in the order of their names. */
    public static List<RuleFile> in(Path directory) throws IOException {
        List<RuleFile> files = new ArrayList<>();
        try (Stream<Path> listed = Files.list(directory)) {
            for (Path file : listed.sorted().toList()) {
                if (file.toString().endsWith(ENDING)) {
                    files.add(new RuleFile(file.toString(), Files.readString(file)));
                }
            }
        }
        return files;
    }

    /** The file's name without directories and ending: the id that the rule must have. */
    public String stem() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0 ? last : last.substring(0, dot);
    }
}
