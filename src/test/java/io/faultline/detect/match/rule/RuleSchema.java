package io.faultline.detect.match.rule;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.detect.match.condition.Vocabulary;
import io.faultline.detect.match.lint.LintCode;
import io.faultline.settings.KnownSetting;
import io.faultline.settings.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** docs/rule.schema.json: what the reader of rules asks for, kind by kind, as a JSON Schema for editors. */
final class RuleSchema {

    static final Path PAGE = Path.of("docs/rule.schema.json");

    /** A name that a family's template leaves open. */
    private static final String HOLE = "\\$\\{";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<RuleReader.Kind, SettingsReader> asked = new EnumMap<>(RuleReader.Kind.class);
    private final Set<KnownSetting> head = new LinkedHashSet<>();
    private final FieldTexts texts = new FieldTexts();

    RuleSchema() {
        RuleReader reader = new RuleReader();
        for (RuleReader.Kind kind : RuleReader.Kind.values()) {
            asked.put(kind, reader.ask(kind));
        }
        head.addAll(asked.get(RuleReader.Kind.SEQUENCE).known());
        asked.values().forEach(known -> head.retainAll(known.known()));
    }

    /** What is described though no rule has it. */
    Set<String> textsWithoutField() {
        render();
        return texts.unused();
    }

    String render() {
        ObjectNode schema = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "A rule of Faultline, or a family of rules");
        schema.set("if", JSON.objectNode().set("required", words(List.of("template"))));
        schema.set("then", reference("family"));
        schema.set("else", reference("rule"));
        ObjectNode definitions = schema.putObject("$defs");
        definitions.set("rule", rule());
        for (RuleReader.Kind kind : RuleReader.Kind.values()) {
            definitions.set(word(kind), ofKind(kind));
        }
        definitions.set("family", family());
        try {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentArraysWith(DefaultPrettyPrinter.NopIndenter.instance);
            printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
            return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private ObjectNode rule() {
        SchemaFields fields = new SchemaFields(path -> texts.of("every rule", path));
        Set<String> required =
                new LinkedHashSet<>(asked.get(RuleReader.Kind.SEQUENCE).required());
        asked.values().forEach(known -> required.retainAll(known.required()));
        head.forEach(known -> fields.add(known, required));
        fields.put("group-by", parts(texts.of("every rule", "group-by")));
        fields.put(
                "params",
                named("every rule", "params", JSON.objectNode().set("type", words(List.of("string", "number")))));
        ObjectNode list = JSON.objectNode().put("type", "array").put("minItems", 1);
        fields.put(
                "lists",
                named(
                        "every rule",
                        "lists",
                        list.set("items", JSON.objectNode().set("type", words(List.of("string", "number"))))));
        ObjectNode ignored =
                named("every rule", "lint-ignore", JSON.objectNode().put("type", "string"));
        ignored.set("propertyNames", JSON.objectNode().set("enum", warnings()));
        fields.put("lint-ignore", ignored);
        ObjectNode kind = JSON.objectNode().put("description", texts.of("every rule", "kind"));
        ArrayNode kinds = kind.putArray("enum");
        fields.put("kind", kind);
        ObjectNode rule = fields.object(required);
        ArrayNode conditional = rule.putArray("allOf");
        for (RuleReader.Kind one : RuleReader.Kind.values()) {
            kinds.add(word(one));
            ObjectNode is = conditional.addObject();
            ObjectNode test = is.putObject("if");
            test.putObject("properties").putObject("kind").put("const", word(one));
            test.set("required", words(List.of("kind")));
            is.set("then", reference(word(one)));
        }
        return rule;
    }

    /** The fields of one kind; those of all kinds are only named, so that no other one is let in. */
    private ObjectNode ofKind(RuleReader.Kind kind) {
        String group = kind == RuleReader.Kind.THRESHOLD || kind == RuleReader.Kind.RATIO ? "window" : "";
        SchemaFields fields = new SchemaFields(path -> texts.of(word(kind), path, group));
        Set<String> required = asked.get(kind).required();
        asked.get(kind).known().stream()
                .filter(known -> !head.contains(known))
                .forEach(known -> fields.add(known, required));
        for (String name : topNames()) {
            fields.put(name, JSON.booleanNode(true));
        }
        ObjectNode object = fields.object(required);
        if (kind == RuleReader.Kind.SEQUENCE) {
            ArrayNode ways = ((ObjectNode) object.at("/properties/match/items")).putArray("anyOf");
            List.of("where", "any-of").forEach(way -> ways.addObject().set("required", words(List.of(way))));
        }
        return JSON.objectNode()
                .put("description", texts.of(word(kind), ""))
                .setAll(object.put("additionalProperties", false));
    }

    private Set<String> topNames() {
        Set<String> names = new LinkedHashSet<>(List.of("params", "lists", "lint-ignore"));
        head.forEach(known -> names.add(known.path().replaceFirst("[.\\[].*", "")));
        return names;
    }

    private ObjectNode family() {
        Set<String> names = new TreeSet<>(topNames());
        asked.values().forEach(reader -> reader.known()
                .forEach(known -> names.add(known.path().replaceFirst("[.\\[].*", ""))));
        names.remove("id");
        ObjectNode template = JSON.objectNode()
                .put("type", "object")
                .put("description", "A rule without an id; ${name} stands for what an instance says under that name.");
        template.set("propertyNames", JSON.objectNode().set("enum", words(names)));
        template.putObject("properties").set("kind", openKind());
        ObjectNode instance = JSON.objectNode().put("type", "object");
        instance.set("required", words(List.of("id")));
        ObjectNode family = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        family.set("required", words(List.of("template", "instances")));
        ObjectNode fields = family.putObject("properties");
        fields.set("template", template);
        fields.putObject("instances")
                .put("type", "array")
                .put("description", "One rule each: its id, and the values of the template's names.")
                .put("minItems", 1)
                .set("items", instance);
        return family;
    }

    private static ObjectNode openKind() {
        ArrayNode kinds = JSON.arrayNode();
        for (RuleReader.Kind kind : RuleReader.Kind.values()) {
            kinds.add(word(kind));
        }
        ObjectNode open = JSON.objectNode();
        open.putArray("anyOf")
                .add(JSON.objectNode().set("enum", kinds))
                .add(JSON.objectNode().put("pattern", HOLE));
        return open;
    }

    /** Parts of an entity; several with | between them are alternatives. */
    private static ObjectNode parts(String description) {
        String one = "(" + String.join("|", Vocabulary.ENTITY) + ")";
        ObjectNode part = JSON.objectNode();
        List<JsonNode> either = new ArrayList<>();
        either.add(JSON.objectNode().set("enum", words(Vocabulary.ENTITY)));
        either.add(JSON.objectNode().put("type", "string").put("pattern", "^" + one + "( *\\| *" + one + ")*$"));
        part.putArray("anyOf").addAll(either);
        ObjectNode parts = JSON.objectNode().put("description", description);
        parts.putArray("anyOf")
                .add(JSON.objectNode().put("type", "array").set("items", part))
                .add(either.get(1));
        return parts;
    }

    private static ArrayNode warnings() {
        return words(Arrays.stream(LintCode.values())
                .filter(code -> code.severity() == LintCode.Severity.WARNING)
                .map(LintCode::id)
                .toList());
    }

    private ObjectNode named(String section, String path, JsonNode value) {
        ObjectNode named = JSON.objectNode().put("type", "object").put("description", texts.of(section, path));
        named.putObject("propertyNames").put("pattern", "^[a-z][a-z0-9_]*$");
        return named.set("additionalProperties", value);
    }

    private static ObjectNode reference(String definition) {
        return JSON.objectNode().put("$ref", "#/$defs/" + definition);
    }

    static ArrayNode words(Iterable<String> words) {
        ArrayNode array = JSON.arrayNode();
        words.forEach(array::add);
        return array;
    }

    private static String word(RuleReader.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
