package io.faultline.collect.redact;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.faultline.collect.redact.RuleDefinition.Anchor;
import io.faultline.collect.redact.RuleDefinition.Value;
import io.faultline.settings.NearestWord;
import io.faultline.settings.SettingsException;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads rules from YAML; all problems of a file are told at once. */
final class RuleFile {

    /** In this order: of two rules that find the same, the first names it. */
    private static final List<String> SHIPPED = List.of("prompts", "secrets", "persons", "addresses");

    private static final Set<String> FIELDS = Set.of(
            "id",
            "kind",
            "description",
            "evidence",
            "literals",
            "pattern",
            "keys",
            "value",
            "anchor",
            "check",
            "finder");

    private final String name;
    private final List<String> problems = new ArrayList<>();

    private RuleFile(String name) {
        this.name = name;
    }

    /** The rules that are part of the product. */
    static List<RuleDefinition> shipped() {
        List<RuleDefinition> rules = new ArrayList<>();
        for (String file : SHIPPED) {
            String path = "/redact/" + file + ".yaml";
            try (InputStream in = RuleFile.class.getResourceAsStream(path)) {
                if (in == null) {
                    throw new IllegalStateException(path + " is missing in the class path");
                }
                rules.addAll(of(path, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(path, e);
            }
        }
        return List.copyOf(rules);
    }

    /**
     * The rules of a user's file.
     *
     * @throws SettingsException with all its problems
     */
    static List<RuleDefinition> read(Path file) {
        return new RuleFile(file.toString()).rules(YamlFile.read(file));
    }

    static List<RuleDefinition> of(String name, String text) {
        return new RuleFile(name).rules(YamlFile.parse(name, text));
    }

    private List<RuleDefinition> rules(JsonNode tree) {
        if (!tree.isArray()) {
            throw new SettingsException(name, List.of("is not a list of rules"));
        }
        List<RuleDefinition> rules = new ArrayList<>();
        for (JsonNode node : tree) {
            rules.add(rule(node));
        }
        rules.stream()
                .map(RuleDefinition::id)
                .filter(id ->
                        rules.stream().filter(rule -> rule.id().equals(id)).count() > 1)
                .distinct()
                .forEach(id -> problems.add(id + ": two rules have this id"));
        if (!problems.isEmpty()) {
            throw new SettingsException(name, problems);
        }
        return rules;
    }

    private RuleDefinition rule(JsonNode node) {
        String id = node.path("id").asText("");
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            problem(id, "id", "is missing or not of lower-case words joined by hyphens");
        }
        node.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                problem(id, field, "unknown" + NearestWord.hint(field, FIELDS));
            }
        });
        RuleDefinition rule = new RuleDefinition(
                id,
                choice(id, node, "kind", Kind.class, Kind.SECRET),
                node.path("description").asText(""),
                node.path("evidence").asText(""),
                texts(node.path("literals")),
                node.path("pattern").asText(""),
                texts(node.path("keys")),
                choice(id, node, "value", Value.class, Value.ANY),
                choice(id, node, "anchor", Anchor.class, Anchor.WORD),
                choice(id, node, "check", Check.class, Check.NONE),
                node.path("finder").asText(""));
        check(rule);
        return rule;
    }

    private void check(RuleDefinition rule) {
        if (rule.keys().isEmpty() == rule.literals().isEmpty()) {
            problem(rule.id(), "literals", "one of literals and keys is needed");
        }
        if (rule.keys().isEmpty() && rule.pattern().isEmpty() && Finders.builtIn(rule.finder()) == null) {
            problem(rule.id(), "pattern", "is missing");
        }
        if (rule.description().isEmpty()) {
            problem(rule.id(), "description", "is missing");
        }
        for (String literal : rule.literals()) {
            if (literal.isEmpty()) {
                problem(rule.id(), "literals", "an empty literal would be found everywhere");
            }
        }
        try {
            Pattern.compile(rule.pattern());
        } catch (PatternSyntaxException e) {
            problem(rule.id(), "pattern", e.getMessage() == null ? "is no RE2 pattern" : e.getMessage());
        }
    }

    private <E extends Enum<E>> E choice(String id, JsonNode node, String field, Class<E> type, E absent) {
        String written = node.path(field).asText("");
        if (written.isEmpty()) {
            return absent;
        }
        List<String> known = Arrays.stream(type.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = known.indexOf(written);
        if (index < 0) {
            problem(id, field, "\"" + written + "\" is not one of " + String.join(", ", known));
            return absent;
        }
        return type.getEnumConstants()[index];
    }

    private static List<String> texts(JsonNode node) {
        if (node.isTextual()) {
            return List.of(node.asText());
        }
        List<String> texts = new ArrayList<>();
        node.forEach(element -> texts.add(element.asText()));
        return List.copyOf(texts);
    }

    private void problem(String id, String field, String text) {
        problems.add((id.isEmpty() ? "(no id)" : id) + "." + field + ": " + text);
    }
}
