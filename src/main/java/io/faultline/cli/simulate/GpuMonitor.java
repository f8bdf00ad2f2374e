package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

/** What {@code nvidia-smi --query-gpu -l 30} writes of a node's GPUs. */
final class GpuMonitor {

    private static final long INTERVAL = 30_000;

    private final Scene scene;
    private final Dice dice;
    private final LogFile log;

    GpuMonitor(Scene scene, Cluster.Node node) {
        this.scene = scene;
        this.dice = scene.dice(node.name() + ".nvidia-smi");
        this.log = new LogFile(node.name() + ".nvidia-smi.log");
    }

    /** @param throttle the driver's bits; 0x4 is the software's power cap */
    Line sample(long at, int gpu, int celsius, int throttle, int failedRemappings) {
        return log.add(
                at,
                String.format(
                        ROOT,
                        "%s, %d, 0000%s.0, %d %%, %d MiB, 81559 MiB, %d, %.2f W, 0x%016x, %d",
                        Stamps.smi(at),
                        gpu,
                        Cluster.pci(gpu).toUpperCase(ROOT),
                        dice.between(88, 100),
                        dice.between(60_000, 74_000),
                        celsius,
                        dice.real(380, 640),
                        throttle,
                        failedRemappings));
    }

    LogFile run() {
        log.add(
                scene.start(),
                "timestamp, index, pci.bus_id, utilization.gpu [%], memory.used [MiB], memory.total [MiB], temperature.gpu,"
                        + " power.draw [W], clocks_event_reasons.active, remapped_rows.failure");
        for (long at = scene.start() + 900; at < scene.end(); at += INTERVAL) {
            for (int gpu = 0; gpu < scene.cluster().gpus(); gpu++) {
                sample(at + gpu, gpu, dice.between(52, 71), dice.chance(0.2) ? 4 : 0, 0);
            }
        }
        return log;
    }
}
