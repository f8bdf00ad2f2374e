package io.faultline.collect.enrich;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.LogEvent;

/** Adds cluster, rack and job to events from the inventory. What the log itself says stays. */
public final class Enricher {

    private final Inventory inventory;
    private final boolean idle;

    public Enricher(Inventory inventory) {
        this.inventory = inventory;
        this.idle = inventory.equals(Inventory.EMPTY);
    }

    public LogEvent enrich(LogEvent event) {
        if (idle) {
            return event;
        }
        Entity entity = event.entity();
        Inventory.Node node = entity.node() == null ? null : inventory.nodes().get(entity.node());
        Inventory.Job job = entity.job() == null ? null : inventory.jobs().get(entity.job());
        if (node != null && entity.job() == null) {
            entity = entity.with(Entity.Level.JOB, node.job());
        }
        if (entity.cluster() == null) {
            String cluster = node != null ? node.cluster() : job != null ? job.cluster() : inventory.cluster();
            entity = entity.with(Entity.Level.CLUSTER, cluster);
        }
        LogEvent placed = entity.equals(event.entity()) ? event : event.withEntity(entity);
        return node == null ? placed : labeled(placed, node);
    }

    private static LogEvent labeled(LogEvent event, Inventory.Node node) {
        Attributes attributes = event.attributes();
        for (var label : node.labels().entrySet()) {
            if (!attributes.has(label.getKey())) {
                attributes = attributes.with(label.getKey(), label.getValue());
            }
        }
        return event.withAttributes(attributes);
    }
}
