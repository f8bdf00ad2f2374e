package io.faultline.detect.match.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a rule declares under {@code params} and {@code lists}. They are put into its conditions as it is read, so that
 * all that comes later sees plain CEL.
 */
public final class Constants {

    static final Constants NONE = new Constants(Map.of(), Map.of());

    /** Texts in quotes stay what they are, so they are matched too. */
    private static final Pattern USE =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|(?<![\\w.])(params|lists)\\.(\\w+)");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final Map<String, String> params;
    private final Map<String, String> lists;

    private Constants(Map<String, String> params, Map<String, String> lists) {
        this.params = params;
        this.lists = lists;
    }

    /** What a rule's tree declares. */
    public static Constants of(JsonNode rule) {
        return read(new SettingsReader(rule, new Problems(), Map.of()));
    }

    /** What a text uses, as {@code params.max_wait}. */
    public static Set<String> uses(String text) {
        return USE.matcher(text)
                .results()
                .filter(use -> use.group(1) != null)
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    static Constants read(SettingsReader rule) {
        return new Constants(
                read(rule.group("params"), Constants::literal, "is neither a text nor a number"),
                read(rule.group("lists"), Constants::list, "is not a list of texts or of numbers"));
    }

    /** The text with each use replaced by what is declared. */
    public String into(String text, Consumer<String> problems) {
        if (!text.contains("params.") && !text.contains("lists.")) {
            return text;
        }
        return USE.matcher(text).replaceAll(use -> java.util.regex.Matcher.quoteReplacement(value(use, problems)));
    }

    private String value(MatchResult use, Consumer<String> problems) {
        if (use.group(1) == null) {
            return use.group();
        }
        Map<String, String> declared = use.group(1).equals("params") ? params : lists;
        String value = declared.get(use.group(2));
        if (value == null) {
            String hint = NearestWord.hint(use.group(2), declared.keySet());
            problems.accept("nothing is declared as \"" + use.group() + "\"" + hint);
        }
        return value == null ? use.group() : value;
    }

    private static Map<String, String> read(
            SettingsReader group, java.util.function.Function<JsonNode, String> literal, String problem) {
        Map<String, String> read = new TreeMap<>();
        for (String key : group.keys()) {
            String written = group.value(key, node -> {
                String text = literal.apply(node);
                return text.isEmpty() ? null : text;
            });
            if (written == null) {
                group.problem(key, problem);
            } else if (!NAME.matcher(key).matches()) {
                group.problem(key, "a name has small letters, digits and _");
            } else {
                read.put(key, written);
            }
        }
        return read;
    }

    /** As CEL writes it; empty where it is no constant. */
    private static String literal(JsonNode value) {
        if (value.isTextual()) {
            String escaped =
                    value.asText().replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n");
            return "'" + escaped + "'";
        }
        boolean negative = value.isNumber() && value.doubleValue() < 0;
        return value.isNumber() ? (negative ? "(" + value.asText() + ")" : value.asText()) : "";
    }

    /** Numbers are all whole or all not: CEL knows no list of both. */
    private static String list(JsonNode value) {
        boolean texts = true;
        boolean numbers = true;
        boolean whole = true;
        for (JsonNode element : value) {
            texts &= element.isTextual();
            numbers &= element.isNumber();
            whole &= element.isIntegralNumber();
        }
        if (!value.isArray() || value.isEmpty() || !(texts || numbers)) {
            return "";
        }
        List<String> elements = new ArrayList<>();
        for (JsonNode element : value) {
            elements.add(texts || whole ? literal(element) : Double.toString(element.doubleValue()));
        }
        return "[" + String.join(", ", elements) + "]";
    }
}
