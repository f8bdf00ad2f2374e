package io.faultline.respond.remediate;

import io.faultline.model.Fleet;
import java.io.Serializable;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How many nodes each cluster has. What is not known has no share, so nothing is done there.
 *
 * @param nodes by the cluster's name
 */
public record NodeCounts(Map<String, Integer> nodes) implements Serializable {

    /** Nothing known. */
    public static final NodeCounts UNKNOWN = new NodeCounts(Map.of());

    public NodeCounts {
        nodes = Map.copyOf(nodes);
    }

    /** Counts the nodes that an inventory knows; those of no cluster belong to the one without a name. */
    public static NodeCounts of(Fleet inventory) {
        return new NodeCounts(inventory.sizes());
    }

    /** These numbers, with the numbers of another one where that knows them. */
    public NodeCounts or(NodeCounts other) {
        Map<String, Integer> both = new TreeMap<>(other.nodes);
        both.putAll(nodes);
        return new NodeCounts(both);
    }

    OptionalInt size(String cluster) {
        Integer size = nodes.get(cluster);
        return size == null ? OptionalInt.empty() : OptionalInt.of(size);
    }
}
