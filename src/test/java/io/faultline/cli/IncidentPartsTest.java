package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.Part;
import io.faultline.model.Scope;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentPartsTest {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final Entity NODE = Entity.ofNode("gpu-a1");
    private static final Part LINK = new Part("f1", "link-flaps", "A link flaps", Part.Role.INITIATING, NODE, TEN);
    private static final Part STALL =
            new Part("f2", "training-stalled", "Training stalled", Part.Role.CASCADE, Entity.ofJob("train-llm"), TEN);

    @Test
    void tellsPeopleWhatEachAlertWas() {
        assertThat(new IncidentText(ZoneOffset.UTC, false).of(incident(LINK, STALL)))
                .contains(
                        """
                                    because all went down
                          parts     initiating A link flaps [node=gpu-a1]
                                    cascade    Training stalled [job=train-llm]
                        """);
    }

    @Test
    void saysNothingTwiceOfAnAlertThatIsAlone() {
        assertThat(new IncidentText(ZoneOffset.UTC, false).of(incident(LINK))).doesNotContain("parts", "initiating");
    }

    @Test
    void tellsScriptsThePartsAndTheScope() throws IOException {
        JsonNode json = new ObjectMapper().readTree(IncidentJson.of(incident(LINK, STALL)));

        assertThat(json.at("/cause/scope"))
                .hasToString(
                        "{\"level\":\"leaf\",\"value\":\"leaf-1\",\"affected\":8,\"members\":8,\"outside\":0,\"p\":1.0E-9}");
        assertThat(json.at("/parts/1"))
                .hasToString("{\"role\":\"cascade\",\"rule\":\"training-stalled\",\"title\":\"Training stalled\","
                        + "\"entity\":\"job=train-llm\",\"started\":\"2026-03-01T10:00:00Z\"}");
    }

    private static Incident incident(Part... parts) {
        Cause cause = new Cause(
                CauseCategory.ENVIRONMENT,
                "link.down",
                NODE,
                "A link flaps",
                0.9,
                Cause.Verdict.CONFIRMED,
                List.of("all went down"),
                new Scope("leaf", "leaf-1", 8, 8, 0, 1e-9));
        return new Incident(
                "i1",
                1,
                Incident.State.OPEN,
                "A link flaps",
                Level.HIGH,
                TEN,
                TEN,
                cause,
                List.of(NODE),
                List.of(),
                List.of(),
                List.of(),
                parts.length,
                List.of(parts),
                List.of(),
                Cost.UNKNOWN,
                1);
    }
}
