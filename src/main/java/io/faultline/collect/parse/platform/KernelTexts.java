package io.faultline.collect.parse.platform;

import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel's subsystems say, by the words a text begins with. The first row that fits tells what it is; rows without
 * a condition are there so that the text is known as the kernel's where nothing stands before it.
 */
final class KernelTexts {

    /**
     * One row.
     *
     * @param start what the text begins with
     * @param part what stands anywhere behind it
     * @param condition the attribute {@code condition}; empty where the text is nothing to act upon
     * @param severity at least; {@code null} leaves what is written
     */
    record Row(String start, String part, EventKind kind, String condition, @Nullable Severity severity) {}

    private static final KernelTexts ALL = new KernelTexts();

    private final List<List<Row>> byFirst = new ArrayList<>();

    private KernelTexts() {
        for (int i = 0; i < 128; i++) {
            byFirst.add(new ArrayList<>());
        }
        memory();
        disks();
        networkFileSystems();
        hangs();
        hardware();
        links();
        heat();
        nvidia();
        others();
    }

    /** The first row that fits, or null. */
    static @Nullable Row find(String text) {
        if (text.isEmpty() || text.charAt(0) >= 128) {
            return null;
        }
        List<Row> rows = ALL.byFirst.get(text.charAt(0));
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (text.startsWith(row.start) && (row.part.isEmpty() || text.indexOf(row.part, row.start.length()) >= 0)) {
                return row;
            }
        }
        return null;
    }

    /** Whether a text begins as one of the rows does. */
    static boolean mayBegin(String text) {
        if (text.charAt(0) >= 128) {
            return false;
        }
        List<Row> rows = ALL.byFirst.get(text.charAt(0));
        for (int i = 0; i < rows.size(); i++) {
            if (text.startsWith(rows.get(i).start)) {
                return true;
            }
        }
        return false;
    }

    private void memory() {
        known("Out of memory: ", "Memory cgroup out of memory: ", "Killed process ", "oom-kill:constraint=");
        known("oom_reaper: ", "oom-kill:", "Mem-Info:", "Tasks state (memory values in pages)", "Task in /");
        known("memory: usage ", "memory+swap: usage ", "kmem: usage ", "swap: usage ", "Memory cgroup stats for ");
        known("active_anon:", "[  pid  ]", "[ pid ]", "lowmem_reserve[]:");
        for (String node : new String[] {"Node 0 ", "Node 1 "}) {
            add(new Row(node, "kB", EventKind.LOG_OTHER, "", null));
        }
        condition("VFS: file-max limit ", "", "file-limit", Severity.ERROR);
        condition("TCP: too many orphaned sockets", "", "socket-limit", Severity.WARN);
        condition("TCP: out of memory", "", "socket-limit", Severity.WARN);
        condition("nf_conntrack: ", "table full", "connection-limit", Severity.ERROR);
    }

    private void disks() {
        condition("EXT4-fs", "emounting filesystem read-only", "filesystem", Severity.ERROR);
        condition("EXT4-fs error", "", "filesystem", Severity.ERROR);
        condition("EXT4-fs", "I/O error", "filesystem", Severity.ERROR);
        condition("EXT4-fs", "failed to convert unwritten extents", "filesystem", Severity.ERROR);
        condition("EXT4-fs", "Delayed block allocation failed", "filesystem", Severity.ERROR);
        condition("XFS ", "emounting filesystem read-only", "filesystem", Severity.ERROR);
        condition("XFS ", "orruption", "filesystem", Severity.ERROR);
        condition("XFS ", "I/O error", "filesystem", Severity.ERROR);
        condition("XFS ", "shut down", "filesystem", Severity.ERROR);
        condition("XFS ", "hutting down filesystem", "filesystem", Severity.ERROR);
        condition("XFS", "possible memory allocation deadlock", "filesystem", Severity.WARN);
        condition("BTRFS error", "", "filesystem", Severity.ERROR);
        condition("BTRFS critical", "", "filesystem", Severity.ERROR);
        condition("BTRFS: error", "", "filesystem", Severity.ERROR);
        condition("BTRFS", "forced readonly", "filesystem", Severity.ERROR);
        condition("JBD2: ", "rror", "filesystem", Severity.ERROR);
        condition("Aborting journal on device", "", "filesystem", Severity.ERROR);
        condition("Buffer I/O error on dev", "", "storage", Severity.ERROR);
        condition("blk_update_request: ", "error", "storage", Severity.ERROR);
        condition("I/O error, dev ", "", "storage", Severity.ERROR);
        condition("critical medium error, dev ", "", "storage", Severity.ERROR);
        condition("critical target error, dev ", "", "storage", Severity.WARN);
        condition("print_req_error: ", "", "storage", Severity.ERROR);
        condition("block nvme", "no available path - failing I/O", "storage", Severity.ERROR);
        condition("block nvme", "no usable path - requeuing I/O", "storage", Severity.WARN);
        condition("block nvme", "no available path", "storage", Severity.WARN);
        condition("NVMe path failure", "", "storage", Severity.ERROR);
        condition("nvme ", "isabling device", "storage", Severity.ERROR);
        condition("nvme ", "Removing after probe failure", "storage", Severity.ERROR);
        condition("nvme ", "controller is down", "storage", Severity.ERROR);
        condition("nvme ", "Device not ready", "storage", Severity.ERROR);
        condition("nvme ", "timeout", "storage", Severity.WARN);
        condition("nvme", "I/O Error", "storage", Severity.ERROR);
        condition("md/raid", "Disk failure on", "storage", Severity.ERROR);
        condition("RAID0 failure on ", "", "storage", Severity.ERROR);
        condition("sd ", "Medium Error", "storage", Severity.ERROR);
        condition("sd ", "Unrecovered read error", "storage", Severity.ERROR);
        condition("ata", "failed command: ", "storage", Severity.WARN);
        condition("ata", "hard resetting link", "storage", Severity.WARN);
        condition("device-mapper: ", "Failing path", "storage", Severity.WARN);
        known("EXT4-fs", "XFS (", "XFS: ", "BTRFS", "JBD2: ", "nvme ", "nvme0", "block nvme", "md/raid");
        known("device-mapper: ");
    }

    private void networkFileSystems() {
        condition("nfs: server ", "not responding", "network-storage", Severity.ERROR);
        condition("nfs: server ", "timed out", "network-storage", Severity.ERROR);
        condition("lockd: server ", "not responding", "network-storage", Severity.ERROR);
        condition("LustreError: ", "was evicted", "network-storage", Severity.ERROR);
        condition("LustreError: ", "was lost", "network-storage", Severity.ERROR);
        condition("LustreError: ", "evicted", "network-storage", Severity.ERROR);
        condition("LustreError: ", "failed", "network-storage", Severity.WARN);
        condition("Lustre: ", "was lost", "network-storage", Severity.ERROR);
        condition("Lustre: ", "timed out", "network-storage", Severity.WARN);
        condition("Lustre: ", "has failed due to network error", "network-storage", Severity.WARN);
        condition("LNet", "rror", "network-storage", Severity.WARN);
        condition("libceph: ", "session lost", "network-storage", Severity.WARN);
        condition("libceph: ", " down", "network-storage", Severity.WARN);
        condition("ceph: ", "hung", "network-storage", Severity.ERROR);
        condition("CIFS: ", "has not responded", "network-storage", Severity.ERROR);
        known("nfs: ", "NFS: ", "lockd: ", "LustreError: ", "Lustre: ", "LNet: ", "LNetError: ", "libceph: ", "ceph: ");
        known("CIFS: ", "beegfs: ", "FS-Cache: ");
    }

    private void hangs() {
        condition("INFO: task ", " blocked for more than ", "hung-task", Severity.ERROR);
        condition("INFO: task ", " blocked on a ", "hung-task", Severity.ERROR);
        condition("task ", " blocked for more than ", "hung-task", Severity.ERROR);
        condition("CPU task blocked for more than ", "", "hung-task", Severity.ERROR);
        condition("watchdog: BUG: soft lockup", "", "soft-lockup", Severity.ERROR);
        condition("NMI watchdog: BUG: soft lockup", "", "soft-lockup", Severity.ERROR);
        condition("BUG: soft lockup", "", "soft-lockup", Severity.ERROR);
        condition("CPU soft lockup detected", "", "soft-lockup", Severity.ERROR);
        condition("soft lockup", "", "soft-lockup", Severity.WARN);
        condition("watchdog: Watchdog detected hard LOCKUP", "", "hard-lockup", Severity.FATAL);
        condition("NMI watchdog: Watchdog detected hard LOCKUP", "", "hard-lockup", Severity.FATAL);
        condition("Watchdog detected hard LOCKUP", "", "hard-lockup", Severity.FATAL);
        for (String start : new String[] {"rcu: INFO: ", "INFO: rcu", "rcu: rcu_"}) {
            condition(start, "stall", "rcu-stall", Severity.ERROR);
            condition(start, "starved for", "rcu-stall", Severity.ERROR);
        }
        condition("Kernel panic - ", "", "panic", Severity.FATAL);
        condition("BUG: unable to handle ", "", "oops", Severity.ERROR);
        condition("BUG: kernel NULL pointer ", "", "oops", Severity.ERROR);
        condition("BUG: Bad ", "", "oops", Severity.ERROR);
        condition("BUG: workqueue lockup", "", "workqueue-stall", Severity.ERROR);
        condition("kernel BUG at ", "", "oops", Severity.ERROR);
        condition("Oops: ", "", "oops", Severity.ERROR);
        condition("general protection fault", "", "oops", Severity.ERROR);
        graded("WARNING: CPU: ", Severity.WARN);
        known("RIP: 00", "Kernel Offset: ", "\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\"");
        known("rcu: ", "INFO: NMI handler", "perf: interrupt took too long", "clocksource: ", "sched: RT throttling");
        known("Modules linked in: ", "---[ end trace ", "------------[ cut here ]");
    }

    private void hardware() {
        condition("mce: ", "Machine Check Exception", "machine-check", Severity.ERROR);
        condition("mce: ", "ncorrected", "machine-check", Severity.ERROR);
        condition("mce: ", "Fatal", "machine-check", Severity.FATAL);
        condition("mce: [Hardware Error]", "", "machine-check", Severity.WARN);
        condition("mce: Uncorrected hardware memory error", "", "memory-uncorrected", Severity.ERROR);
        condition("Memory failure: ", "", "memory-uncorrected", Severity.ERROR);
        condition("[Hardware Error]", "event severity: fatal", "machine-check", Severity.FATAL);
        condition("[Hardware Error]", "ncorrected", "machine-check", Severity.ERROR);
        condition("[Hardware Error]", "Machine Check Exception", "machine-check", Severity.ERROR);
        condition("[Hardware Error]", "orrected", "machine-check", Severity.WARN);
        condition("EDAC ", " UE ", "memory-uncorrected", Severity.ERROR);
        condition("EDAC ", " CE ", "memory-corrected", Severity.WARN);
        condition("EDAC ", "ncorrected", "memory-uncorrected", Severity.ERROR);
        condition("DMAR: ", "fault addr", "iommu-fault", Severity.WARN);
        condition("AMD-Vi: ", "IO_PAGE_FAULT", "iommu-fault", Severity.WARN);
        known("mce: ", "[Hardware Error]", "EDAC ", "DMAR: ", "AMD-Vi: ", "AMD64 EDAC", "AER: ");
        known("pci_bus 0000:", "microcode: ", "smpboot: ", "ipmi_si ");
    }

    private void links() {
        condition("NETDEV WATCHDOG: ", "", "nic-timeout", Severity.ERROR);
        known("Port module event", "mlx5_port_module_event", "mlx5_pcie_event", "mlx5_cmd_out_err", "mlx5_core");
        known("mlx5_ib", "mlx4_core", "mlx4_en", "bond0: ", "bonding: bond", "IPv6: ADDRCONF", "hfi1 ", "hfi1: ");
        known("infiniband ", "ib_core: ", "docker0: port ", "cni0: port ", "device veth", "e1000e: ", "ixgbe: ");
        known("pciehp ", "pciehp: ");
    }

    private void heat() {
        condition("CPU", "temperature above threshold", "cpu-thermal", Severity.WARN);
        condition("mce: CPU", "temperature above threshold", "cpu-thermal", Severity.WARN);
        condition("thermal ", "ritical temperature reached", "cpu-thermal", Severity.FATAL);
        condition("ACPI: ", "ritical temperature reached", "cpu-thermal", Severity.FATAL);
        condition("Critical temperature reached", "", "cpu-thermal", Severity.FATAL);
        condition("CPU", "power limit notification", "cpu-power", Severity.WARN);
        for (String what : new String[] {"temperature/speed normal", "temperature is normal", "power limit normal"}) {
            add(new Row("CPU", what, EventKind.LOG_OTHER, "", null));
        }
    }

    private void nvidia() {
        condition("NVRM: ", "RmInitAdapter failed", "gpu-init", Severity.ERROR);
        condition("NVRM: rm_init_adapter failed", "", "gpu-init", Severity.ERROR);
        condition("NVRM: ", "probe routine failed", "gpu-init", Severity.ERROR);
        condition("NVRM: ", "GPU is probably locked", "gpu-hang", Severity.ERROR);
        condition("NVRM: API mismatch", "", "driver-mismatch", Severity.ERROR);
        condition("NVRM: A GPU crash dump has been created", "", "gpu-crash", Severity.ERROR);
        condition("NVRM: ", "global fatal error", "gpu-crash", Severity.ERROR);
        condition("NVRM: ", "GPU is lost", "gpu-lost", Severity.ERROR);
        condition("NVRM: ", "has been lost", "gpu-lost", Severity.ERROR);
        condition("nvidia-peermem", "ERROR detected invalid context", "peer-memory", Severity.ERROR);
        known("NVRM: ", "NVRM version: ", "nvidia-peermem", "nvidia-nvlink", "nvidia-nvswitch", "nvidia-modeset: ");
        known("nvidia-uvm: ", "nvidia_uvm: ", "nvidia: loading ", "nvidia: module ", "[drm]", "nouveau ");
        known("gdrdrv:", "nv_peer_mem", "nvidia_peermem", "accelerator-nvidia-");
    }

    private void others() {
        known("audit: type=", "IPVS: ", "wireguard: ", "Initializing XFRM netlink", "random: crng");
        known("traps: ", "segfault at ", "message repeated ", "systemd-journald[", "overlayfs: ", "warn_alloc: ");
    }

    private void condition(String start, String part, String condition, Severity severity) {
        add(new Row(start, part, EventKind.NODE_CONDITION, condition, severity));
    }

    private void graded(String start, Severity severity) {
        add(new Row(start, "", EventKind.LOG_OTHER, "", severity));
    }

    private void known(String... starts) {
        for (String start : starts) {
            add(new Row(start, "", EventKind.LOG_OTHER, "", null));
        }
    }

    private void add(Row row) {
        byFirst.get(row.start.charAt(0)).add(row);
    }
}
