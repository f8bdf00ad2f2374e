package io.faultline.detect.match.rule;

import io.faultline.settings.Problems;
import io.faultline.settings.YamlLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule as text, or a family of rules.
 *
 * @param name what problems call it: {@code rules/loss-nan.yaml}
 * @param text its YAML
 * @param instance of which family it was made; null for a file of its own
 */
public record RuleFile(String name, String text, @Nullable Instance instance) {

    /** What the name of a file ends with that is a rule, or holds a rule's stories. */
    static final String ENDING = ".yaml";

    /**
     * A rule that a family's template became.
     *
     * @param id the rule's
     * @param number its place among the instances
     * @param family the text of the family's file
     */
    record Instance(String id, int number, String family) {}

    public RuleFile(String name, String text) {
        this(name, text, null);
    }

    /** The files of a directory, in the order of their names. */
    public static List<RuleFile> in(Path directory) throws IOException {
        List<RuleFile> files = new ArrayList<>();
        for (Path file : paths(directory)) {
            files.add(read(file));
        }
        return files;
    }

    /** Where the files of a directory are, in the order of their names. */
    public static List<Path> paths(Path directory) throws IOException {
        try (Stream<Path> listed = Files.list(directory)) {
            return listed.filter(file -> file.toString().endsWith(ENDING) && !Files.isDirectory(file))
                    .sorted()
                    .toList();
        }
    }

    public static RuleFile read(Path file) throws IOException {
        return new RuleFile(file.toString(), Files.readString(file));
    }

    /** The rules that it holds: itself, or the instances of a family. One with a mistake stays whole, and is told when it is read. */
    public List<RuleFile> rules() {
        if (!isFamily()) {
            return List.of(this);
        }
        Problems problems = new Problems();
        List<RuleFile> rules = RuleFamily.expand(this, problems);
        return problems.isEmpty() ? rules : List.of(this);
    }

    public boolean isFamily() {
        return instance == null && RuleFamily.is(text);
    }

    /** The id that the rule must have: the file's name without directories and ending, or what the instance says. */
    public String stem() {
        if (instance != null) {
            return instance.id();
        }
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0 ? last : last.substring(0, dot);
    }

    /** Tells lines of the file, from 1, by the paths of the rule; those of a family's template for its instances. */
    public Places places() {
        return new Places(this, new YamlLines(instance == null ? text : instance.family()));
    }

    /** Where in a file a rule says what. */
    public record Places(RuleFile file, YamlLines lines) {

        /** {@code rules/x.yaml:12}, and which instance it is. */
        String place(String path) {
            String instance = file.instance == null ? "" : ": " + file.instance.id();
            return file.name + ":" + line(path) + instance;
        }

        public int line(String path) {
            Instance instance = file.instance;
            if (instance == null) {
                return lines.of(path);
            }
            boolean own = path.isEmpty() || path.equals("id");
            return lines.of(own ? "instances[" + instance.number() + "]" : "template." + path);
        }
    }

    /** {@code ttft-high: } before what is told of an instance; empty for a file of its own. */
    public String label() {
        return instance == null ? "" : instance.id() + ": ";
    }
}
