package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A node's kernel messages as syslog keeps them, most of them harmless. Rack a's rsyslog keeps the kernel's own clock
 * in brackets, rack b's does not; both are usual.
 */
final class KernelLog {

    /** What the kernel's clock shows when syslog begins to listen. */
    private static final long BOOT_MILLIS = 8_000;

    private static final long FIRMWARE_MILLIS = 48_000;

    private final Scene scene;
    private final Cluster.Node node;
    private final Dice dice;
    private final LogFile log;
    private final boolean uptime;
    private final NavigableSet<Long> boots = new TreeSet<>();

    KernelLog(Scene scene, Cluster.Node node) {
        this.scene = scene;
        this.node = node;
        this.dice = scene.dice(node.name() + ".kernel");
        this.log = new LogFile(node.name() + ".kernel.log");
        this.uptime = node.name().startsWith("gpu-a");
        this.boots.add(scene.start() - BOOT_MILLIS);
    }

    Line say(long at, String text) {
        String clock =
                uptime ? String.format(ROOT, "[%12.6f] ", (at - booted(at)) / 1000.0 + dice.between(0, 999) / 1e6) : "";
        return log.add(at, Stamps.syslog(at) + " " + node.name() + " kernel: " + clock + text);
    }

    /** Everything that is not a fault. */
    LogFile run() {
        messages(scene.start() + 100);
        chatter();
        if (node.equals(scene.cluster().serving())) {
            bait();
        }
        return log;
    }

    /** The machine restarts, and says nothing while its firmware runs. */
    void restart(long at) {
        say(at, "reboot: Restarting system");
        boots.add(at + FIRMWARE_MILLIS - BOOT_MILLIS);
        messages(at + FIRMWARE_MILLIS);
    }

    private boolean isDown(long at) {
        Long next = boots.higher(at);
        return next != null && at > next + BOOT_MILLIS - FIRMWARE_MILLIS;
    }

    private long booted(long at) {
        Long last = boots.floor(at);
        return last == null ? boots.first() : last;
    }

    private void messages(long from) {
        long at = from;
        String driver = scene.driver(node);
        String[] texts = {
            "Linux version 6.8.0-64-generic (build@host) (gcc 13.3.0) #67-Ubuntu SMP PREEMPT_DYNAMIC",
            "Command line: BOOT_IMAGE=/boot/vmlinuz-6.8.0-64-generic root=/dev/nvme0n1p2 ro iommu=pt",
            "ACPI BIOS Error (bug): Could not resolve symbol [\\_SB.PMI0], AE_NOT_FOUND (20230628/psargs-330)",
            "ERST: Error Record Serialization Table (ERST) support is initialized.",
            "nvme nvme0: 96/0/0 default/read/poll queues",
            "EXT4-fs (nvme0n1p2): mounted filesystem ro with ordered data mode. Quota mode: none.",
            "mlx5_core 0000:1a:00.0: mlx5_pcie_event:299:(pid 713): Detected insufficient power on the PCIe slot (27W).",
            "mlx5_core 0000:9c:00.0: mlx5_pcie_event:299:(pid 713): Detected insufficient power on the PCIe slot (27W).",
            "nvidia: loading out-of-tree module taints kernel.",
            "nvidia-nvlink: Nvlink Core is being initialized, major device number 234",
            "NVRM: loading NVIDIA UNIX Open Kernel Module for x86_64  " + driver + "  Release Build",
            "nvidia-modeset: Loading NVIDIA UNIX Open Kernel Mode Setting Driver for x86_64  " + driver,
            "mlx5_core 0000:1a:00.0 ibp26s0: Link up",
            "IPv6: ADDRCONF(NETDEV_CHANGE): bond0: link becomes ready"
        };
        for (String text : texts) {
            say(at, text);
            at += dice.millis(20, 400);
        }
    }

    private void chatter() {
        int samples = 2500;
        for (long at = scene.start() + 15_000; at < scene.end(); at += dice.millis(6_000, 34_000)) {
            if (isDown(at)) {
                continue;
            }
            switch (dice.between(0, 9)) {
                case 0 -> {
                    say(
                            at,
                            "perf: interrupt took too long (" + (samples + 11) + " > " + samples
                                    + "), lowering kernel.perf_event_max_sample_rate to "
                                    + 250 * (int) (200_000_000L / samples / 250));
                    samples = samples > 60_000 ? 2500 : samples * 5 / 4;
                }
                case 1 -> say(at, "mce: [Hardware Error]: Machine check events logged");
                case 2 ->
                    say(
                            at,
                            "EDAC MC" + dice.between(0, 3)
                                    + ": 1 CE memory read error on CPU_SrcID#0_MC#0_Chan#1_DIMM#0 (channel:1 slot:0 page:0x"
                                    + dice.hex(7) + " offset:0x" + dice.hex(3) + " grain:32 syndrome:0x0)");
                case 3 -> say(at, "pcieport 0000:15:01.0: AER: Corrected error received: 0000:16:00.0");
                case 4 ->
                    say(
                            at,
                            "audit: type=1400 audit(" + at / 1000 + "."
                                    + String.format(ROOT, "%03d:%d", at % 1000, dice.between(100, 9000))
                                    + "): apparmor=\"STATUS\" operation=\"profile_replace\" profile=\"unconfined\" name=\"cri-containerd\"");
                default -> say(at, "IPv6: ADDRCONF(NETDEV_CHANGE): cali" + dice.hex(11) + ": link becomes ready");
            }
        }
    }

    /** A user's small program with a bug of its own: its GPU is healthy and nobody else notices. */
    private void bait() {
        long half = scene.start() + (scene.end() - scene.start()) / 2;
        int gpu = scene.cluster().gpus() - 1;
        String pci = Cluster.pci(gpu);
        String process = "pid=" + (88_000 + dice.between(0, 900)) + ", name="
                + dice.pick("kernel_demo", "a.out", "bench_reduce") + ", ";
        long at = half + dice.millis(0, 120_000);
        if (dice.chance(0.5)) {
            say(
                    at,
                    "NVRM: Xid (PCI:" + pci + "): 31, " + process
                            + "channel 0x00000002, intr 00000000. MMU Fault: ENGINE GRAPHICS GPC2 GPCCLIENT_T1_4"
                            + " faulted @ 0x7f3a_0c200000. Fault is of type FAULT_PDE ACCESS_TYPE_VIRT_READ");
        } else {
            for (int sm = 0; sm < 4; sm++) {
                say(
                        at + sm,
                        "NVRM: Xid (PCI:" + pci
                                + "): 13, pid='<unknown>', name=<unknown>, Graphics SM Warp Exception on (GPC 3, TPC "
                                + sm + ", SM 1): Out Of Range Address");
            }
        }
        say(at + 900, "NVRM: Xid (PCI:" + pci + "): 43, " + process + "Ch 00000008");
        say(at + 1400, "NVRM: Xid (PCI:" + pci + "): 45, " + process + "Ch 00000009");
    }
}
