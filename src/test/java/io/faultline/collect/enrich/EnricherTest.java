package io.faultline.collect.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

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
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    private static final String GPUS =
            """
            nodes:
              gpu-a1: {leaf: leaf-1}
              gpu-a2:
                leaf: leaf-1
                gpus: [{pci: "0000:9B:00"}, {pci: "0000:9c:00", uuid: GPU-b1}]
            jobs:
              train-llm: {nodes: [gpu-a1, gpu-a2], ranks-per-node: 2, owner: nlp}
            services:
              chat: {model: acme/small-7b, model-version: "3"}
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
    void placesARankByTheJobsLayout() {
        Enricher knowing = new Enricher(inventory(GPUS));

        LogEvent enriched = knowing.enrich(about(Entity.ofJob("train-llm").with(Entity.Level.RANK, "3")));

        assertThat(enriched.entity()).hasToString("node=gpu-a2 gpu=0000:9c:00 job=train-llm rank=3");
        assertThat(enriched.attributes().toMap())
                .containsOnly(
                        entry("gpu_index", "1"),
                        entry("gpu_uuid", "GPU-b1"),
                        entry("gpus", "4"),
                        entry("leaf", "leaf-1"),
                        entry("owner", "nlp"));
    }

    @Test
    void findsTheNodeAndTheAddressOfAGpuByItsUuid() {
        Enricher knowing = new Enricher(inventory(GPUS));

        LogEvent enriched = knowing.enrich(about(Entity.UNKNOWN.with(Entity.Level.GPU, "GPU-b1")));

        assertThat(enriched.entity()).hasToString("node=gpu-a2 gpu=0000:9c:00 job=train-llm");
    }

    @Test
    void saysModelAndOwnerOfAService() {
        Enricher knowing = new Enricher(inventory(GPUS));

        LogEvent enriched = knowing.enrich(about(Entity.UNKNOWN.with(Entity.Level.SERVICE, "chat")));

        assertThat(enriched.entity()).hasToString("service=chat model=acme/small-7b");
        assertThat(enriched.attributes().get("model_version")).isEqualTo("3");
    }

    @Test
    void placesARankWhereAnEarlierLineSawIt() {
        Enricher knowing = new Enricher(Inventory.EMPTY);
        Memory learned = new Memory();
        Entity rank = Entity.ofJob("train-llm").with(Entity.Level.RANK, "12");
        Entity told = rank.with(Entity.Level.NODE, "gpu-a2").with(Entity.Level.GPU, "0000:49:00");
        knowing.enrich(by("nccl", told, Attributes.of("pid", "77")), learned);

        LogEvent byRank = knowing.enrich(about(rank), learned);
        LogEvent byProcess = knowing.enrich(
                by("unknown", Entity.ofJob("train-llm").with(Entity.Level.NODE, "gpu-a2"), Attributes.of("pid", "77")),
                learned);

        assertThat(byRank.entity()).isEqualTo(told);
        assertThat(byProcess.entity()).isEqualTo(told);
    }

    @Test
    void learnsNothingFromFormatsThatOnlyRepeatWhatWasAdded() {
        Enricher knowing = new Enricher(Inventory.EMPTY);
        Memory learned = new Memory();
        Entity rank = Entity.ofJob("train-llm").with(Entity.Level.RANK, "12");

        knowing.enrich(by("megatron", rank.with(Entity.Level.NODE, "gpu-a2"), Attributes.NONE), learned);

        assertThat(knowing.enrich(about(rank), learned).entity()).isEqualTo(rank);
    }

    @Test
    void keepsTheLastGoodInventoryWhenAPieceIsWrong() {
        LiveInventory live = new LiveInventory(Inventory.EMPTY, "");
        live.take(new InventoryPiece("n", "nodes: {gpu-a1: {rack: r1}}"));
        assertThatThrownBy(() -> live.take(new InventoryPiece("n", "nodes: {gpu-a1: 7}")))
                .hasMessageContaining("nodes.gpu-a1: \"7\" is not a group");

        assertThat(live.now().nodes().get("gpu-a1").labels()).containsEntry("rack", "r1");
        live.take(new InventoryPiece("n", ""));
        assertThat(live.now().nodes()).isEmpty();
    }

    @Test
    void tellsAllThatIsWrongWithAnInventory() {
        assertThatThrownBy(() -> inventory("racks: {}\nnodes: {gpu-a1: 7}\njobs: {train-llm: {nodes: [gpu-a9]}}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("racks: unknown; cluster, nodes, jobs and services are known")
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
        return by("unknown", entity, Attributes.NONE);
    }

    private static LogEvent by(String format, Entity entity, Attributes attributes) {
        return new LogEvent(
                Instant.EPOCH,
                Instant.EPOCH,
                9,
                "",
                "text",
                format,
                EventKind.LOG_OTHER,
                entity,
                Measures.NONE,
                attributes,
                "",
                0,
                Origin.stdin(1));
    }

    private static final class Memory implements Learned {
        private final Map<String, Place> places = new HashMap<>();

        @Override
        public @Nullable Place of(String subject) {
            return places.get(subject);
        }

        @Override
        public void keep(String subject, Place place) {
            places.put(subject, place);
        }
    }
}
