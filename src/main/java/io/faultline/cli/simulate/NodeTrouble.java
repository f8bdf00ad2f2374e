package io.faultline.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What breaks in one machine and is told by its kernel, or by who asks its GPUs; no job of the simulation feels it. */
final class NodeTrouble {

    static final long LASTS = 300_000;

    private final Scene scene;
    private final FaultName fault;
    private final Dice dice;
    private final Cluster.Node node;
    private final KernelLog kernel;
    private final int gpu;
    private final String pci;
    private final List<Line> evidence = new ArrayList<>();

    NodeTrouble(Scene scene, FaultName fault) {
        this.scene = scene;
        this.fault = fault;
        this.dice = scene.dice(fault.text());
        List<Cluster.Node> nodes = scene.cluster().nodes();
        this.node = nodes.get(dice.between(0, nodes.size() - 1));
        this.kernel = scene.kernel(node);
        this.gpu = dice.between(0, scene.cluster().gpus() - 1);
        this.pci = Cluster.pci(gpu);
    }

    void strike(long at) {
        switch (fault) {
            case GPU_HANG -> xid(at, 109, "Ch 00000002, errorString CTX SWITCH TIMEOUT, Info 0x2c" + dice.hex(3));
            case GPU_NVLINK ->
                xid(
                        at,
                        74,
                        "NVLink: fatal error detected on link " + dice.between(0, 17)
                                + "(0x0, 0x0, 0x10000, 0x0, 0x0, 0x0, 0x0)");
            case GPU_MEMORY_WEAR -> {
                String remapped = "Row Remapper: New row marked for remapping, reset gpu to activate.";
                xid(at, 63, remapped);
                xid(at + dice.millis(60_000, 240_000), 63, remapped);
            }
            case GPU_MISSING -> {
                tell(at, "NVRM: GPU " + pci + ".0: RmInitAdapter failed! (0x26:0xffff:1482)");
                tell(at + 3, "NVRM: GPU " + pci + ".0: rm_init_adapter failed, device minor number " + gpu);
            }
            case GPU_ROW_REMAP_FAILURE -> samples(at, 64, 0, 1);
            case GPU_THROTTLING -> samples(at, 92, 0x48, 0);
            case NVSWITCH_FATAL -> switchFault(at);
            case HOST_MEMORY ->
                tell(
                        at,
                        "EDAC MC1: " + dice.between(1, 3)
                                + " UE memory read error on CPU_SrcID#1_MC#0_Chan#1_DIMM#0 (channel:1 slot:0 page:0x"
                                + dice.hex(7) + " offset:0x0 grain:32)");
            case HOST_OOM -> outOfMemory(at);
            case KERNEL_STUCK -> stuck(at);
            case STORAGE_HANG -> storage(at);
            default -> flap(at);
        }
        Map<String, String> entity = fault.text().startsWith("gpu-") && fault != FaultName.GPU_MISSING
                ? Map.of("node", node.name(), "gpu", pci)
                : Map.of("node", node.name());
        scene.plant(fault, entity, at, at + LASTS, evidence);
    }

    private void tell(long at, String text) {
        evidence.add(kernel.say(at, text));
    }

    private void xid(long at, int code, String text) {
        tell(
                at,
                "NVRM: Xid (PCI:" + pci + "): " + code + ", pid=" + dice.between(4_000, 90_000) + ", name=python3, "
                        + text);
    }

    private void samples(long at, int celsius, int throttle, int failedRemappings) {
        for (int i = 0; i < 6; i++) {
            evidence.add(scene.monitor(node).sample(at + i * 30_000L, gpu, celsius, throttle, failedRemappings));
        }
    }

    private void switchFault(long at) {
        String head = "nvidia-nvswitch0: SXid (PCI:0000:a9:00.0): 20034, ";
        int link = dice.between(0, 63);
        tell(at, head + "Fatal, Link " + link + " LTSSM Fault Up");
        tell(at, head + "Severity 1 Engine instance " + link + " Sub-engine instance 00");
        tell(at, head + "Data {0x50610002, 0x10100030, 0x00000000}");
    }

    private void outOfMemory(long at) {
        int pid = dice.between(4_000, 90_000);
        kernel.say(
                at - 20,
                "dataloader invoked oom-killer: gfp_mask=0x1100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0");
        tell(
                at,
                "Out of memory: Killed process " + pid + " (python3) total-vm:" + dice.between(400, 900)
                        + "000000kB, anon-rss:" + dice.between(200, 390)
                        + "000000kB, file-rss:0kB, shmem-rss:1024kB, UID:0 pgtables:812000kB oom_score_adj:0");
        kernel.say(
                at + 900,
                "oom_reaper: reaped process " + pid + " (python3), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB");
    }

    private void stuck(long at) {
        int cpu = dice.between(0, 95);
        for (int i = 0; i < 4; i++) {
            tell(
                    at + i * 28_000L,
                    "watchdog: BUG: soft lockup - CPU#" + cpu + " stuck for " + (22 + 4 * i)
                            + "s! [kworker/u192:1:2254]");
        }
    }

    private void storage(long at) {
        tell(at, "nfs: server store-1 not responding, still trying");
        for (int i = 0; i < 3; i++) {
            tell(
                    at + 121_000 + i * 800L,
                    "INFO: task python3:" + dice.between(4_000, 90_000) + " blocked for more than 120 seconds.");
        }
        kernel.say(at + 250_000, "nfs: server store-1 OK");
    }

    private void flap(long at) {
        for (int i = 0; i < 5; i++) {
            long down = at + i * dice.millis(20_000, 40_000);
            tell(down, "mlx5_core 0000:1a:00.0 ibp26s0: Link down");
            kernel.say(down + dice.millis(900, 4_000), "mlx5_core 0000:1a:00.0 ibp26s0: Link up");
        }
    }
}
