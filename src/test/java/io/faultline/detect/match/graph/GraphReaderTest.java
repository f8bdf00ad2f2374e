package io.faultline.detect.match.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.DirectLogReader;
import io.faultline.cli.StoryLogs;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.detect.match.rule.SequenceStep;
import io.faultline.detect.match.story.Story;
import io.faultline.detect.match.story.StoryReader;
import io.faultline.detect.match.story.StoryTrial;
import io.faultline.settings.Problems;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphReaderTest {

    /** As the library writes it: the last node first, and null for all that is not there. */
    private static final String FLAPS =
            """
            {"name": "flaps-then-timeout", "type": "COMPOSITE", "version": 1, "condition": null,
             "quantifier": {"consumingStrategy": "SKIP_TILL_NEXT", "properties": ["SINGLE"], "times": null,
                            "untilCondition": null},
             "nodes": [
              {"name": "timeout", "type": "ATOMIC",
               "quantifier": {"consumingStrategy": "SKIP_TILL_NEXT", "properties": ["SINGLE"], "times": null,
                              "untilCondition": null},
               "condition": {"type": "AVIATOR",
                             "expression": "action == 'collective.timeout' && elapsed_seconds > 60"}},
              {"name": "flap", "type": "ATOMIC",
               "quantifier": {"consumingStrategy": "SKIP_TILL_NEXT", "properties": ["LOOPING"],
                              "times": {"from": 3, "to": 3, "windowTime": null}, "untilCondition": null},
               "condition": {"type": "AVIATOR", "expression": "action == \\"link.down\\""}}],
             "edges": [{"source": "flap", "target": "timeout", "type": "SKIP_TILL_NEXT"}],
             "window": {"type": "FIRST_AND_LAST", "time": {"unit": "MINUTES", "size": 20}},
             "afterMatchSkipStrategy": {"type": "SKIP_PAST_LAST_EVENT", "patternName": null}}
            """;

    private static final String NODE =
            """
            {"name": "%s", "type": "ATOMIC", "quantifier": {"consumingStrategy": "SKIP_TILL_NEXT", "properties": ["SINGLE"]},
             "condition": {"type": "AVIATOR", "expression": "kind == '%s'"}}""";

    private final Problems problems = new Problems();

    @Test
    void makesARuleThatMatchesInAStory() throws Exception {
        RuleSet rules = RuleSet.of("test", List.of(new RuleFile("flaps.yaml", read(FLAPS))));
        StoryReader reader = new StoryReader(new StoryLogs(DirectLogReader::new, new ParseSettings(ZoneOffset.UTC)));
        List<Story> stories = reader.read(
                new RuleFile(
                        "flaps.yaml",
                        """
                        - story: three flaps and a timeout
                          entity: {node: gpu-a1}
                          events:
                            - {at: 0s, every: 2m, times: 3, kind: link.down}
                            - {at: 8m, kind: collective.timeout, measures: {elapsed_seconds: 600}}
                          alerts:
                            - {rule: flaps, group: node=gpu-a1, starts: 0s, at: 8m}
                        - story: two flaps only
                          entity: {node: gpu-a1}
                          events:
                            - {at: 0s, every: 2m, times: 2, kind: link.down}
                            - {at: 8m, kind: collective.timeout, measures: {elapsed_seconds: 600}}
                        """),
                problems);

        assertThat(problems.all()).isEmpty();
        assertThat(stories).hasSize(2).allSatisfy(story -> assertThat(
                        new StoryTrial(rules).run(story).differences())
                .isEmpty());
    }

    @Test
    void saysWhatTheGraphSays() {
        SequencePattern pattern = sequence(FLAPS);

        assertThat(pattern.within()).isEqualTo(Duration.ofMinutes(20));
        assertThat(pattern.skip()).isEqualTo(SequencePattern.Skip.PAST_LAST);
        assertThat(pattern.steps()).extracting(SequenceStep::name).containsExactly("flap", "timeout");
        SequenceStep flap = pattern.steps().get(0);
        assertThat(flap.least()).isEqualTo(3);
        assertThat(flap.most()).isEqualTo(Integer.MAX_VALUE);
        assertThat(flap.where()).isEqualTo("kind == 'link.down'");
        assertThat(pattern.steps().get(1).where())
                .isEqualTo("kind == 'collective.timeout' && measures.elapsed_seconds > 60");
    }

    @Test
    void knowsEachKindOfEdgeAndQuantifier() {
        SequencePattern pattern = sequence(graph(
                        """
                "window": {"time": {"unit": "HOURS", "size": 2}},
                "afterMatchStrategy": {"type": "SKIP_TO_LAST", "patternName": "a"}""",
                        "SKIP_TILL_ANY",
                        "STRICT",
                        "NOT_FOLLOW",
                        "SKIP_TILL_NEXT")
                .replaceFirst(
                        "(\"name\": \"c\".*?\"properties\": \\[)\"SINGLE\"]",
                        "$1\"TIMES\", \"GREEDY\"], \"times\": {\"from\": 2, \"to\": 5}")
                .replaceFirst("(\"name\": \"c\".*?)SKIP_TILL_NEXT", "$1STRICT")
                .replaceFirst("(\"name\": \"b\".*?\"properties\": \\[)\"SINGLE\"]", "$1\"SINGLE\", \"OPTIONAL\"]"));

        assertThat(pattern.within()).isEqualTo(Duration.ofHours(2));
        assertThat(pattern.skip()).isEqualTo(SequencePattern.Skip.TO_LAST);
        assertThat(pattern.skipTo()).isEqualTo("a");
        assertThat(pattern.steps())
                .extracting(
                        SequenceStep::name, step -> step.contiguity().name(), SequenceStep::not, SequenceStep::optional)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "RELAXED", false, false),
                        org.assertj.core.groups.Tuple.tuple("b", "ANY", false, true),
                        org.assertj.core.groups.Tuple.tuple("c", "STRICT", false, false),
                        org.assertj.core.groups.Tuple.tuple("d", "RELAXED", true, false),
                        org.assertj.core.groups.Tuple.tuple("e", "RELAXED", false, false));
        SequenceStep repeated = pattern.steps().get(2);
        assertThat(repeated.greedy()).isTrue();
        assertThat(List.of(repeated.least(), repeated.most())).containsExactly(2, 5);
    }

    @Test
    void waitsFromEventToEventWhereTheWindowSaysSo() {
        SequencePattern pattern = sequence(graph(
                """
                "window": {"type": "PREVIOUS_AND_CURRENT", "time": {"unit": "SECONDS", "size": 30}}""",
                "SKIP_TILL_NEXT",
                "SKIP_TILL_NEXT"));

        assertThat(pattern.steps())
                .extracting(SequenceStep::within)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(30));
        assertThat(pattern.within()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void readsFlinksOwnCompositionsOfConditions() {
        String both = FLAPS.replace(
                "{\"type\": \"AVIATOR\", \"expression\": \"action == \\\"link.down\\\"\"}",
                """
                {"type": "CLASS", "className": "org.apache.flink.cep.pattern.conditions.RichAndCondition",
                 "nestedConditions": [{"type": "AVIATOR", "expression": "action == 'link.down'"},
                  {"type": "CLASS", "className": "org.apache.flink.cep.pattern.conditions.RichNotCondition",
                   "nestedConditions": [{"type": "GROOVY", "expression": "severity < 9"}]}]}""");

        assertThat(sequence(both).steps().get(0).where()).isEqualTo("(kind == 'link.down') && (!(severity < 9))");
    }

    @Test
    void tellsAllThatHasNoCounterpartByItsPlace() {
        String graph =
                """
                {"name": "bad", "nodes": [
                  {"name": "a", "quantifier": {"properties": ["LOOPING"],
                     "times": {"from": 2, "to": 2, "windowTime": {"unit": "MINUTES", "size": 1}}},
                   "condition": {"type": "CLASS", "className": "com.example.StartCondition", "args": ["1"]}},
                  {"name": "b", "type": "COMPOSITE", "nodes": [], "edges": []},
                  {"name": "c", "quantifer": {}, "condition": {"type": "AVIATOR", "expression": "math.abs(loss) > 3"}},
                  {"name": "d", "condition": {"type": "AVIATOR", "expression": "los > 3 && prize == 1"}},
                  {"name": "e", "condition": {"type": "AVIATOR", "expression": "loss == 'high'"}}],
                 "edges": [{"source": "a", "target": "b", "type": "STRICT"}, {"source": "b", "target": "c", "type": "NEXT"},
                           {"source": "b", "target": "d", "type": "STRICT"}, {"source": "d", "target": "f", "type": "STRICT"}],
                 "afterMatchStrategy": {"type": "SKIP"}}
                """;

        read(graph);

        assertThat(problems.all())
                .allMatch(problem -> problem.startsWith("flaps.json: $."))
                .extracting(
                        problem -> problem.substring("flaps.json: ".length()).replaceFirst("e 'high'.*", "e"))
                .contains(
                        "$.nodes[0].quantifier.times.windowTime: a rule has no window for the repetitions of one step",
                        "$.nodes[0].condition.className: com.example.StartCondition is a Java class; write what it asks as"
                                + " an expression",
                        "$.nodes[1].type: \"b\" is a group of patterns; a rule has none, only steps",
                        "$.nodes[2].quantifer: unknown, did you mean \"quantifier\"?",
                        "$.nodes[2].condition.expression: the function math.abs has no counterpart in CEL",
                        "$.nodes[3].condition.expression: no event has a field \"los\", did you mean \"loss\"? (say what it"
                                + " is by --field los=…)",
                        "$.nodes[3].condition.expression: no event has a field \"prize\" (say what it is by --field"
                                + " prize=…)",
                        "$.edges[1].type: \"NEXT\" is none of STRICT, SKIP_TILL_NEXT, SKIP_TILL_ANY, NOT_NEXT, NOT_FOLLOW",
                        "$.edges[2].target: a rule's steps are one path; this is a branch",
                        "$.edges[3].target: no node \"f\", did you mean \"a\"?",
                        "$.edges: do not lead from one node to all others",
                        "$.window: there is none, and a rule waits no longer than within; say how long that is",
                        "$.afterMatchStrategy.type: \"SKIP\" is none of NO_SKIP, SKIP_PAST_LAST_EVENT, SKIP_TO_FIRST,"
                                + " SKIP_TO_LAST, SKIP_TO_NEXT")
                .anyMatch(problem -> problem.startsWith("$.nodes[4].condition.expression: measures.loss == 'high': "));
    }

    @Test
    void tellsWhereRepetitionsAndTheEdgeDiffer() {
        read(graph("\"window\": {\"time\": {\"unit\": \"HOURS\", \"size\": 2}}", "STRICT")
                .replaceFirst("(\"name\": \"b\".*?\"properties\": \\[)\"SINGLE\"]", "$1\"LOOPING\"]"));

        assertThat(problems.all())
                .containsExactly(
                        "flaps.json: $.edges[0].type: STRICT to \"b\", whose own repetitions are SKIP_TILL_NEXT;"
                                + " a step has one contiguity for both");
    }

    @Test
    void saysOfTextThatIsNoJsonWhereItBreaks() {
        read("{\"name\": [}");

        assertThat(problems.all()).hasSize(1).allMatch(problem -> problem.startsWith("flaps.json: no JSON: line 1"));
    }

    /** Nodes a, b, c and so on with edges of these types from one to the next. */
    private static String graph(String rest, String... edges) {
        StringBuilder nodes = new StringBuilder(NODE.formatted("a", "gpu.xid"));
        StringBuilder types = new StringBuilder();
        for (int i = 0; i < edges.length; i++) {
            char source = (char) ('a' + i);
            char target = (char) (source + 1);
            nodes.append(",\n").append(NODE.replace("\n", "").formatted(target, "link.down"));
            types.append(i == 0 ? "" : ",")
                    .append("{\"source\": \"%s\", \"target\": \"%s\", \"type\": \"%s\"}"
                            .formatted(source, target, edges[i]));
        }
        return "{\"name\": \"g\", \"nodes\": [" + nodes + "], \"edges\": [" + types + "], " + rest + "}";
    }

    private SequencePattern sequence(String json) {
        String rule = read(json);
        assertThat(problems.all()).isEmpty();
        return (SequencePattern) RuleSet.of("test", List.of(new RuleFile("flaps.yaml", rule)))
                .rules()
                .get(0)
                .pattern();
    }

    private String read(String json) {
        GraphOptions options =
                new GraphOptions("flaps", "", "high", List.of("node"), "", Duration.ZERO, Map.of("action", "kind"));
        return new GraphReader(options).read("flaps.json", json, problems);
    }
}
