package io.faultline.collect.enrich;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.Entity.Level;
import io.faultline.model.LogEvent;
import io.faultline.model.Ranks;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds to events what their line does not say: from what earlier lines of the stream taught, and from the inventory. What
 * the log itself says stays.
 */
public final class Enricher {

    /** Whose lines say where a rank or a GPU is, in the line itself. */
    private static final Set<String> TEACHERS =
            Set.of("nccl", "torchelastic", "pytorch", "xid", "kernel", "nvidia-smi", "prometheus");

    private final Inventory inventory;
    private final boolean hasInventory;

    public Enricher(Inventory inventory) {
        this.inventory = inventory;
        this.hasInventory = !inventory.equals(Inventory.EMPTY);
    }

    /** Without what lines taught. */
    public LogEvent enrich(LogEvent event) {
        return enrich(event, Learned.NOTHING);
    }

    public LogEvent enrich(LogEvent event, Learned learned) {
        if (TEACHERS.contains(event.format())) {
            learned.from(event);
        }
        Entity entity = placed(event, learned);
        if (!hasInventory) {
            return entity.equals(event.entity()) ? event : event.withEntity(entity);
        }
        Inventory.Node node = entity.node() == null ? null : inventory.nodes().get(entity.node());
        if (node != null && entity.job() == null) {
            entity = entity.with(Level.JOB, node.job());
        }
        Inventory.Job job = entity.job() == null ? null : inventory.jobs().get(entity.job());
        if (entity.cluster() == null) {
            String cluster = node != null ? node.cluster() : job != null ? job.cluster() : inventory.cluster();
            entity = entity.with(Level.CLUSTER, cluster);
        }
        Map<String, String> service =
                entity.service() == null ? null : inventory.services().get(entity.service());
        if (service != null && entity.model() == null) {
            entity = entity.with(Level.MODEL, service.get("model"));
        }
        LogEvent placed = entity.equals(event.entity()) ? event : event.withEntity(entity);
        placed = node == null ? placed : labeled(gpuLabeled(placed, node), node.labels());
        placed = job == null ? placed : sized(labeled(placed, job.labels()), job.gpus());
        return service == null ? placed : labeled(placed, service);
    }

    /** Rank, node and GPU, each from the others where one is missing. */
    private Entity placed(LogEvent event, Learned learned) {
        Entity entity = event.entity();
        if (entity.gpu() != null && entity.gpu().startsWith("GPU-")) {
            entity = byUuid(entity, entity.gpu(), learned);
        }
        if (entity.rank() == null && entity.node() != null && entity.job() != null) {
            String pid = event.attributes().get("pid");
            Place process = pid == null ? null : learned.of(Learned.process(entity.node(), pid));
            if (process != null) {
                entity = entity.with(Level.RANK, process.rank());
                entity = entity.gpu() == null ? entity.with(Level.GPU, process.gpu()) : entity;
            }
        }
        return entity.node() == null && entity.rank() != null && entity.job() != null
                ? byRank(entity, entity.job(), entity.rank(), learned)
                : entity;
    }

    private Entity byUuid(Entity entity, String uuid, Learned learned) {
        Place place = learned.of(uuid);
        Inventory.Gpu gpu = inventory.gpusByUuid().get(uuid);
        if (place != null) {
            return entity.with(Level.GPU, place.gpu()).or(Entity.UNKNOWN.with(Level.NODE, place.node()));
        }
        if (gpu == null) {
            return entity;
        }
        Entity known = gpu.pci().isEmpty() ? entity : entity.with(Level.GPU, gpu.pci());
        return known.or(Entity.ofNode(gpu.node()));
    }

    private Entity byRank(Entity entity, String job, String rank, Learned learned) {
        Place place = learned.of(Learned.rankOf(job, rank));
        if (place != null) {
            Entity placed = entity.with(Level.NODE, place.node());
            return placed.gpu() == null ? placed.with(Level.GPU, place.gpu()) : placed;
        }
        Inventory.Job known = inventory.jobs().get(job);
        int number = known == null ? -1 : Ranks.numberOf(rank);
        String name = known == null || number < 0 ? null : known.nodeOf(number);
        if (known == null || name == null) {
            return entity;
        }
        Entity placed = entity.with(Level.NODE, name);
        Inventory.Node node = inventory.nodes().get(name);
        int index = number % known.ranksPerNode();
        boolean has = node != null && index < node.gpus().size() && entity.gpu() == null;
        String pci = has && node != null ? node.gpus().get(index).pci() : "";
        return pci.isEmpty() ? placed : placed.with(Level.GPU, pci);
    }

    private static LogEvent gpuLabeled(LogEvent event, Inventory.Node node) {
        String pci = event.entity().gpu();
        Inventory.Gpu gpu = pci == null ? null : node.at(pci);
        if (gpu == null) {
            return event;
        }
        Attributes attributes = with(event.attributes(), "gpu_index", Integer.toString(gpu.index()));
        return event.withAttributes(gpu.uuid().isEmpty() ? attributes : with(attributes, "gpu_uuid", gpu.uuid()));
    }

    /** What somebody wrote down goes before what follows from the layout. */
    private static LogEvent sized(LogEvent event, int gpus) {
        return gpus == 0 ? event : event.withAttributes(with(event.attributes(), "gpus", Integer.toString(gpus)));
    }

    private static LogEvent labeled(LogEvent event, Map<String, String> labels) {
        if (labels.isEmpty()) {
            return event;
        }
        Attributes attributes = event.attributes();
        for (var label : labels.entrySet()) {
            attributes = with(attributes, label.getKey(), label.getValue());
        }
        return event.withAttributes(attributes);
    }

    private static Attributes with(Attributes attributes, String key, @Nullable String value) {
        return value == null || attributes.has(key) ? attributes : attributes.with(key, value);
    }
}
