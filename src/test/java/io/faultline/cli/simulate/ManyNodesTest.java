package io.faultline.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.collect.enrich.EnrichSettings;
import io.faultline.model.Entity;
import io.faultline.model.Fleet;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strikes many nodes at once, and the inventory that says what they share. */
class ManyNodesTest {

    @TempDir
    static Path temporary;

    private static WrittenCluster cluster;
    private static Fleet fleet;

    @BeforeAll
    static void simulate() {
        SimulationSettings settings = SimulationSettings.defaults()
                .withNodes(16, 8)
                .withMinutes(20)
                .withFaults(List.of("leaf-down", "driver-rollout"));
        cluster = WrittenCluster.write(settings, temporary.resolve("many"));
        fleet = fleet(cluster);
    }

    @Test
    void theLinksOfAllNodesAtTheSwitchGoDownAndOfNoOther() {
        String leaf = cluster.label(FaultName.LEAF_DOWN).at("/entity/leaf").asText();

        assertThat(nodesThatSay("Link down")).isEqualTo(nodesWith("leaf", leaf));
        assertThat(nodesWith("leaf", leaf)).hasSize(4);
    }

    @Test
    void onlyNodesWithTheNewDriverFail() {
        JsonNode label = cluster.label(FaultName.DRIVER_ROLLOUT);
        Set<String> withNew = nodesWith("driver", label.at("/entity/driver").asText());

        assertThat(nodesThatSay("Xid .*: 119,")).isEqualTo(withNew).hasSize(5);
        assertThat(nodesThatSay("NVRM: loading .* 575\\.51\\.03 ")).isEqualTo(withNew);
        assertThat(withNew.stream().map(node -> fleet.nodes().get(node).labels().get("rack")))
                .contains("rack-1", "rack-2");
    }

    /** NCCL says which rank runs on which node: the inventory says the same. */
    @Test
    void theInventoryPlacesRanksWhereTheLogsDo() {
        Pattern init = Pattern.compile(" *(\\d+): (gpu-[ab]\\d+):\\d+:\\d+ .* busId ([0-9a-f]{2})000 .* Init COMPLETE");
        List<Matcher> told = cluster.logs().get("train-llm.log").stream()
                .map(init::matcher)
                .filter(Matcher::matches)
                .toList();

        assertThat(told).hasSizeGreaterThanOrEqualTo(64).allSatisfy(line -> {
            Entity rank = Entity.ofJob("train-llm").with(Entity.Level.RANK, line.group(1));
            assertThat(fleet.located(rank).node()).isEqualTo(line.group(2));
            assertThat(fleet.located(rank).gpu()).isEqualTo("0000:" + line.group(3) + ":00");
        });
    }

    @Test
    void saysWhichReplicasAServiceHas() {
        assertThat(fleet.services().get("chat").replicas()).containsExactly("chat-0", "chat-1");
    }

    @Test
    void labelsSayInWhichClassAFaultIs() {
        assertThat(cluster.labels())
                .allSatisfy(label -> assertThat(label.get("class").asText()).isEqualTo("environment"));
        assertThat(FaultName.LOSS_NAN.category().id()).isEqualTo("model");
        assertThat(FaultName.DATA_STARVATION.category().id()).isEqualTo("data");
    }

    private static Set<String> nodesThatSay(String regex) {
        return cluster.logs().keySet().stream()
                .filter(file -> file.endsWith(".kernel.log"))
                .filter(file -> !cluster.grep(file, regex).isEmpty())
                .map(file -> file.substring(0, file.indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> nodesWith(String label, String value) {
        return fleet.nodes().entrySet().stream()
                .filter(node -> value.equals(node.getValue().labels().get(label)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Fleet fleet(WrittenCluster written) {
        String file = written.directory().resolve(Simulation.INVENTORY).toString();
        Problems problems = new Problems();
        JsonNode settings = new ObjectMapper().createObjectNode().put("inventory", file);
        EnrichSettings read = EnrichSettings.read(new SettingsReader(settings, problems, Map.of()));
        problems.throwIfAny("the simulation's inventory");
        return read.inventory().fleet();
    }
}
