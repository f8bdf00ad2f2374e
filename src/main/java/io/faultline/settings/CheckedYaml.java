package io.faultline.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Reads one YAML file whole: everything that is wrong with it is told at once, each with its line. */
public final class CheckedYaml {

    private CheckedYaml() {}

    /**
     * Reads one file; where there are problems what comes back is not to be used.
     *
     * @param name what problems call the file
     * @param problems gets {@code name:LINE: path: text}
     * @param body reads the outermost group
     */
    public static <T> T read(String name, String text, Problems problems, Function<SettingsReader, T> body) {
        return read(name, text, path -> name + ":" + new YamlLines(text).of(path), problems, body);
    }

    /** @param place what problems begin with, by the path of what is wrong */
    public static <T> T read(
            String name,
            String text,
            UnaryOperator<String> place,
            Problems problems,
            Function<SettingsReader, T> body) {
        Problems found = new Problems();
        int before = problems.all().size();
        JsonNode tree = tree(name, text, problems);
        boolean broken = problems.all().size() > before;
        SettingsReader reader = new SettingsReader(tree, found, Map.of());
        T read = body.apply(reader);
        reader.finish();
        if (broken) {
            // What is missing in a text that is no YAML is nobody's question.
            return read;
        }
        for (String problem : found.all()) {
            problems.add(place.apply(problem.substring(0, problem.indexOf(": "))), problem);
        }
        return read;
    }

    /**
     * As {@link #read} for a file that is a list of groups.
     *
     * @param body reads one group; it gets its place, {@code name:LINE}, too
     */
    public static <T> List<T> readAll(
            String name, String text, Problems problems, BiFunction<String, SettingsReader, T> body) {
        int before = problems.all().size();
        JsonNode tree = tree(name, text, problems);
        if (problems.all().size() > before) {
            return List.of();
        }
        if (!tree.isArray()) {
            problems.add(name + ":1", "(top): is not a list");
            return List.of();
        }
        YamlLines lines = new YamlLines(text);
        List<T> all = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) {
            String group = "[" + i + "]";
            Problems found = new Problems();
            SettingsReader reader = new SettingsReader(tree.get(i), found, Map.of());
            all.add(body.apply(name + ":" + lines.of(group), reader));
            reader.finish();
            for (String problem : found.all()) {
                String place = group + "." + problem.substring(0, problem.indexOf(": "));
                problems.add(name + ":" + lines.of(place), problem);
            }
        }
        return all;
    }

    private static JsonNode tree(String name, String text, Problems problems) {
        try {
            return YamlFile.parse(name, text);
        } catch (SettingsException e) {
            e.problems().forEach(problem -> problems.add(name + syntaxPlace(problem), syntax(problem)));
            return MissingNode.getInstance();
        }
    }

    /** {@code :2} of {@code line 2, column 8: …}, so that a file's problems all begin with file and line. */
    private static String syntaxPlace(String problem) {
        int comma = problem.indexOf(',');
        return problem.startsWith("line ") && comma > 0 ? ":" + problem.substring("line ".length(), comma) : ":1";
    }

    /** On one line: the parser's own pointer into the text says nothing more than line and column do. */
    private static String syntax(String problem) {
        int comma = problem.indexOf(',');
        String rest = problem.startsWith("line ") && comma > 0 ? problem.substring(comma + 2) : problem;
        int end = rest.indexOf('\n');
        return "no YAML: " + (end < 0 ? rest : rest.substring(0, end));
    }
}
