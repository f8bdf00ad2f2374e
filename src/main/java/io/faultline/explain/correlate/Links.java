package io.faultline.explain.correlate;

import io.faultline.model.Alert;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an alert can share with another one: job, node, replica, GPU. A service, a model, a rank or a cluster is not
 * enough, too much has the same one; they count only for an alert that names nothing better.
 *
 * <p>A broken node is one story with what a job tells on it, but two jobs that tell something on one node are two stories,
 * and so are two broken nodes of a job that tells nothing: of two alerts that share something, one must be about it.
 */
final class Links {

    private static final String NODE = "node=";
    private static final String ON_NODE = "on=";
    private static final String JOB = "job=";
    private static final String OF_JOB = "of=";

    /** What may hold a link so that an alert with the key's link shares it. */
    private static final Map<String, String> OTHER = Map.of(NODE, ON_NODE, ON_NODE, NODE, JOB, OF_JOB, OF_JOB, JOB);

    private Links() {}

    /** @param jobsOfNodes what an inventory says */
    static Set<String> of(Alert alert, Map<String, List<String>> jobsOfNodes) {
        Subjects subjects = Subjects.of(alert);
        Set<String> links = new LinkedHashSet<>();
        add(links, JOB, subjects.jobs());
        add(links, NODE, subjects.nodes());
        add(links, "replica=", subjects.replicas());
        add(links, "gpu=", subjects.gpus());
        add(links, OF_JOB, subjects.ofJobs());
        add(links, ON_NODE, subjects.onNodes());
        for (String node : subjects.nodes()) {
            List<String> jobs = jobsOfNodes.getOrDefault(node, List.of());
            add(links, OF_JOB, jobs.size() == 1 ? jobs : List.of());
        }
        if (links.isEmpty()) {
            add(links, "service=", alert.entity().service());
            add(links, "model=", alert.entity().model());
        }
        if (links.isEmpty()) {
            links.add("rule=" + alert.rule() + " of " + alert.entity());
        }
        return links;
    }

    /** Whether an alert with these links and a story that has this one share it. */
    static boolean isShared(String link, Set<String> others) {
        String name = link.substring(0, link.indexOf('=') + 1);
        boolean same = others.contains(link) && !name.equals(ON_NODE) && !name.equals(OF_JOB);
        String other = OTHER.get(name);
        return same || (other != null && others.contains(other + link.substring(name.length())));
    }

    private static void add(Set<String> links, String name, Collection<String> values) {
        values.forEach(value -> links.add(name + value));
    }

    private static void add(Set<String> links, String name, @Nullable String value) {
        if (value != null) {
            links.add(name + value);
        }
    }
}
