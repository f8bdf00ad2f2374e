package io.faultline.explain;

import io.faultline.model.Entity;
import io.faultline.model.Fleet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * 64 nodes of 8 GPUs in 8 racks with a switch each; every second node has the new driver. {@code train-llm} has all of
 * them, 512 ranks. Three services have eight replicas each.
 */
public final class SampleFleet {

    public static final int NODES = 64;
    private static final int IN_RACK = 8;

    private SampleFleet() {}

    public static Fleet large() {
        Map<String, Fleet.Node> nodes = new HashMap<>();
        for (int i = 0; i < NODES; i++) {
            int rack = i / IN_RACK + 1;
            Map<String, String> labels =
                    Map.of("rack", "r" + rack, "leaf", "leaf-" + rack, "driver", i % 2 == 0 ? "570" : "575");
            nodes.put(node(i), new Fleet.Node(null, labels, List.of()));
        }
        Map<String, Fleet.Job> jobs = new HashMap<>();
        jobs.put("train-llm", job(0, NODES));
        Map<String, Fleet.Service> services = new HashMap<>();
        for (String service : List.of("chat", "code", "search")) {
            List<String> replicas =
                    IntStream.range(0, 8).mapToObj(i -> service + "-" + i).toList();
            services.put(service, new Fleet.Service(null, replicas, Map.of("model", "acme/" + service)));
        }
        return new Fleet(nodes, jobs, services);
    }

    /** As {@link #large}, but each pair of nodes has a job of its own: {@code train-0} on the nodes 0 and 1. */
    public static Fleet ofSmallJobs() {
        Map<String, Fleet.Job> jobs = new HashMap<>();
        for (int i = 0; i < NODES; i += 2) {
            jobs.put("train-" + i / 2, job(i, i + 2));
        }
        return new Fleet(large().nodes(), jobs, large().services());
    }

    private static Fleet.Job job(int from, int to) {
        return new Fleet.Job(
                null, IntStream.range(from, to).mapToObj(SampleFleet::node).toList(), 8, Map.of());
    }

    public static String node(int number) {
        return "gpu-" + number;
    }

    public static Entity onNode(int number) {
        return Entity.ofNode(node(number));
    }
}
