package io.faultline.store.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.model.Attributes;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.QualityMark;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventDocument events = new EventDocument();

    @Test
    void writesAnEventWithEcsNames() throws IOException {
        LogEvent event = SampleDocuments.event(7, Measures.of("loss", 2.5), Attributes.of("path", "/ckpt"));

        String line = events.text(event);

        assertThat(JSON.readTree(line))
                .isEqualTo(
                        JSON.readTree(
                                """
                {"@timestamp": "2026-03-01T10:00:00.007Z", "message": "iteration 7", "log.level": "info",
                 "event.kind": "event", "event.action": "training.step", "event.severity": 9,
                 "event.created": "2026-03-01T10:01:00Z", "faultline.format": "megatron",
                 "faultline.origin": "train-llm.log:7", "faultline.severity_text": "INFO",
                 "ai.job": "train-llm", "ai.rank": "3", "ai.measures.loss": 2.5, "labels": {"path": "/ckpt"}}
                """));
        assertThat(line).doesNotContain("\n");
    }

    @Test
    void writesAnAccountWhoseNumbersCanBeSummed() throws IOException {
        assertThat(JSON.readTree(new JobAccountDocument().text(SampleDocuments.account())))
                .isEqualTo(
                        JSON.readTree(
                                """
                {"@timestamp": "2026-03-01T10:00:00Z", "event.kind": "metric",
                 "event.start": "2026-03-01T10:00:00Z", "event.end": "2026-03-01T10:05:00Z", "ai.job": "train-llm",
                 "goodput.seconds": 300.0, "goodput.initialising_seconds": 0.0, "goodput.productive_seconds": 180.0,
                 "goodput.checkpoint_seconds": 20.0, "goodput.evaluation_seconds": 0.0, "goodput.stalled_seconds": 40.0,
                 "goodput.restarting_seconds": 50.0, "goodput.wasted_seconds": 10.0, "goodput.lost_seconds": 100.0,
                 "goodput.interruptions": 1, "goodput.recoveries": 1, "goodput.recovery_seconds": 90.0,
                 "goodput.step": 1200.0, "goodput.run": 1, "goodput.ended": false, "goodput.gpus": 16,
                 "goodput.gpu_seconds": 4800.0, "goodput.productive_gpu_seconds": 2880.0,
                 "goodput.lost_gpu_seconds": 1600.0}
                """));
    }

    @Test
    void keepsTheNewsOfALossThatIsNoNumber() throws IOException {
        Measures measures = Measures.builder()
                .put("loss", Double.NaN)
                .put("grad_norm", Double.POSITIVE_INFINITY)
                .put("step", 12)
                .build();

        JsonNode document = read(SampleDocuments.event(1, measures, Attributes.NONE));

        assertThat(document.path("ai.not_finite")).hasToString("[\"loss\",\"grad_norm\"]");
        assertThat(document.has("ai.measures.loss")).isFalse();
        assertThat(document.path("ai.measures.step").asDouble()).isEqualTo(12);
    }

    @Test
    void makesNamesFromLogsFitForFields() throws IOException {
        Measures measures = Measures.builder().put("gpu.temp", 70).put("", 1).build();
        Attributes labels = Attributes.of("a.b c", "d").with("\u0000", "e");

        JsonNode document = read(SampleDocuments.event(1, measures, labels));

        assertThat(document.path("ai.measures.gpu_temp").asDouble()).isEqualTo(70);
        assertThat(document.path("ai.measures._").asDouble()).isEqualTo(1);
        assertThat(document.path("labels")).hasToString("{\"a_b_c\":\"d\",\"_\":\"e\"}");
    }

    @Test
    void namesTheMarksOfDoubt() throws IOException {
        LogEvent event = SampleDocuments.event(1, Measures.NONE, Attributes.NONE)
                .marked(QualityMark.TIME_CLAMPED)
                .marked(QualityMark.TRUNCATED);

        assertThat(read(event).path("faultline.quality")).hasToString("[\"time_clamped\",\"truncated\"]");
    }

    @Test
    void givesTheSameLineTheSameIdAndAnotherLineAnother() {
        LogEvent seven = SampleDocuments.event(7, Measures.NONE, Attributes.NONE);
        LogEvent sevenAgain = SampleDocuments.event(7, Measures.NONE, Attributes.NONE);
        LogEvent eight = SampleDocuments.event(8, Measures.NONE, Attributes.NONE);

        assertThat(events.id(seven)).isEqualTo(events.id(sevenAgain)).hasSize(22);
        assertThat(events.id(seven)).isNotEqualTo(events.id(eight));
    }

    @Test
    void putsAnEventIntoTheIndexOfItsDayUnlessItsClockIsAbsurd() {
        LogEvent event = SampleDocuments.event(7, Measures.NONE, Attributes.NONE);
        Instant ten = SampleDocuments.TEN;

        assertThat(events.index("faultline", event)).isEqualTo("faultline-events-2026.03.01");
        assertThat(events.index("faultline", at(event, ten.minus(Duration.ofDays(60)))))
                .isEqualTo("faultline-events-2025.12.31");
        assertThat(events.index("faultline", at(event, Instant.EPOCH))).isEqualTo("faultline-events-2026.03.01");
        assertThat(events.index("faultline", at(event, Instant.MAX))).isEqualTo("faultline-events-2026.03.01");
    }

    @Test
    void writesATimeThatNoIndexTakesAsTheNearestThatItDoes() throws IOException {
        LogEvent event = SampleDocuments.event(7, Measures.NONE, Attributes.NONE);

        assertThat(read(at(event, Instant.MAX)).path("@timestamp").asText()).isEqualTo("9999-12-31T23:59:59.999Z");
        assertThat(read(at(event, Instant.MIN)).path("@timestamp").asText()).isEqualTo("0001-01-01T00:00:00Z");
    }

    @Test
    void writesAnIncidentWithItsCauseAndEverythingItIsAbout() throws IOException {
        JsonNode document = JSON.readTree(new IncidentDocument().write(SampleDocuments.incident()));

        assertThat(document.path("incident.severity").asText()).isEqualTo("critical");
        assertThat(document.path("incident.duration_seconds").asInt()).isEqualTo(90);
        assertThat(document.path("incident.cause.entity").asText()).isEqualTo("cluster=lab node=gpu-a1 gpu=0000:9b:00");
        assertThat(document.path("host.name")).hasToString("[\"gpu-a1\"]");
        assertThat(document.path("ai.rank")).hasToString("[\"3\"]");
        assertThat(document.path("rule.id")).hasToString("[\"gpu-xid\",\"collective-timeout\"]");
        assertThat(document.at("/incident.evidence/0/origin").asText()).isEqualTo("gpu-a1.kernel.log:17");
        assertThat(document.path("incident.cause.scope.value").asText()).isEqualTo("leaf-2");
        assertThat(document.path("incident.cause.scope.p_value").asDouble()).isEqualTo(2.5e-9);
        assertThat(document.at("/incident.parts/0/role").asText()).isEqualTo("initiating");
        assertThat(document.at("/incident.parts/0/rule").asText()).isEqualTo("gpu-xid");
        assertThat(document.at("/incident.cause.rules/0").asText()).isEqualTo("gpu-xid");
    }

    @Test
    void replacesAnIncidentByItsLaterRevision() {
        var first = SampleDocuments.incident();
        IncidentDocument incidents = new IncidentDocument();

        assertThat(incidents.index("faultline", first)).isEqualTo("faultline-incidents");
        assertThat(incidents.id(first)).isEqualTo("i1");
    }

    @Test
    void keepsEveryByteOfARejectedPayload() throws IOException {
        RejectedDocument rejected = new RejectedDocument();
        byte[] bytes = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};

        JsonNode text = JSON.readTree(rejected.write(SampleDocuments.rejected("naïve \u0001".getBytes(UTF_8))));
        JsonNode binary = JSON.readTree(rejected.write(SampleDocuments.rejected(bytes)));

        assertThat(text.path("rejected.payload").asText()).isEqualTo("naïve \u0001");
        assertThat(text.path("faultline.origin").asText()).isEqualTo("logs/3@120044");
        assertThat(binary.has("rejected.payload")).isFalse();
        assertThat(binary.path("rejected.payload_base64").binaryValue()).isEqualTo(bytes);
    }

    @Test
    void keepsARefusedDocumentWithItsTimeItsOriginAndTheReason() throws IOException {
        LogEvent event = SampleDocuments.event(7, Measures.NONE, Attributes.of("nested", "}"));
        var refused = new RefusedDocument("faultline-events-2026.03.01", "id", events.write(event), "x".repeat(5_000));

        JsonNode document = JSON.readTree(refused.write());

        assertThat(document.path("@timestamp").asText()).isEqualTo("2026-03-01T10:01:00Z");
        assertThat(document.path("faultline.origin").asText()).isEqualTo("train-llm.log:7");
        assertThat(document.path("rejected.payload").asText()).isEqualTo(events.text(event));
        assertThat(document.path("rejected.detail").asText()).hasSize(2_000);
    }

    @Test
    void leavesOutAStatisticThatIsNoNumber() throws IOException {
        JsonNode document = JSON.readTree(new StatisticsDocument().write(SampleDocuments.statistics()));

        assertThat(document.path("statistics.p90").asDouble()).isEqualTo(2.6);
        assertThat(document.has("statistics.p99")).isFalse();
        assertThat(new StatisticsDocument().index("faultline", SampleDocuments.statistics()))
                .isEqualTo("faultline-statistics-2026.03.01");
    }

    private JsonNode read(LogEvent event) throws IOException {
        return JSON.readTree(events.write(event));
    }

    private static LogEvent at(LogEvent event, Instant timestamp) {
        return event.withTimestamp(timestamp, QualityMark.LATE);
    }
}
