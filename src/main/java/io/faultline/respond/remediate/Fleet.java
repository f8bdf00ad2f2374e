package io.faultline.respond.remediate;

import io.faultline.model.Entity;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many nodes each cluster has. What is not known has no share, so nothing is done there.
 *
 * @param nodes by the cluster's name
 */
public record Fleet(Map<String, Integer> nodes) implements Serializable {

    /** Nothing known. */
    public static final Fleet UNKNOWN = new Fleet(Map.of());

    public Fleet {
        nodes = Map.copyOf(nodes);
    }

    /** Counts the different nodes of each cluster; those of no cluster belong to the one without a name. */
    public static Fleet of(List<Entity> entities) {
        Map<String, Set<String>> names = new TreeMap<>();
        for (Entity entity : entities) {
            if (entity.node() != null) {
                names.computeIfAbsent(Objects.requireNonNullElse(entity.cluster(), ""), cluster -> new HashSet<>())
                        .add(entity.node());
            }
        }
        Map<String, Integer> counts = new TreeMap<>();
        names.forEach((cluster, nodes) -> counts.put(cluster, nodes.size()));
        return new Fleet(counts);
    }

    /** Counts the nodes that an inventory knows; those of no cluster belong to the one without a name. */
    public static Fleet of(io.faultline.model.Fleet inventory) {
        Map<String, Integer> counts = new TreeMap<>();
        inventory
                .nodes()
                .values()
                .forEach(node -> counts.merge(Objects.requireNonNullElse(node.cluster(), ""), 1, Integer::sum));
        return new Fleet(counts);
    }

    /** This fleet, with the numbers of another one where that knows them. */
    public Fleet or(Fleet other) {
        Map<String, Integer> both = new TreeMap<>(other.nodes);
        both.putAll(nodes);
        return new Fleet(both);
    }

    OptionalInt size(String cluster) {
        Integer size = nodes.get(cluster);
        return size == null ? OptionalInt.empty() : OptionalInt.of(size);
    }
}
