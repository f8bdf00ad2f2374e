package io.faultline.respond.notify.route;

import static io.faultline.model.Level.CRITICAL;
import static io.faultline.model.Level.HIGH;
import static io.faultline.respond.notify.channel.SampleIncidents.gpuFellOffTheBus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.model.Cause;
import io.faultline.model.Entity;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {

    private static final List<String> RECEIVERS = List.of("ops", "pager", "nlp", "web");

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            value = {
                "severity=critical ^ true",
                "severity!=critical ^ false",
                "severity=~'crit.*' ^ false",
                "severity=~crit.* ^ true",
                "severity=~crit ^ false", // an expression fits the whole value
                "job=\"train-llm\" ^ true",
                "job =~ \"train-(llm|x)\" ^ true",
                "job!~train-.* ^ false",
                "rule=job-exit ^ true", // one of two
                "rule!=job-exit ^ false",
                "service= ^ true", // it has none
                "service!= ^ false",
                "gpu=0000:9b:00 ^ true",
            })
    void readsConditionsAsAlertmanagerWritesThem(String text, boolean holds) {
        assertThat(Matcher.parse(text).test(Labels.of(gpuFellOffTheBus()))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"severity, is no condition", "=critical, is no condition", "job=~(, is no expression"})
    void saysWhatIsWrongWithACondition(String text, String problem) {
        assertThatThrownBy(() -> Matcher.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void entersTheFirstBranchThatFitsAndGoesOnWhereItSaysSo() {
        RouteSettings settings = read(
                """
                route:
                  receiver: ops
                  routes:
                    - {matchers: [severity=critical], receiver: pager, continue: true}
                    - matchers: [job=~"train-.*"]
                      receiver: nlp
                      group-by: [job]
                      routes:
                        - {matchers: [cause=loss], receiver: web}
                    - {matchers: [node=gpu-a1], receiver: web}
                """);

        assertThat(receivers(settings, CRITICAL)).containsExactly("pager", "nlp");
        assertThat(receivers(settings, HIGH)).containsExactly("nlp");
        assertThat(settings.route().of(Labels.of(incident("other", HIGH, "node-x"))))
                .extracting(Route::receiver)
                .containsExactly("ops");
    }

    @Test
    void takesFromTheBranchAboveWhatItDoesNotSay() {
        Route route =
                read("""
                        route:
                          receiver: ops
                          group-wait: 30s
                          repeat-interval: 12h
                          escalate: [{after: 30m, receiver: web}, {after: 5m, receiver: pager}]
                          routes:
                            - {matchers: [severity=high], group-wait: 5s}
                        """)
                        .route()
                        .find("0.0");

        assertThat(route.receiver()).isEqualTo("ops");
        assertThat(route.groupWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(route.repeatInterval()).isEqualTo(Duration.ofHours(12));
        assertThat(route.escalations())
                .containsExactly(
                        new Route.Escalation(Duration.ofMinutes(5), "pager"),
                        new Route.Escalation(Duration.ofMinutes(30), "web"));
    }

    @Test
    void tellsEverybodyWhereNoRouteIsSet() {
        assertThat(receivers(read("{}"), HIGH)).containsExactlyElementsOf(RECEIVERS);
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        read(
                """
                route:
                  receiver: opps
                  repeat-interval: 10s
                  routes:
                    - {matchers: [sevrity=high, "???"], receiver: pager}
                    - {matchers: [severity=high], receiver: pager, escalate: [{after: 5m, receiver: boss}]}
                inhibit-rules:
                  - {source-matchers: [cause=gpu.xid]}
                """);

        assertThat(problems.all())
                .anyMatch(problem ->
                        problem.startsWith("route.receiver: there is no receiver \"opps\"") && problem.contains("ops"))
                .anyMatch(problem -> problem.startsWith("route.repeat-interval: is shorter than group-interval"))
                .anyMatch(problem -> problem.startsWith("route.routes[0].matchers: no incident has a label \"sevrity\"")
                        && problem.contains("severity"))
                .anyMatch(problem -> problem.startsWith("route.routes[0].matchers: \"???\" is no condition"))
                .anyMatch(problem ->
                        problem.startsWith("route.routes[1].escalate[0].receiver: there is no receiver \"boss\""))
                .anyMatch(problem -> problem.startsWith("inhibit-rules[0].target-matchers: needs at least one"));
    }

    @Test
    void staysInTheGroupsItWentToWhateverItBecomes() {
        Router router = new Router(
                read("""
                                route:
                                  receiver: ops
                                  group-by: [node]
                                  routes:
                                    - {matchers: [severity=critical], receiver: pager}
                                """)
                        .route(),
                List.of());

        Targets first = router.targets(incident("a", HIGH, "gpu-a1"), Targets.NONE);
        Targets later = router.targets(incident("a", CRITICAL, "gpu-b7"), first);

        assertThat(first.groups()).containsExactly("ops|0|{node=gpu-a1}");
        assertThat(later.groups()).containsExactly("ops|0|{node=gpu-a1}", "pager|0.0|{node=gpu-b7}");
    }

    @Test
    void keepsQuietWhatAnOpenIncidentExplainsAndLetsItSpeakAfterwards() {
        Router router = new Router(
                Route.toAll(RECEIVERS),
                read("""
                                inhibit-rules:
                                  - {source-matchers: [severity=critical], target-matchers: [severity=~"high|medium"], equal: [node]}
                                """)
                        .inhibitRules());
        Map<String, Quieted> open = new LinkedHashMap<>();

        assertThat(router.weigh(incident("small", HIGH, "gpu-a1"), open))
                .extracting(Quieted::by)
                .containsExactly("");
        assertThat(router.weigh(incident("large", CRITICAL, "gpu-a1"), open))
                .extracting(quieted -> quieted.incident().id(), Quieted::by)
                .containsExactlyInAnyOrder(tuple("small", "large"), tuple("large", ""));
        assertThat(router.weigh(incident("elsewhere", HIGH, "gpu-b1"), open))
                .extracting(Quieted::by)
                .containsExactly("");
        assertThat(router.weigh(over(incident("large", CRITICAL, "gpu-a1")), open))
                .extracting(quieted -> quieted.incident().id(), Quieted::by)
                .containsExactlyInAnyOrder(tuple("small", ""), tuple("large", ""));
        assertThat(open).containsOnlyKeys("small", "elsewhere");
    }

    private List<String> receivers(RouteSettings settings, Level severity) {
        return settings.route().of(Labels.of(gpuFellOffTheBus(1, Incident.State.OPEN, severity))).stream()
                .map(Route::receiver)
                .toList();
    }

    private RouteSettings read(String yaml) {
        return RouteSettings.read(
                new SettingsReader(YamlFile.parse("a test", yaml), problems, Map.of()), RECEIVERS, Duration.ofDays(7));
    }

    private static Incident incident(String id, Level severity, String node) {
        Incident sample = gpuFellOffTheBus(1, Incident.State.OPEN, severity);
        var where = Entity.ofNode(node);
        return new Incident(
                id,
                1,
                Incident.State.OPEN,
                sample.title(),
                severity,
                sample.startedAt(),
                sample.endedAt(),
                new Cause(
                        sample.cause().category(),
                        "gpu.xid",
                        where,
                        "Xid",
                        0.9,
                        sample.cause().verdict(),
                        List.of()),
                List.of(where),
                List.of("gpu-xid-critical"),
                List.of(),
                List.of(),
                1);
    }

    private static Incident over(Incident incident) {
        return new Incident(
                incident.id(),
                2,
                Incident.State.RESOLVED,
                incident.title(),
                incident.severity(),
                incident.startedAt(),
                incident.endedAt(),
                incident.cause(),
                incident.entities(),
                incident.rules(),
                List.of(),
                List.of(),
                1);
    }
}
