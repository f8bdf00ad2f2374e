package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Drill;
import io.faultline.cli.Drill.Occasion;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.Notification;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.settings.YamlFile;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** The way of a drill's line through the whole job to whoever is told. */
class FireDrillTest {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void tellsEachDrillToTheReceiverThatItsRouteNamesAndToNobodyElse() throws Exception {
        LinesSources lines = new LinesSources()
                .with("gateway.json.log", "{\"timestamp\":\"2026-03-01T10:00:00Z\",\"message\":\"ready\"}")
                .with("drill-00000001", new Drill("drill-00000001", "ann", Occasion.ONCE).line(TEN))
                .with(
                        "drill-00000002",
                        new Drill("drill-00000002", "cron", Occasion.SCHEDULED).line(TEN.plusSeconds(60)))
                .with("drill-00000003", new Drill("drill-00000003", "ann", Occasion.STOPPED).line(TEN.plusSeconds(90)));

        try (HttpReceiver drills = new HttpReceiver().always(received -> HttpReceiver.Answer.ok("ok"));
                HttpReceiver pager = new HttpReceiver()) {
            MemorySinks found = run(lines, drills.url(), pager.url());

            assertThat(found.incidents()).hasSize(2).allSatisfy(incident -> {
                assertThat(incident.isDrill()).isTrue();
                assertThat(incident.severity()).isEqualTo(Level.INFORMATIONAL);
            });
            assertThat(found.incidents())
                    .extracting(Incident::startedAt)
                    .containsExactlyInAnyOrder(TEN, TEN.plusSeconds(60));
            assertThat(found.notifications())
                    .hasSize(2)
                    .extracting(Notification::outcome)
                    .containsOnly(Notification.Outcome.DELIVERED);
            assertThat(drills.received())
                    .extracting(HttpReceiver.Received::body)
                    .allSatisfy(body -> assertThat(body).contains("[DRILL] new incident: "))
                    .anySatisfy(body -> assertThat(body).contains("fire drill drill-00000001 of ann"))
                    .anySatisfy(body -> assertThat(body).contains("fire drill drill-00000002 of cron"));
            assertThat(pager.received()).isEmpty();
        }
    }

    private static MemorySinks run(LinesSources lines, String drills, String pager) throws Exception {
        var tree = YamlFile.parse(
                "job.yaml",
                """
                respond:
                  notify:
                    receivers:
                      - {name: pager, channel: webhook, url: "%s"}
                      - {name: drills, channel: slack, url: "%s", min-severity: informational, send-resolved: false}
                    route:
                      receiver: pager
                      routes:
                        - {matchers: [rule=fire-drill], receiver: drills}
                """
                        .formatted(pager, drills));
        StreamExecutionEnvironment environment = JobConfiguration.embedded(2);
        try (MemorySinks sinks = new MemorySinks()) {
            new Topology(JobSettings.read("job.yaml", tree, Map.of()), lines, sinks).wire(environment);
            environment.execute();
            return sinks;
        }
    }
}
