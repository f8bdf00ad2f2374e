package io.faultline.respond.remediate;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Fleet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeCountsTest {

    @Test
    void countsTheNodesOfEachCluster() {
        Fleet fleet = new Fleet(
                Map.of("gpu-a1", node("lab"), "gpu-a2", node("lab"), "spare", node(null)), Map.of(), Map.of());

        NodeCounts counts = NodeCounts.of(fleet);

        assertThat(counts.nodes()).isEqualTo(Map.of("lab", 2, "", 1));
        assertThat(counts.size("other")).isEmpty();
    }

    @Test
    void believesWhatWasWrittenBeforeWhatTheInventoryKnows() {
        NodeCounts written = new NodeCounts(Map.of("lab", 8));

        assertThat(written.or(new NodeCounts(Map.of("lab", 3, "other", 5))).nodes())
                .isEqualTo(Map.of("lab", 8, "other", 5));
    }

    private static Fleet.Node node(@Nullable String cluster) {
        return new Fleet.Node(cluster, Map.of(), List.of());
    }
}
