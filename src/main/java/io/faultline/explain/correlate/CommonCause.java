package io.faultline.explain.correlate;

import io.faultline.model.Alert;
import io.faultline.model.Fleet;
import io.faultline.model.Scope;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a cluster explains that several of its things broke together. Four sorts of things are counted, each with
 * what an inventory says of it: GPUs by their node; nodes by their labels and jobs; jobs by their labels, their nodes and
 * those nodes' labels; replicas by their service and its labels. Only alerts of one rule are counted together: a broken
 * switch gives all its nodes the same symptom, two faults of a bad day do not.
 */
public final class CommonCause {

    private final Map<String, List<String>> jobsOfNodes;
    private final Map<String, Sorts> clusters = new HashMap<>();

    /** The sorts of things of one cluster. */
    private record Sorts(Population gpus, Population nodes, Population jobs, Population replicas) {
        Sorts() {
            this(new Population(), new Population(), new Population(), new Population());
        }
    }

    /**
     * What was found.
     *
     * @param sort the plural of what was counted: {@code nodes}
     * @param rule the rule whose alerts were counted
     * @param members all things of the part, affected or not
     * @param sameAs what else has exactly these members, as {@code rack r2}
     */
    public record Part(Scope scope, String sort, String rule, Set<String> members, List<String> sameAs) {}

    private static final Comparator<Part> BEST = Comparator.comparingDouble(
                    (Part part) -> part.scope().pValue())
            .thenComparing(part -> part.scope().members())
            .thenComparing(Part::sort)
            .thenComparing(Part::rule);

    public CommonCause(Fleet fleet) {
        jobsOfNodes = fleet.jobsOfNodes();
        fleet.nodes().forEach((name, node) -> {
            Sorts sorts = sorts(node.cluster());
            sorts.nodes().add(name);
            sorts.nodes().add(name, node.labels());
            jobsOfNodes.getOrDefault(name, List.of()).forEach(job -> sorts.nodes()
                    .add(name, "job", job));
            node.gpus().forEach(gpu -> sorts.gpus().add(name + "/" + gpu, "node", name));
        });
        fleet.jobs().forEach((name, job) -> {
            Population jobs = sorts(job.cluster()).jobs();
            jobs.add(name);
            jobs.add(name, job.labels());
            for (String nodeName : job.nodes()) {
                jobs.add(name, "node", nodeName);
                Fleet.Node node = fleet.nodes().get(nodeName);
                jobs.add(name, node == null ? Map.of() : node.labels());
            }
        });
        fleet.services().forEach((name, service) -> service.replicas().forEach(replica -> {
            Population replicas = sorts(service.cluster()).replicas();
            replicas.add(replica, "service", name);
            replicas.add(replica, service.labels());
        }));
    }

    private Sorts sorts(@Nullable String cluster) {
        return clusters.computeIfAbsent(cluster == null ? "" : cluster, name -> new Sorts());
    }

    boolean knowsNothing() {
        return clusters.isEmpty();
    }

    Map<String, List<String>> jobsOfNodes() {
        return jobsOfNodes;
    }

    /** The part that explains best what the alerts are about; empty where none does better than chance. */
    public Optional<Part> of(Collection<Alert> alerts) {
        Map<String, List<Alert>> byRule = alerts.stream()
                .filter(alert -> alert.kind() == Alert.Kind.RULE_MATCH)
                .collect(Collectors.groupingBy(Alert::rule, TreeMap::new, Collectors.toList()));
        return byRule.values().stream()
                .filter(ofRule -> ofRule.size() >= Population.LEAST_AFFECTED)
                .flatMap(ofRule -> ofRule(ofRule).stream())
                .min(BEST);
    }

    /** The part that explains best why something is wrong with just these nodes, as an alert tells. */
    public Optional<Part> ofNodes(Set<String> nodes, Alert alert) {
        Sorts sorts = sortsOf(alert);
        return sorts == null ? Optional.empty() : part(sorts.nodes(), "nodes", alert, nodes);
    }

    private @Nullable Sorts sortsOf(Alert alert) {
        String cluster = alert.entity().cluster();
        return clusters.get(cluster == null ? "" : cluster);
    }

    private Optional<Part> ofRule(List<Alert> alerts) {
        Alert first = alerts.get(0);
        Sorts sorts = sortsOf(first);
        if (sorts == null) {
            return Optional.empty();
        }
        // the larger the thing, the rather it is the cause: a leaf's GPUs are affected because their nodes are
        List<Subjects> subjects = alerts.stream().map(Subjects::of).toList();
        return part(sorts.nodes(), "nodes", first, named(subjects, Subjects::nodes))
                .or(() -> part(sorts.jobs(), "jobs", first, named(subjects, Subjects::jobs)))
                .or(() -> part(sorts.replicas(), "replicas", first, named(subjects, Subjects::replicas)))
                .or(() -> part(sorts.gpus(), "GPUs", first, named(subjects, Subjects::gpus)));
    }

    /** What is about a node, a job or a replica that lies in the part. */
    static Set<String> named(Collection<Alert> alerts, String sort) {
        List<Subjects> subjects = alerts.stream().map(Subjects::of).toList();
        return switch (sort) {
            case "nodes" -> named(subjects, Subjects::nodes);
            case "jobs" -> named(subjects, Subjects::jobs);
            case "replicas" -> named(subjects, Subjects::replicas);
            default -> named(subjects, Subjects::gpus);
        };
    }

    private static Set<String> named(List<Subjects> subjects, Function<Subjects, Set<String>> names) {
        return subjects.stream().map(names).flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Part> part(Population population, String sort, Alert first, Set<String> named) {
        return population
                .explain(named)
                .map(found -> new Part(found.scope(), sort, first.rule(), found.members(), population.sameAs(found)));
    }
}
