package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Change;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.Origin;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentCostTest {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final Change DRIVER = new Change(
            TEN.minusSeconds(200),
            Change.Kind.DRIVER,
            Entity.ofNode("gpu-a1"),
            "node gpu-a1 has driver 570.86.15 (before: 550.54.15)",
            200,
            Origin.file("gpu-a1.kernel.log", 2));

    @Test
    void tellsPeopleWhatItCostsAndWhatWasChanged() {
        assertThat(new IncidentText(ZoneOffset.UTC, false).of(incident(List.of(DRIVER), new Cost(1.506, 16, true))))
                .contains(
                        """
                          cost      1.51 GPU-hours so far, of 16 GPUs
                          changed   3 min 20 s before: node gpu-a1 has driver 570.86.15 (before: 550.54.15)
                        """);
    }

    @Test
    void saysNothingOfACostThatIsNotKnown() {
        assertThat(new IncidentText(ZoneOffset.UTC, false).of(incident(List.of(), Cost.UNKNOWN)))
                .doesNotContain("cost", "changed");
        assertThat(IncidentJson.of(incident(List.of(), Cost.UNKNOWN))).doesNotContain("cost", "changes");
    }

    @Test
    void tellsScriptsTheSame() throws IOException {
        JsonNode json =
                new ObjectMapper().readTree(IncidentJson.of(incident(List.of(DRIVER), new Cost(1.506, 16, true))));

        assertThat(json.path("cost")).hasToString("{\"gpu_hours\":1.506,\"gpus\":16,\"running\":true}");
        assertThat(json.at("/changes/0/kind").asText()).isEqualTo("driver");
        assertThat(json.at("/changes/0/seconds_before").asLong()).isEqualTo(200);
        assertThat(json.at("/changes/0/origin").asText()).isEqualTo("gpu-a1.kernel.log:2");
    }

    private static Incident incident(List<Change> changes, Cost cost) {
        Cause cause = new Cause(
                CauseCategory.ENVIRONMENT,
                "gpu.xid",
                Entity.ofNode("gpu-a1"),
                "A GPU is lost",
                0.9,
                Cause.Verdict.CONFIRMED,
                List.of());
        Incident incident = new Incident(
                "i1",
                1,
                Incident.State.OPEN,
                "A GPU is lost",
                Level.HIGH,
                TEN,
                TEN,
                cause,
                List.of(Entity.ofNode("gpu-a1")),
                List.of(),
                List.of(),
                List.of(),
                1);
        return incident.with(changes, cost);
    }
}
