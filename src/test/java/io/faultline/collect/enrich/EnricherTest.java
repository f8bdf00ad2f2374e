package io.faultline.collect.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsException;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnricherTest {

    private static final String TWO_RACKS =
            """
            cluster: lab
            nodes:
              gpu-a1: {rack: leaf-1}
              gpu-b1: {rack: leaf-2, cluster: annex}
              gpu-b2: {rack: leaf-2}
            jobs:
              train-llm: {nodes: [gpu-a1, gpu-b2]}
              tune-llm: {nodes: [gpu-b1, gpu-b2]}
            """;

    private final Enricher enricher = new Enricher(inventory(TWO_RACKS));

    @Test
    void saysClusterRackAndJobOfANode() {
        LogEvent enriched = enricher.enrich(about(Entity.ofNode("gpu-a1")));

        assertThat(enriched.entity()).hasToString("cluster=lab node=gpu-a1 job=train-llm");
        assertThat(enriched.attributes().get("rack")).isEqualTo("leaf-1");
    }

    @Test
    void guessesNoJobForANodeOfTwoJobs() {
        LogEvent enriched = enricher.enrich(about(Entity.ofNode("gpu-b2")));

        assertThat(enriched.entity()).hasToString("cluster=lab node=gpu-b2");
    }

    @Test
    void takesTheClusterOfAJobFromItsFirstNode() {
        assertThat(enricher.enrich(about(Entity.ofJob("tune-llm"))).entity()).hasToString("cluster=annex job=tune-llm");
    }

    @Test
    void leavesWhatTheLogSays() {
        Entity said =
                Entity.ofNode("gpu-a1").with(Entity.Level.CLUSTER, "other").with(Entity.Level.JOB, "chat");

        assertThat(enricher.enrich(about(said)).entity()).isEqualTo(said);
    }

    @Test
    void changesNothingWithoutAnInventory() {
        LogEvent event = about(Entity.ofNode("gpu-a1"));

        assertThat(new Enricher(Inventory.EMPTY).enrich(event)).isEqualTo(event);
    }

    @Test
    void tellsAllThatIsWrongWithAnInventory() {
        assertThatThrownBy(() -> inventory("racks: {}\nnodes: {gpu-a1: 7}\njobs: {train-llm: {nodes: [gpu-a9]}}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("racks: unknown; cluster, nodes and jobs are known")
                .hasMessageContaining("nodes.gpu-a1: \"7\" is not a group")
                .hasMessageContaining("jobs.train-llm.nodes: gpu-a9 is not among the nodes");
    }

    @Test
    void tellsAnInventoryFileThatIsNotThere() {
        Problems problems = new Problems();
        var tree = YamlFile.parse("job.yaml", "inventory: /nowhere/inventory.yaml");

        EnrichSettings.read(new SettingsReader(tree, problems, Map.of()));

        assertThat(problems.all()).singleElement().asString().contains("inventory", "there is no such file");
    }

    private static Inventory inventory(String yaml) {
        return Inventory.of("inventory.yaml", YamlFile.parse("inventory.yaml", yaml));
    }

    private static LogEvent about(Entity entity) {
        return new LogEvent(
                Instant.EPOCH,
                Instant.EPOCH,
                9,
                "",
                "text",
                "unknown",
                EventKind.LOG_OTHER,
                entity,
                Measures.NONE,
                Attributes.NONE,
                "",
                0,
                Origin.stdin(1));
    }
}
