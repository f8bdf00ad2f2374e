package io.faultline.explain.correlate;

import io.faultline.model.Alert;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an alert can share with another one: job, node, replica, GPU. A service, a model, a rank or a cluster is not
 * enough, too much has the same one; they count only for an alert that names nothing better.
 */
final class Links {

    private Links() {}

    static Set<String> of(Alert alert) {
        Set<String> links = new LinkedHashSet<>();
        addStrong(links, alert.entity());
        addStrong(links, alert.causeEntity());
        for (Evidence line : alert.evidence()) {
            addStrong(links, line.entity());
        }
        if (links.isEmpty()) {
            add(links, "service", alert.entity().service());
            add(links, "model", alert.entity().model());
        }
        if (links.isEmpty()) {
            links.add("rule=" + alert.rule() + " of " + alert.entity());
        }
        return links;
    }

    private static void addStrong(Set<String> links, Entity entity) {
        add(links, "job", entity.job());
        add(links, "node", entity.node());
        add(links, "replica", entity.replica());
        if (entity.gpu() != null && (entity.node() != null || entity.gpu().startsWith("GPU-"))) {
            // a PCI address is the same on every node; a UUID is the same nowhere
            String gpu = entity.gpu().startsWith("GPU-") ? entity.gpu() : entity.node() + "/" + entity.gpu();
            add(links, "gpu", gpu);
        }
    }

    private static void add(Set<String> links, String name, @Nullable String value) {
        if (value != null) {
            links.add(name + "=" + value);
        }
    }
}
