package io.faultline.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A new driver was rolled out to some nodes, in all racks, and on one after the other its system processor stops
 * answering. No node's own fault: those with the old driver are well.
 */
final class DriverRollout {

    static final String OLD = "570.172.08";
    static final String NEW = "575.51.03";
    static final long LASTS = 360_000;

    private static final int FEWEST = 5;

    private final Scene scene;

    DriverRollout(Scene scene) {
        this.scene = scene;
    }

    /** An eighth of the nodes, evenly spread. */
    static List<Cluster.Node> nodes(Cluster cluster, Dice dice) {
        int size = cluster.nodes().size();
        int count = Math.min(size, Math.max(FEWEST, size / 8));
        int from = dice.between(0, size - 1);
        List<Cluster.Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(cluster.nodes().get((from + i * size / count) % size));
        }
        return nodes;
    }

    void strike(long at) {
        Dice dice = scene.dice("driver-rollout");
        List<Cluster.Node> struck = scene.newDriver();
        List<Line> evidence = new ArrayList<>();
        int count = Math.max(FEWEST, struck.size() * 3 / 4);
        for (int i = 0; i < Math.min(count, struck.size()); i++) {
            Cluster.Node node = struck.get(i);
            int gpu = dice.between(0, scene.cluster().gpus() - 1);
            evidence.add(scene.kernel(node)
                    .say(
                            at + i * (LASTS - 60_000) / count + dice.millis(0, 4_000),
                            "NVRM: Xid (PCI:" + Cluster.pci(gpu) + "): 119, pid=" + dice.between(4_000, 90_000)
                                    + ", name=nv-hostengine, Timeout after 6s of waiting for RPC response from GPU"
                                    + gpu
                                    + " GSP! Expected function 76 (GSP_RM_CONTROL) (0x20800a4c 0x8)."));
        }
        scene.plant(FaultName.DRIVER_ROLLOUT, Map.of("driver", NEW), at, at + LASTS, evidence);
    }
}
