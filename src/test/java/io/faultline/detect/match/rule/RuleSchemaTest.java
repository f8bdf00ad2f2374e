package io.faultline.detect.match.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.faultline.settings.Problems;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema takes what the reader takes, and refuses what it refuses. */
class RuleSchemaTest {

    private static final Pattern EXAMPLE = Pattern.compile("```(?:yaml|family)\\n(.*?)```", Pattern.DOTALL);
    /** Their keys are names that a person chose. */
    private static final Set<String> NAMED = Set.of("params", "lists", "lint-ignore");

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(new RuleSchema().render());

    @Test
    void isWhatTheReaderAsksFor() throws IOException {
        String page = new RuleSchema().render();
        if (Boolean.getBoolean("faultline.write-docs")) {
            Files.writeString(RuleSchema.PAGE, page);
        }

        assertThat(RuleSchema.PAGE).as("write it with bin/write-docs").content().isEqualTo(page);
    }

    @Test
    void isASchema() throws IOException {
        JsonSchema schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SchemaId.V202012));

        assertThat(schemas.validate(Files.readString(RuleSchema.PAGE), InputFormat.JSON))
                .isEmpty();
        assertThat(schemas.validate("{\"type\": \"texts\"}", InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void describesNoFieldThatNoRuleHas() {
        assertThat(new RuleSchema().textsWithoutField()).isEmpty();
    }

    static List<RuleFile> rules() throws IOException {
        List<RuleFile> rules = new ArrayList<>(RuleSet.shippedFiles());
        EXAMPLE.matcher(Files.readString(Path.of("docs/RULES.md")))
                .results()
                .forEach(example -> rules.add(new RuleFile("docs/RULES.md", example.group(1))));
        return rules;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void takesEachRule(RuleFile rule) {
        assertThat(validate(rule.text())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void refusesEachFieldThatIsMisspelt(RuleFile rule) {
        List<String> misspelt = rule.rules().stream()
                .flatMap(one -> misspelt(YamlFile.parse(one.name(), one.text()), ""))
                .toList();

        assertThat(misspelt).hasSizeGreaterThan(6);
        misspelt.forEach(RuleSchemaTest::refused);
    }

    /** The rule once for each of its fields, with that one's name wrong. */
    private static Stream<String> misspelt(JsonNode root, String pointer) {
        JsonNode here = root.at(pointer);
        List<String> keys = new ArrayList<>();
        here.fieldNames().forEachRemaining(keys::add);
        Stream<String> own = keys.stream().map(key -> {
            ObjectNode copy = root.deepCopy();
            ObjectNode group = (ObjectNode) copy.at(pointer);
            group.set(key + "x", group.remove(key));
            return YamlFile.write(copy);
        });
        Stream<String> below =
                keys.stream().filter(key -> !NAMED.contains(key)).flatMap(key -> misspelt(root, pointer + "/" + key));
        Stream<String> elements = IntStream.range(0, here.isArray() ? here.size() : 0)
                .boxed()
                .flatMap(i -> misspelt(root, pointer + "/" + i));
        return Stream.of(own, below, elements).flatMap(one -> one);
    }

    /** Each kind's smallest rule, with one line wrong or missing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    levl: high
                    level: urgent
                    status: stabil
                    kind: squence
                    on-change: keeep
                    cause: {category: hardware}
                    cause: {rule: symptom}
                    limits: {grups: 3}
                    limits: {groups: 0}
                    suppress: 10 minutes
                    suppress: 10
                    version: one
                    group-by: [nod]
                    group-by: [replica|servce]
                    params: {flag: true}
                    params: {MaxWait: 3}
                    lists: {empty: []}
                    title:
                    response:
                    falsepositives: [a switch: is replaced]
                    match:
                    match: a text
                    match: [{name: a}]
                    match: [{where: kind == 'gpu.xid'}]
                    match: [{name: a, where: kind == 'gpu.xid', contiguity: loose}]
                    match: [{name: a, where: kind == 'gpu.xid', times: many}]
                    match: [{name: a, where: kind == 'gpu.xid', not: 'no'}]
                    match: [{name: a, any-of: [{name: b, were: kind == 'gpu.xid'}]}]
                    skip: past
                    window: {size: 5m}
                    factor: 3
                    """)
    void refusesInASequenceWhatTheReaderRefuses(String line) {
        refused(
                with(
                        line,
                        """
                kind: sequence
                match: [{name: a, where: kind == 'gpu.xid'}]
                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    progress;    phases: [{name: a}]
                    progress;    phases: [{name: a, from: kind == 'gpu.xid', utnil: kind == 'gpu.xid'}]
                    progress;    slow: [{below: 2}]
                    progress;    counter: maybe
                    progress;    factor: 0.5
                    progress;    rules: [a]
                    spike;       times: 0
                    spike;       value:
                    spike;       warmup: 3
                    threshold;   aggregate: average
                    threshold;   condition: {above: 3}
                    threshold;   condition: {gt: many}
                    threshold;   window: {size: 5m, slid: 1m}
                    threshold;   of: kind == 'gpu.xid'
                    ratio;       of:
                    frequency;   times: 1
                    frequency;   within:
                    distinct;    field:
                    distinct;    at-least: all
                    combination; at-least: some
                    combination; rules:
                    combination; match: kind == 'gpu.xid'
                    silent-rank; world-size: 70000
                    silent-rank; floor: 1
                    peers;       direction: sideways
                    peers;       at-least: 2
                    absence;     every:
                    absence;     expeced: [inventory]
                    change;      by: -1
                    change;      aggregate: mean
                    new-value;   lern: 2d
                    rare;        share: 2
                    """)
    void refusesInAKindWhatTheReaderRefuses(String kind, String line) {
        refused(with(line, smallest(kind)));
    }

    @ParameterizedTest
    @CsvSource({
        "sequence",
        "progress",
        "spike",
        "threshold",
        "ratio",
        "frequency",
        "distinct",
        "combination",
        "silent-rank",
        "peers",
        "absence",
        "change",
        "new-value",
        "rare"
    })
    void takesTheSmallestRuleOfEachKind(String kind) {
        String rule = with("", smallest(kind));

        assertThat(validate(rule)).isEmpty();
        assertThat(problems(rule)).isEmpty();
    }

    private static String smallest(String kind) {
        String match = "match: kind == 'training.step'\n";
        String value = match + "value: measures.loss\n";
        return "kind: " + kind + "\n"
                + switch (kind) {
                    case "sequence" -> "match: [{name: a, where: kind == 'gpu.xid'}]\n";
                    case "progress", "silent-rank" -> match;
                    case "spike" -> value;
                    case "threshold" -> value + "condition: {gt: 3}\nwindow: {size: 5m}\n";
                    case "ratio" -> match + "of: measures.loss > 3\ncondition: {gt: 0.5}\nwindow: {size: 5m}\n";
                    case "frequency" -> match + "times: 3\nwithin: 5m\n";
                    case "distinct" -> match + "field: rank\nat-least: 3\nwithin: 5m\n";
                    case "combination" -> "rules: [a, b]\nwithin: 5m\n";
                    case "peers" -> value + "field: rank\n";
                    case "absence" -> match + "every: 5m\n";
                    case "change" -> value + "window: {size: 5m}\n";
                    default -> match + "field: attributes.error\n";
                };
    }

    /** A rule with another line in the place of the one for its field; without the field where the line is one without a value. */
    private static String with(String line, String pattern) {
        String rule =
                """
                id: one
                title: A test's rule
                level: high
                group-by: [job]
                response: Nothing.
                """
                        + pattern;
        if (line.isEmpty()) {
            return rule;
        }
        String field = line.substring(0, line.indexOf(':') + 1);
        String changed = rule.lines()
                .filter(one -> !one.startsWith(field))
                .collect(java.util.stream.Collectors.joining("\n", "", "\n"));
        return line.endsWith(":") ? changed : changed + line + "\n";
    }

    private static void refused(String rule) {
        assertThat(validate(rule)).as("the schema of %s", rule).isNotEmpty();
        assertThat(problems(rule)).as("the reader of %s", rule).isNotEmpty();
    }

    private static Set<ValidationMessage> validate(String rule) {
        return SCHEMA.validate(YamlFile.parse("one", rule));
    }

    private static List<String> problems(String rule) {
        Problems problems = new Problems();
        new RuleReader().read(new RuleFile("one.yaml", rule), problems);
        return problems.all();
    }
}
