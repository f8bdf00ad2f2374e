package io.faultline.detect.match.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFamilyTest {

    private static final String TEMPLATE =
            """
            template:
              version: 2
              title: ${what} for ${span}
              level: ${level}
              group-by: ${groups}
              kind: threshold
              params: {limit: "${limit}"}
              match: kind == 'inference.stats'
              value: measures.${measure}
              condition: {gt: 0}
              window: {size: "${span}"}
              at-least: ${events}
              exceptions: [measures.running_requests > params.limit]
              response: Look at ${what}.
            """;

    private static final String WAITING =
            """
              - id: queue-long
                what: The queue is long
                span: 5m
                level: high
                groups: [replica, service]
                limit: 3
                measure: waiting_requests
                events: 7
            """;

    private static final String RUNNING =
            """
              - {id: batch-full, what: 'The batch: full', span: 90s, level: low, groups: [node], limit: 0.5, measure: running_requests, events: 1}
            """;

    @TempDir
    private Path directory;

    private static RuleFile family(String text) {
        return new RuleFile("rules/engine.yaml", text);
    }

    @Test
    void makesARuleOfEachInstance() {
        List<RuleDefinition> rules = RuleSet.of(
                        "test",
                        family(TEMPLATE + "instances:\n" + WAITING + RUNNING).rules())
                .rules();

        assertThat(rules).extracting(RuleDefinition::id).containsExactly("batch-full", "queue-long");
        RuleDefinition queue = rules.get(1);
        assertThat(queue.title()).isEqualTo("The queue is long for 5m");
        assertThat(queue.version()).isEqualTo(2);
        assertThat(queue.groupBy()).hasSize(2);
        assertThat(queue.exceptions()).containsExactly("measures.running_requests > 3");
        WindowPattern pattern = (WindowPattern) queue.pattern();
        assertThat(pattern.value()).isEqualTo("measures.waiting_requests");
        assertThat(pattern.window().size()).isEqualTo(Duration.ofMinutes(5));
        assertThat(pattern.atLeast()).isEqualTo(7);
        assertThat(rules.get(0).title()).isEqualTo("The batch: full for 90s");
    }

    @Test
    void makesTextsThatAreRulesByThemselves() {
        RuleFile instance = family(TEMPLATE + "instances:\n" + WAITING).rules().get(0);

        RuleSet alone = RuleSet.of("test", List.of(new RuleFile("queue-long.yaml", instance.text())));

        assertThat(instance.text()).startsWith("# Of the family engine.\nid: queue-long\n");
        assertThat(alone).isEqualTo(RuleSet.of("test", List.of(instance)));
    }

    @Test
    void readsFamiliesOfADirectoryBesideOtherRules() throws Exception {
        Files.writeString(directory.resolve("engine.yaml"), TEMPLATE + "instances:\n" + WAITING + RUNNING);
        Files.writeString(
                directory.resolve("one.yaml"),
                io.faultline.detect.match.SampleRules.file("one", "kind: spike\nmatch: 'true'\nvalue: measures.loss")
                        .text());

        assertThat(RuleSet.read(directory).rules())
                .extracting(RuleDefinition::id)
                .containsExactly("batch-full", "one", "queue-long");
        assertThat(RuleSet.ids(directory)).containsExactly("queue-long", "batch-full", "one");
    }

    @Test
    void tellsWhichInstanceIsWrongAndWhereTheTemplateSaysIt() {
        String text = TEMPLATE + "instances:\n" + WAITING.replace("waiting_requests", "waiting_request")
                + RUNNING.replace("90s", "ninety");

        assertThatThrownBy(() -> RuleSet.of("test", family(text).rules()))
                .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.problems())
                        .containsExactly(
                                "rules/engine.yaml:9: queue-long: value: unknown measure or attribute"
                                        + " \"waiting_request\", did you mean \"waiting_requests\"?",
                                "rules/engine.yaml:11: batch-full: window.size: \"ninety\" is not a duration as 500ms,"
                                        + " 30s, 10m, 2h or 7d"));
    }

    @Test
    void tellsAllThatInstancesLackAndHaveTooMuch() {
        String text = TEMPLATE + "instances:\n" + WAITING.replace("limit:", "limt:")
                + RUNNING.replace("batch-full", "queue-long").replace("what: 'The batch: full'", "what: [a, b]");

        assertThatThrownBy(() -> RuleSet.of("test", family(text).rules()))
                .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.problems())
                        .containsExactlyInAnyOrder(
                                "rules/engine.yaml:16: instances[0].limit: \"queue-long\" does not say what ${limit} is,"
                                        + " did you mean \"limt\"?",
                                "rules/engine.yaml:21: instances[0].limt: \"queue-long\" says it, but there is no"
                                        + " ${limt} in the template, did you mean \"limit\"?",
                                "rules/engine.yaml:24: instances[1].what: \"queue-long\" has more than one value there;"
                                        + " ${what} has to stand alone",
                                "rules/engine.yaml:24: instances[1].id: is the id of another instance too"));
    }

    @Test
    void needsATemplateAndInstances() {
        assertThatThrownBy(
                        () -> RuleSet.of("test", family("template: {id: a}\n").rules()))
                .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.problems())
                        .containsExactly(
                                "rules/engine.yaml:1: template: must be a rule without an id, which each instance has"
                                        + " for itself",
                                "rules/engine.yaml:1: instances: is missing"));
        assertThatThrownBy(() ->
                        RuleSet.of("test", family("instances: []\nextra: 1\n").rules()))
                .hasMessageContaining("template: is missing")
                .hasMessageContaining("instances: there is none")
                .hasMessageContaining("extra: unknown");
    }
}
