package io.faultline.detect.match.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.DirectLogReader;
import io.faultline.cli.StoryLogs;
import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.detect.match.story.StoryReader;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.MeasureNames;
import io.faultline.settings.Problems;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each check by its example in docs/LINT.md. */
class RuleLintTest {

    private static final Pattern BLOCK = Pattern.compile("```(\\w+) ?([\\w-]*)\\n(.*?)```", Pattern.DOTALL);
    private static final StoryReader STORIES =
            new StoryReader(new StoryLogs(DirectLogReader::new, new ParseSettings(ZoneOffset.UTC)));
    private static final Set<String> FORMATS =
            new HashSet<>(new LineParser(new ParseSettings(ZoneOffset.UTC)).formats());

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/LINT.md"));
    }

    @Test
    void saysNothingOfTheRuleThatTheExamplesChange() throws IOException {
        String page = page();

        assertThat(lint(page.substring(0, page.indexOf("\n## ")), page)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LintCode.class)
    void findsWhatItsExampleShows(LintCode code) throws IOException {
        String page = page();
        String title = "### `" + code.id() + "` (" + code.severity().name().toLowerCase(Locale.ROOT) + ")\n\n";
        int start = page.indexOf(title);
        assertThat(start).as(title).isPositive();
        int end = page.indexOf("\n##", start);
        String section = page.substring(start, end < 0 ? page.length() : end);

        assertThat(section.toLowerCase(Locale.ROOT)).contains(code.meaning().toLowerCase(Locale.ROOT) + ".");
        assertThat(lint(section, page)).extracting(LintProblem::code).contains(code);
    }

    @Test
    void hasNoExampleWithoutACheck() throws IOException {
        Matcher titles = Pattern.compile("### `([a-z-]+)`").matcher(page());

        assertThat(titles.results().map(title -> title.group(1)).toList())
                .containsExactlyElementsOf(
                        Arrays.stream(LintCode.values()).map(LintCode::id).toList());
    }

    @Test
    void findsNothingInTheShippedRules() {
        List<Story> stories = new ArrayList<>();
        StoryReader.shipped().forEach(file -> stories.addAll(STORIES.read(file, new Problems())));

        assertThat(new RuleLint(FORMATS, Set.of()).lint(RuleSet.shippedFiles(), stories))
                .isEmpty();
    }

    /** What is close to an example of the page and is meant. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
                    unused-constant;          params: {code: 31}\\nexceptions: [measures.xid_code == params.code || attributes.process == 'x']
                    exception-never;          exceptions: [attributes.process == 'nvidia-smi']
                    exception-always;         exceptions: [kind == 'gpu.xid' && attributes.process == 'nvidia-smi']
                    field-never-carried;      kind: distinct\\nmatch: kind == 'training.step'\\nfield: rank\\nat-least: 3\\nwithin: 10m
                    field-is-group;           kind: distinct\\ngroup-by: [node]\\nmatch: kind == 'gpu.xid'\\nfield: gpu\\nat-least: 3\\nwithin: 10m
                    too-few-values;           kind: distinct\\nmatch: kind == 'memory.exhausted'\\nfield: attributes.memory\\nat-least: 2\\nwithin: 10m
                    demand-always;            kind: progress\\nmatch: kind == 'inference.stats'\\ndemand: measures.running_requests > 0
                    load-never;               kind: progress\\nmatch: kind == 'inference.stats'\\nunder-load: measures.running_requests > 8
                    phase-is-match;           kind: progress\\nmatch: kind == 'training.step'\\nphases: [{name: a, from: kind == 'training.step' && measures.step < 3}]
                    phase-without-length;     kind: progress\\nmatch: kind == 'training.step'\\nphases: [{name: a, from: kind == 'checkpoint.begin', until: kind == 'checkpoint.end'}]
                    redundant-slow;           kind: progress\\nmatch: kind == 'inference.stats'\\nvalue: measures.generation_tokens_per_second\\nslow: [{below: 0.1, for: 30s}, {below: 0.6, for: 10m}]
                    counter-as-rate;          kind: progress\\nmatch: kind == 'training.step'\\nvalue: measures.step\\ncounter: true
                    of-never;                 kind: ratio\\nmatch: kind in ['inference.request', 'request.error']\\nof: kind == 'request.error'\\ncondition: {gt: 0.1}\\nwindow: {size: 5m}
                    of-always;                kind: ratio\\nmatch: kind in ['inference.request', 'request.error']\\nof: kind == 'request.error'\\ncondition: {gt: 0.1}\\nwindow: {size: 5m}
                    told-late;                kind: threshold\\nmatch: kind == 'training.step'\\nvalue: measures.loss\\ncondition: {gt: 3}\\nwindow: {size: 6h, slide: 5m}
                    percent-for-ratio;        kind: threshold\\nmatch: kind == 'inference.stats'\\nvalue: measures.kv_cache_usage_ratio\\naggregate: sum\\ncondition: {gt: 95}\\nwindow: {size: 5m}
                    expected-without-group;   kind: absence\\ngroup-by: [replica|service]\\nmatch: kind == 'health.check'\\nevery: 5m\\nexpected: [inventory, service=chat]
                    rank-never-known;         kind: silent-rank\\ngroup-by: [job]\\nmatch: kind == 'collective.timeout'
                    combination-of-one;       kind: combination\\ngroup-by: [job]\\nrules: [loss-nan, other]\\nwithin: 5m
                    unknown-rule;             kind: combination\\ngroup-by: [job]\\nrules: [loss-nan, gpu-fails-twice]\\nwithin: 5m
                    ignored-in-vain;          suppress: 30h\\nlint-ignore: {long-suppress: It is rare.}
                    long-suppress;            suppress: 30h\\nlint-ignore: {long-suppress: It is rare.}
                    """)
    void isSilentOfWhatIsMeant(String code, String change) throws IOException {
        String section = "```yaml\n" + change.replace("\\n", "\n") + "\n```";

        assertThat(lint(section, page()))
                .extracting(problem -> problem.code().id())
                .doesNotContain(code, "schema");
    }

    @Test
    void tellsAThresholdOfAWindowThatCanNotBeMet() throws IOException {
        String ratio = "kind: ratio\nmatch: kind == 'inference.request'\nof: severity >= 17\n";
        String section = "```yaml\n" + ratio + "condition: {gt: 5}\nwindow: {size: 5m}\n```";

        assertThat(lint(section, page())).extracting(LintProblem::toString).anySatisfy(problem -> assertThat(problem)
                .contains("percent-for-ratio: condition: the share > 5: ratios are 0…1; did you mean 0.05?"));
    }

    @Test
    void tellsTheLineOfWhatItFound() throws IOException {
        String text = block(page(), "base").replace("xid_code == 79", "xid_cod == 79");

        List<LintProblem> problems =
                new RuleLint(FORMATS, Set.of()).lint(List.of(new RuleFile("r/gpu-fails-twice.yaml", text)), List.of());

        assertThat(problems)
                .extracting(LintProblem::toString)
                .first()
                .asString()
                .startsWith(
                        "r/gpu-fails-twice.yaml:10: schema: match[0].where: unknown measure or attribute \"xid_cod\"");
    }

    @Test
    void tellsOfAnInstanceByItsNameAndTheTemplatesLine() throws IOException {
        String template =
                block(page(), "base").replaceFirst("id: .*\n", "").replaceFirst("response: .*", "response: \\${do}");
        RuleFile family = new RuleFile(
                "r/family.yaml",
                "template:\n" + template.indent(2) + "instances:\n  - {id: gpu-fails-twice, do: Wait.}\n");

        List<LintProblem> problems = new RuleLint(FORMATS, Set.of()).lint(family.rules(), List.of());

        assertThat(problems)
                .extracting(LintProblem::toString)
                .containsExactlyInAnyOrder(
                        "r/family.yaml:14: short-response: gpu-fails-twice: response: \"Wait.\"; say what to look at and"
                                + " what to do",
                        "r/family.yaml:16: no-story: gpu-fails-twice: write stories/gpu-fails-twice.yaml");
    }

    /** What the page of kinds and the table of entities say is what the parsers' golden events have. */
    @Test
    void knowsWhatEventsOfAKindHave() throws IOException {
        List<JsonNode> events = golden();

        assertThat(events).hasSizeGreaterThan(500);
        for (JsonNode event : events) {
            EventKind kind =
                    Objects.requireNonNull(EventKind.ofId(event.get("kind").asText()));
            List<String> measures = new ArrayList<>();
            event.path("measures").fieldNames().forEachRemaining(measures::add);
            measures.remove("occurrences");
            if (kind != EventKind.LOG_OTHER && kind != EventKind.METRIC_SAMPLE) {
                assertThat(MeasureNames.ofKind(kind)).as(event.toString()).containsAll(measures);
            }
            event.path("entity").fieldNames().forEachRemaining(part -> assertThat(
                            KindEntities.mayKnow(kind.id(), Entity.Level.valueOf(part.toUpperCase(Locale.ROOT))))
                    .as("%s of %s", part, event)
                    .isTrue());
            assertThat(FORMATS).as("format").contains(event.get("format").asText());
        }
    }

    private static List<JsonNode> golden() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".ndjson")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode event = YamlFile.parse(file.toString(), line);
                    if (event.hasNonNull("kind")
                            && !event.path("format").asText().equals("unknown")) {
                        events.add(event);
                    }
                }
            }
        }
        return events;
    }

    /** Lints the page's rule as the blocks of a section change it. */
    private static List<LintProblem> lint(String section, String page) {
        ObjectNode base = (ObjectNode) YamlFile.parse("base", block(page, "base"));
        List<RuleFile> rules = new ArrayList<>();
        List<Story> stories = new ArrayList<>();
        boolean told = false;
        for (Matcher block = BLOCK.matcher(section); block.find(); ) {
            if (block.group(1).equals("yaml")) {
                rules.add(changed(base, (ObjectNode) YamlFile.parse("example", block.group(3))));
            } else if (block.group(1).equals("story")) {
                told = true;
                stories.addAll(stories(block.group(2), block.group(3)));
            }
        }
        boolean onlyOther = rules.stream().allMatch(rule -> rule.stem().equals("other"));
        if (onlyOther) {
            rules.add(changed(base, base.objectNode()));
        }
        if (!told) {
            stories.addAll(stories("gpu-fails-twice", block(page, "story")));
        }
        return new RuleLint(FORMATS, Set.of("loss-nan")).lint(rules, stories);
    }

    private static List<Story> stories(String rule, String text) {
        return text.isBlank()
                ? List.of()
                : STORIES.read(new RuleFile("stories/" + rule + ".yaml", text), new Problems());
    }

    private static RuleFile changed(ObjectNode base, ObjectNode change) {
        ObjectNode rule = base.deepCopy();
        if (change.has("kind")) {
            rule.remove(List.of("match", "within"));
        }
        change.properties().forEach(field -> rule.set(field.getKey(), field.getValue()));
        // JSON is YAML too; only the lines are others.
        return new RuleFile("rules/" + rule.get("id").asText() + ".yaml", rule.toPrettyString());
    }

    private static String block(String page, String language) {
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            if (block.group(1).equals(language)) {
                return block.group(3);
            }
        }
        throw new AssertionError(language);
    }
}
