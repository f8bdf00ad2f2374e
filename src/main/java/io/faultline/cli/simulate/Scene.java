package io.faultline.cli.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all writers of one simulation share: the time span, the cluster, its kernel logs, and what was planted. */
final class Scene {

    private final SimulationSettings settings;
    private final Cluster cluster;
    private final List<Cluster.Node> newDriver;
    private final Map<String, KernelLog> kernels = new LinkedHashMap<>();
    private final Map<String, GpuMonitor> monitors = new TreeMap<>();
    private final List<Planted> planted = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();

    Scene(SimulationSettings settings) {
        this.settings = settings;
        this.cluster = new Cluster(settings.nodes(), settings.gpus());
        this.newDriver = plants(FaultName.DRIVER_ROLLOUT) ? DriverRollout.nodes(cluster, dice("driver")) : List.of();
        for (Cluster.Node node : cluster.nodes()) {
            kernels.put(node.name(), new KernelLog(this, node));
        }
    }

    /** Those that have the new driver; none where it is not rolled out. */
    List<Cluster.Node> newDriver() {
        return newDriver;
    }

    String driver(Cluster.Node node) {
        return newDriver.contains(node) ? DriverRollout.NEW : DriverRollout.OLD;
    }

    Cluster cluster() {
        return cluster;
    }

    long start() {
        return settings.start().toEpochMilli();
    }

    long end() {
        return settings.end().toEpochMilli();
    }

    boolean plants(FaultName fault) {
        return settings.faults().contains(fault);
    }

    int minutes() {
        return settings.minutes();
    }

    Dice dice(String component) {
        return new Dice(settings.seed(), component);
    }

    List<KernelLog> kernels() {
        return List.copyOf(kernels.values());
    }

    KernelLog kernel(Cluster.Node node) {
        KernelLog kernel = kernels.get(node.name());
        if (kernel == null) {
            throw new IllegalStateException("no node " + node.name() + " in " + kernels.keySet());
        }
        return kernel;
    }

    /** Only nodes that somebody asks for have one. */
    GpuMonitor monitor(Cluster.Node node) {
        return monitors.computeIfAbsent(node.name(), name -> new GpuMonitor(this, node));
    }

    List<GpuMonitor> monitors() {
        return List.copyOf(monitors.values());
    }

    void plant(FaultName fault, Map<String, String> entity, long started, long ended, List<Line> evidence) {
        plant(fault, entity, Map.of(), started, ended, evidence);
    }

    void plant(
            FaultName fault,
            Map<String, String> entity,
            Map<String, String> culprit,
            long started,
            long ended,
            List<Line> evidence) {
        planted.add(new Planted(fault, entity, culprit, started, Math.min(ended, end()), List.copyOf(evidence)));
    }

    /** The labels, earliest first; only after all files are written. */
    List<FaultLabel> labels() {
        return planted.stream()
                .sorted(Comparator.comparingLong(Planted::started).thenComparing(Planted::fault))
                .map(Planted::label)
                .toList();
    }

    void outage(String replica, long from, long to, Outage.Kind kind) {
        outages.add(new Outage(replica, from, to, kind));
    }

    List<Outage> outages() {
        return outages;
    }

    /** A span in which a replica does not answer as it should; the gateway in front of it feels that. */
    record Outage(String replica, long from, long to, Kind kind) {
        enum Kind {
            STALLED,
            RESTARTING
        }
    }

    private record Planted(
            FaultName fault,
            Map<String, String> entity,
            Map<String, String> culprit,
            long started,
            long ended,
            List<Line> evidence) {

        FaultLabel label() {
            List<FaultLabel.Place> places = evidence.stream()
                    .sorted(Comparator.comparingLong(Line::at))
                    .map(Line::place)
                    .toList();
            return new FaultLabel(
                    fault.text(),
                    entity,
                    culprit,
                    fault.category().id(),
                    Stamps.iso(started),
                    Stamps.iso(ended),
                    places);
        }
    }
}
