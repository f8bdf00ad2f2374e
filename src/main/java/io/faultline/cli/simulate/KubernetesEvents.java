package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code kubectl get events --watch-only -o json} writes, one object a line. */
final class KubernetesEvents {

    static final long LASTS = 300_000;

    private static final String POD = "Pod";

    private final Scene scene;
    private final Dice dice;
    private final LogFile log = new LogFile("cluster-events.log");
    private int pods;

    KubernetesEvents(Scene scene) {
        this.scene = scene;
        this.dice = scene.dice("events");
    }

    /** Pods that come and go as they should, and now and then one that is started twice. */
    LogFile run() {
        for (long at = scene.start() + 5_000; at < scene.end(); at += dice.millis(20_000, 60_000)) {
            String pod = pod("batch");
            String node = node().name();
            normal(at, "Scheduled", pod, "Successfully assigned ml/" + pod + " to " + node);
            normal(at + 900, "Pulled", pod, "Container image \"registry/train:7\" already present on machine");
            normal(at + 1_400, "Started", pod, "Started container main");
            if (dice.chance(0.1)) {
                warn(at + 9_000, "BackOff", pod, "Back-off restarting failed container main in pod " + pod, 1);
            }
        }
        return log;
    }

    void strike(FaultName fault, long at) {
        String pod = pod("serve");
        String node = node().name();
        List<Line> evidence = new ArrayList<>();
        switch (fault) {
            case NODE_NOT_READY ->
                evidence.add(event(
                        at,
                        "Normal",
                        "NodeNotReady",
                        "Node",
                        node,
                        "Node " + node + " status is now: NodeNotReady",
                        1));
            case POD_CRASH_LOOP -> {
                for (int i = 1; i <= 6; i++) {
                    String text = "Back-off restarting failed container main in pod " + pod;
                    evidence.add(warn(at + i * 40_000L, "BackOff", pod, text, i));
                }
            }
            case POD_EVICTION ->
                evidence.add(warn(at, "Evicted", pod, "The node was low on resource: ephemeral-storage.", 1));
            case POD_PREEMPTION ->
                evidence.add(event(at, "Normal", "Preempted", POD, pod, "Preempted by pod 7f2c on node " + node, 1));
            case IMAGE_MISSING -> {
                for (int i = 0; i < 4; i++) {
                    String image = "\"registry/serve:" + dice.hex(7) + "\"";
                    evidence.add(
                            warn(at + i * 45_000L, "Failed", pod, "Failed to pull image " + image + ": not found", 1));
                    normal(at + i * 45_000L + 12_000, "BackOff", pod, "Back-off pulling image " + image);
                }
            }
            default -> {
                int nodes = scene.cluster().nodes().size();
                for (int i = 1; i <= 4; i++) {
                    String text = "0/" + nodes + " nodes are available: " + nodes + " Insufficient nvidia.com/gpu.";
                    evidence.add(warn(at + i * 50_000L, "FailedScheduling", pod, text, 4 * i));
                }
            }
        }
        Map<String, String> entity = fault == FaultName.NODE_NOT_READY ? Map.of("node", node) : Map.of("replica", pod);
        scene.plant(fault, entity, at, at + LASTS, evidence);
    }

    private String pod(String name) {
        return name + "-" + pods++ + "-" + dice.hex(5);
    }

    private Cluster.Node node() {
        List<Cluster.Node> nodes = scene.cluster().nodes();
        return nodes.get(dice.between(0, nodes.size() - 1));
    }

    private void normal(long at, String reason, String pod, String message) {
        event(at, "Normal", reason, POD, pod, message, 1);
    }

    private Line warn(long at, String reason, String pod, String message, int count) {
        return event(at, "Warning", reason, POD, pod, message, count);
    }

    private Line event(long at, String type, String reason, String object, String name, String message, int count) {
        String time = Stamps.iso(at);
        return log.add(
                at,
                String.format(
                        ROOT,
                        "{\"kind\":\"Event\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%s.%s\",\"namespace\":\"ml\",\"creationTimestamp\":\"%s\"},"
                                + "\"involvedObject\":{\"kind\":\"%s\",\"namespace\":\"ml\",\"name\":\"%s\"},\"reason\":\"%s\",\"message\":\"%s\","
                                + "\"source\":{\"component\":\"kubelet\"},\"firstTimestamp\":\"%s\",\"lastTimestamp\":\"%s\",\"count\":%d,\"type\":\"%s\"}",
                        name,
                        dice.hex(8),
                        time,
                        object,
                        name,
                        reason,
                        message.replace("\"", "\\\""),
                        time,
                        time,
                        count,
                        type));
    }
}
