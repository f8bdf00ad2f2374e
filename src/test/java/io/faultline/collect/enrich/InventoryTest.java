package io.faultline.collect.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.settings.YamlFile;
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
}
