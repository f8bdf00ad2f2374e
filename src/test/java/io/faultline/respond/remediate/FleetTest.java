package io.faultline.respond.remediate;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Entity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetTest {

    @Test
    void countsTheDifferentNodesOfEachCluster() {
        Entity first = Entity.ofNode("gpu-a1").with(Entity.Level.CLUSTER, "lab");

        Fleet fleet = Fleet.of(List.of(
                first,
                first.with(Entity.Level.GPU, "0000:9b:00"),
                Entity.ofNode("gpu-a2").with(Entity.Level.CLUSTER, "lab"),
                Entity.ofNode("gpu-a1"),
                Entity.ofJob("train-llm")));

        assertThat(fleet.nodes()).isEqualTo(Map.of("lab", 2, "", 1));
        assertThat(fleet.size("other")).isEmpty();
    }

    @Test
    void believesWhatWasWrittenBeforeWhatTheInventoryKnows() {
        Fleet written = new Fleet(Map.of("lab", 8));

        assertThat(written.or(new Fleet(Map.of("lab", 3, "other", 5))).nodes()).isEqualTo(Map.of("lab", 8, "other", 5));
    }
}
