package io.faultline.collect.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Entity;
import io.faultline.model.Fleet;
import io.faultline.settings.YamlFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryTest {

    @Test
    void namesAllItsEntitiesAsRulesDo() {
        Inventory inventory = Inventory.of(
                "inventory.yaml",
                YamlFile.parse(
                        "inventory.yaml",
                        """
                        cluster: lab
                        nodes:
                          gpu-a1: {rack: r1}
                          gpu-b1: {cluster: west}
                        jobs:
                          train-llm: {nodes: [gpu-a1]}
                        services:
                          chat: {model: acme/small-7b}
                        """));

        assertThat(inventory.entities())
                .containsExactly(
                        "cluster=lab job=train-llm",
                        "cluster=lab node=gpu-a1",
                        "cluster=lab service=chat",
                        "cluster=west node=gpu-b1");
    }

    @Test
    void tellsThePhasesBehindItWhatStandsWhere() {
        Fleet fleet = Inventory.of(
                        "inventory.yaml",
                        YamlFile.parse(
                                "inventory.yaml",
                                """
                                cluster: lab
                                nodes:
                                  gpu-a1: {rack: r1, gpus: [{pci: "0000:9B:00"}, {uuid: GPU-1}]}
                                  gpu-a2: {rack: r1}
                                jobs:
                                  train-llm: {nodes: [gpu-a1, gpu-a2], ranks-per-node: 2, image: "train:7"}
                                services:
                                  chat: {model: acme/small-7b, replicas: [chat-0, chat-1]}
                                """))
                .fleet();

        assertThat(fleet.nodes().get("gpu-a1"))
                .isEqualTo(new Fleet.Node("lab", Map.of("rack", "r1"), List.of("0000:9b:00", "")));
        assertThat(fleet.jobs().get("train-llm"))
                .isEqualTo(new Fleet.Job("lab", List.of("gpu-a1", "gpu-a2"), 2, Map.of("image", "train:7")));
        assertThat(fleet.services().get("chat"))
                .isEqualTo(new Fleet.Service("lab", List.of("chat-0", "chat-1"), Map.of("model", "acme/small-7b")));
        assertThat(fleet.jobsOfNodes()).containsEntry("gpu-a2", List.of("train-llm"));
    }

    @Test
    void placesARankOnItsNodeAndWhereEachGpuHasOneOnItsGpu() {
        Fleet fleet = Inventory.of(
                        "inventory.yaml",
                        YamlFile.parse(
                                "inventory.yaml",
                                """
                                nodes:
                                  gpu-a1: {gpus: [{pci: "0000:9b:00"}, {pci: "0000:9c:00"}]}
                                  gpu-a2: {}
                                jobs:
                                  train-llm: {nodes: [gpu-a1, gpu-a2], ranks-per-node: 2}
                                """))
                .fleet();

        assertThat(fleet.located(rank("1"))).hasToString("node=gpu-a1 gpu=0000:9c:00 job=train-llm rank=1");
        assertThat(fleet.located(rank("2"))).hasToString("node=gpu-a2 job=train-llm rank=2");
        assertThat(fleet.located(rank("4"))).isEqualTo(rank("4"));
    }

    private static Entity rank(String rank) {
        return Entity.ofJob("train-llm").with(Entity.Level.RANK, rank);
    }
}
