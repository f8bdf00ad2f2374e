package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A GPU falls off the PCI bus. The kernel says so first; within a minute the rank on it fails with a CUDA error, its
 * neighbours and peers with NCCL errors, the agent reports, Slurm ends the step, and the job starts again.
 */
final class GpuXid implements TrainingFault {

    /** A node whose GPU has left the bus must be restarted before the job can use it again. */
    private static final long REBOOT_MILLIS = 170_000;

    @Override
    public FaultName name() {
        return FaultName.GPU_XID;
    }

    @Override
    public long lasts(int minutes) {
        return REBOOT_MILLIS + 60_000;
    }

    @Override
    public Interruption strike(MegatronJob job, long at) {
        Ranks ranks = job.ranks();
        int rank = job.dice().between(0, ranks.world() - 1);
        long fell = at + job.dice().millis(1000, 2500);
        List<Line> evidence = new ArrayList<>(kernel(job, rank, fell));
        long felt = fell + job.dice().millis(4_000, 12_000);
        evidence.addAll(crash(job, rank, felt));
        peers(job, rank, felt + 900);
        long died = felt + 6_000;
        evidence.addAll(job.exit().report(died, rank, -6));
        evidence.addAll(job.exit().aborted(died + 2600, ranks.node(rank), "Aborted (core dumped)"));
        job.scene()
                .plant(
                        name(),
                        Map.of("node", ranks.node(rank).name(), "gpu", ranks.pci(rank)),
                        fell - 9_000,
                        died + 2600,
                        evidence);
        job.scene().kernel(ranks.node(rank)).restart(died + 55_000);
        return new Interruption(died, died + REBOOT_MILLIS);
    }

    private static List<Line> kernel(MegatronJob job, int rank, long fell) {
        String pci = job.ranks().pci(rank);
        KernelLog kernel = job.scene().kernel(job.ranks().node(rank));
        String port = "pcieport 0000:" + Integer.toHexString(Integer.parseInt(pci.substring(5, 7), 16) - 2) + ":01.0: ";
        String process = "pid=" + job.pid(rank) + ", name=pt_main_thread, ";
        for (int i = 0; i < 4; i++) {
            kernel.say(fell - 9_000 + i * 2_000L, port + "AER: Corrected error received: " + pci + ".0");
            kernel.say(
                    fell - 9_000 + i * 2_000L,
                    "nvidia " + pci + ".0: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)");
        }
        kernel.say(fell - 300, port + "AER: Uncorrected (Fatal) error received: " + pci + ".0");
        List<Line> lines = new ArrayList<>();
        kernel.say(fell, "NVRM: GPU at PCI:" + pci + ": GPU-" + uuid(job.dice()));
        lines.add(kernel.say(fell, "NVRM: Xid (PCI:" + pci + "): 79, " + process + "GPU has fallen off the bus."));
        lines.add(kernel.say(fell, "NVRM: GPU " + pci + ".0: GPU has fallen off the bus."));
        kernel.say(fell + 1, "NVRM: A GPU crash dump has been created. If possible, please run");
        kernel.say(fell + 1, "NVRM: nvidia-bug-report.sh as root to collect this data before");
        kernel.say(fell + 1, "NVRM: the NVIDIA kernel module is unloaded.");
        lines.add(kernel.say(
                fell + 1_100,
                "NVRM: Xid (PCI:" + pci + "): 154, " + process
                        + "GPU recovery action changed from 0x0 (None) to 0x2 (Node Reboot Required)"));
        return lines;
    }

    private static List<Line> crash(MegatronJob job, int victim, long at) {
        List<Line> lines = new ArrayList<>();
        Ranks ranks = job.ranks();
        int first = victim - ranks.local(victim);
        for (int rank = first; rank < first + ranks.perNode(); rank++) {
            long from = rank == victim ? at : at + job.dice().millis(300, 1500);
            String error = rank == victim
                    ? "RuntimeError: CUDA error: unspecified launch failure"
                    : "torch.distributed.DistBackendError: NCCL error in: ../torch/csrc/distributed/c10d/NCCLUtils.hpp:275, unhandled cuda error (run with NCCL_DEBUG=INFO for details), NCCL version 2.27.5";
            Line last = traceback(job, rank, from, error);
            if (rank == victim) {
                lines.add(last);
                lines.add(
                        CollectiveTimeout.c10(
                                job,
                                from + 400,
                                rank,
                                'E',
                                2057,
                                "[PG ID 0 PG GUID 0(default_pg) Rank " + rank
                                        + "] Process group watchdog thread terminated with exception: CUDA error: unspecified launch failure"));
            }
        }
        return lines;
    }

    /** Eight ranks write at once, so the lines of one are some milliseconds apart and those of others fall between. */
    private static Line traceback(MegatronJob job, int rank, long at, String error) {
        String[] body = {
            "Traceback (most recent call last):",
            "  File \"/workspace/megatron/pretrain.py\", line 284, in <module>",
            "    pretrain(train_valid_test_datasets_provider, model_provider, ModelType.encoder_or_decoder, forward_step)",
            "  File \"/workspace/megatron/megatron/training/training.py\", line 671, in pretrain",
            "    iteration, num_floating_point_operations_so_far = train(",
            "  File \"/workspace/megatron/megatron/training/training.py\", line 1994, in train",
            "    loss_dict, skipped_iter, grad_norm, num_zeros_in_grad = train_step(",
            "  File \"/workspace/megatron/megatron/training/training.py\", line 1190, in train_step",
            "    torch.cuda.synchronize()",
        };
        long now = at;
        for (String text : body) {
            job.say(now, rank, "[rank" + rank + "]: " + text);
            now += job.dice().millis(0, 12);
        }
        return job.say(now, rank, "[rank" + rank + "]: " + error);
    }

    /** Other nodes lose their connection; NCCL's warnings begin with an empty line. */
    private static void peers(MegatronJob job, int victim, long at) {
        Ranks ranks = job.ranks();
        Cluster.Node lost = ranks.node(victim);
        for (int rank = ranks.local(victim); rank < ranks.world(); rank += ranks.perNode()) {
            if (!ranks.node(rank).equals(lost)) {
                long moment = at + job.dice().millis(0, 1800);
                int pid = job.pid(rank);
                String head = ranks.node(rank).name() + ":" + pid + ":" + (pid + 640) + " [" + ranks.local(rank) + "] ";
                job.say(moment, rank, "");
                job.say(
                        moment,
                        rank,
                        "[" + Stamps.space(moment) + "] " + head
                                + "misc/socket.cc:915 NCCL WARN socketProgress: Connection closed by remote peer "
                                + lost.address() + "<" + (33_000 + job.dice().between(0, 9_000)) + ">");
                job.say(moment + 1, rank, head + "NCCL INFO transport/net.cc:1302 -> 6");
            }
        }
    }

    private static String uuid(Dice dice) {
        String hex = dice.hex(16) + dice.hex(16);
        return String.format(
                ROOT,
                "%s-%s-%s-%s-%s",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20, 32));
    }
}
