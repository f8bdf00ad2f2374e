package io.faultline.detect.match.rule;

import io.faultline.settings.Problems;
import io.faultline.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rules that were read and checked as a whole.
 *
 * @param rules in the order of their ids; no two ids alike
 */
public record RuleSet(List<RuleDefinition> rules) implements Serializable {

    /** Lists the shipped rules: what a jar holds can not be listed reliably. A test compares it with the directory. */
    private static final String INDEX = "/rules/index.txt";

    public RuleSet {
        rules = List.copyOf(rules);
    }

    /** The rules that come with Faultline. */
    public static RuleSet shipped() {
        return of("the shipped rules", shippedFiles());
    }

    /** The rules that come with Faultline, as texts. */
    public static List<RuleFile> shippedFiles() {
        return shippedNames()
                .map(name -> new RuleFile("rules/" + name, resource("/rules/" + name)))
                .flatMap(file -> file.rules().stream())
                .toList();
    }

    /** The ids of the shipped rules, whatever those say. */
    public static List<String> shippedIds() {
        return shippedFiles().stream().map(RuleFile::stem).toList();
    }

    /** The ids of a directory's rules, whatever those say; none where it can not be read. */
    public static List<String> ids(Path directory) {
        try {
            return rules(directory).stream().map(RuleFile::stem).toList();
        } catch (IOException e) {
            return List.of(); // reading the rules tells it
        }
    }

    private static List<RuleFile> rules(Path directory) throws IOException {
        return RuleFile.in(directory).stream()
                .flatMap(file -> file.rules().stream())
                .toList();
    }

    private static Stream<String> shippedNames() {
        return resource(INDEX).lines().filter(line -> !line.isBlank());
    }

    /**
     * All {@code .yaml} files of a directory.
     *
     * @throws SettingsException with all problems of all files
     */
    public static RuleSet read(Path directory) {
        return of(directory.toString(), files(directory));
    }

    /** All rules of a directory's {@code .yaml} files, as texts. */
    public static List<RuleFile> files(Path directory) {
        try {
            return rules(directory);
        } catch (IOException e) {
            throw new SettingsException(directory.toString(), List.of("can not be read: " + e));
        }
    }

    /** Reads files as one set. */
    public static RuleSet of(String where, List<RuleFile> files) {
        Problems problems = new Problems();
        RuleReader reader = new RuleReader();
        List<RuleDefinition> rules =
                files.stream().map(file -> reader.read(file, problems)).toList();
        problems.throwIfAny(where);
        return new RuleSet(List.of()).and(new RuleSet(rules));
    }

    /**
     * These and others.
     *
     * @throws SettingsException where an id is in both
     */
    public RuleSet and(RuleSet others) {
        List<RuleDefinition> all = Stream.concat(rules.stream(), others.rules.stream())
                .sorted(java.util.Comparator.comparing(RuleDefinition::id))
                .toList();
        Set<String> ids = new HashSet<>();
        Problems problems = new Problems();
        all.stream()
                .filter(rule -> !ids.add(rule.id()))
                .forEach(rule -> problems.add(rule.id(), "there are two rules with this id"));
        problems.throwIfAny("the rules");
        return new RuleSet(all);
    }

    /** These, but not those with one of the ids. */
    public RuleSet without(Set<String> ids) {
        return new RuleSet(
                rules.stream().filter(rule -> !ids.contains(rule.id())).toList());
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(RuleSet.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
