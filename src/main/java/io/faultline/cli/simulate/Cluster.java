package io.faultline.cli.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The machines: two racks, and which work stands where. The large training job has the first half of the nodes; of
 * the others the last runs the fine-tuning, the last but one serves, and the rest is shared by the small jobs.
 */
final class Cluster {

    /** Bus numbers as an eight-GPU board shows them; larger boards go on in even steps. */
    private static final String[] BUSES = {"19", "3b", "4c", "5d", "9b", "bb", "cb", "db"};

    /** Up to here there are two switches. */
    private static final int SMALL = 8;

    private final List<Node> nodes = new ArrayList<>();
    private final int gpus;

    Cluster(int size, int gpus) {
        this.gpus = gpus;
        int firstRack = (size + 1) / 2;
        for (int i = 0; i < size; i++) {
            boolean a = i < firstRack;
            int place = a ? i + 1 : i - firstRack + 1;
            nodes.add(new Node("gpu-" + (a ? "a" : "b") + place, (a ? "10.0.1." : "10.0.2.") + (10 + place)));
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    /** The leaf switch that a node's links go to; a rack has two of them where there are more than two in all. */
    String leaf(Node node) {
        return "leaf-" + (nodes.indexOf(node) / perLeaf() + 1);
    }

    String rack(Node node) {
        int racks = nodes.size() > SMALL ? 2 : 1;
        return "rack-" + (nodes.indexOf(node) / perLeaf() / racks + 1);
    }

    /** The nodes at each switch, by its name. */
    Map<String, List<Node>> leaves() {
        Map<String, List<Node>> leaves = new LinkedHashMap<>();
        nodes.forEach(node ->
                leaves.computeIfAbsent(leaf(node), name -> new ArrayList<>()).add(node));
        return leaves;
    }

    private int perLeaf() {
        if (nodes.size() <= SMALL) {
            return (nodes.size() + 1) / 2;
        }
        return nodes.size() <= 4 * SMALL ? 4 : 8;
    }

    int gpus() {
        return gpus;
    }

    /** The PCI address of a GPU as the kernel writes it, without the function. */
    static String pci(int gpu) {
        return gpu < BUSES.length
                ? "0000:" + BUSES[gpu] + ":00"
                : String.format(Locale.ROOT, "0000:%02x:00", 0x60 + gpu);
    }

    Ranks largeJob() {
        return new Ranks(nodes.subList(0, Math.max(1, nodes.size() / 2)), gpus, 0);
    }

    Ranks fineTuning() {
        return new Ranks(List.of(nodes.get(nodes.size() - 1)), gpus, 0);
    }

    Node serving() {
        List<Node> rest = rest();
        return rest.get(Math.max(0, rest.size() - 2));
    }

    /** Small jobs have half a node each, or a whole one where half would be a single GPU. */
    Ranks smallJob(int index) {
        List<Node> pool = rest().size() > 2 ? rest().subList(0, rest().size() - 2) : rest();
        int half = gpus >= 4 ? gpus / 2 : gpus;
        int first = (index / pool.size()) % 2 == 1 && gpus >= 4 ? half : 0;
        return new Ranks(List.of(pool.get(index % pool.size())), half, first);
    }

    private List<Node> rest() {
        return nodes.subList(Math.max(1, nodes.size() / 2), nodes.size());
    }

    /** @param address of the host's storage and bootstrap network */
    record Node(String name, String address) {}
}
