package io.faultline.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What can go wrong with one training job besides its stalls, its loss and its GPUs. Somebody ends and restarts it then. */
final class JobTrouble implements TrainingFault {

    private static final long MINUTE = 60_000;

    private final FaultName name;

    JobTrouble(FaultName name) {
        this.name = name;
    }

    @Override
    public FaultName name() {
        return name;
    }

    @Override
    public long lasts(int minutes) {
        return switch (name) {
            case TRAINING_SLOWDOWN, STRAGGLER, DATA_STARVATION -> 9 * MINUTE;
            case LOSS_SCALE_COLLAPSE -> 3 * MINUTE;
            default -> 2 * MINUTE;
        };
    }

    @Override
    public Interruption strike(MegatronJob job, long at) {
        return switch (name) {
            case TRAINING_SLOWDOWN -> steps(job, at, 2);
            case STRAGGLER -> {
                job.straggle(2.4);
                Interruption end = steps(job, at, 1.35);
                job.straggle(1);
                yield end;
            }
            case DATA_STARVATION -> {
                job.starve(3800);
                Interruption end = steps(job, at, 1.35);
                job.starve(44.7);
                yield end;
            }
            case LOSS_SCALE_COLLAPSE -> {
                job.overflow(true);
                Interruption end = steps(job, at, 1);
                job.overflow(false);
                yield end;
            }
            default -> failure(job, at);
        };
    }

    private Interruption steps(MegatronJob job, long from, double slower) {
        List<Line> evidence = new ArrayList<>();
        long at = from;
        while (at < from + lasts(job.scene().minutes()) - MINUTE) {
            at += Math.round(job.stepMillis() * slower);
            evidence.add(job.step(at, job.currentLoss(), job.currentGradNorm()));
        }
        long stopped = at + 1500;
        job.exit().cancelled(stopped);
        job.plant(name, Map.of(), from, stopped, evidence.subList(0, Math.min(12, evidence.size())));
        return new Interruption(stopped, stopped + 35_000);
    }

    private Interruption failure(MegatronJob job, long from) {
        int rank = job.dice().between(1, job.lastRank());
        long at = from + 4_000;
        List<Line> evidence = new ArrayList<>();
        switch (name) {
            case CHECKPOINT_INTERRUPTED -> {
                evidence.add(job.say(
                        from + 900,
                        0,
                        "saving checkpoint at iteration " + job.done() + " to /checkpoints/" + job.name()
                                + " in torch_dist format"));
                at = from + 9_000;
            }
            case RENDEZVOUS_TIMEOUT ->
                evidence.add(job.say(
                        at,
                        rank,
                        "[E" + Stamps.c10(at, job.dice().between(0, 999_999))
                                + " socket.cpp:922] [c10d] The client socket has timed out after 60s while trying to connect to ("
                                + job.ranks().node(0).name() + ", 29500)."));
            case LINK_BREAK -> {
                evidence.addAll(brokenLink(job, rank, from));
                at = from + 40_000;
            }
            default -> evidence.addAll(traceback(job, rank, at));
        }
        evidence.addAll(job.exit().report(at + 400, rank, 1));
        job.exit().aborted(at + 3_000, job.ranks().node(rank), "Exited with exit code 1");
        Map<String, String> culprit = name == FaultName.LINK_BREAK
                ? Map.of("node", job.ranks().node(rank).name())
                : Map.of();
        job.plant(name, culprit, evidence.get(0).at(), at + 5_000, evidence);
        return new Interruption(at + 5_000, at + 45_000);
    }

    /** The kernel of a node loses the link; NCCL's retries are over some twenty seconds later. */
    private static List<Line> brokenLink(MegatronJob job, int rank, long from) {
        Ranks ranks = job.ranks();
        Line down = job.scene().kernel(ranks.node(rank)).say(from, "mlx5_core 0000:1a:00.0 ibp26s0: Link down");
        long noticed = from + 21_000;
        int pid = job.pid(rank);
        Line completion = job.say(
                noticed,
                rank,
                ranks.node(rank).name() + ":" + pid + ":" + (pid + 640) + " [" + ranks.local(rank)
                        + "] transport/net_ib.cc:1234 NCCL WARN NET/IB : Got completion from peer "
                        + ranks.node(0).address() + "<41234> with status=12 opcode=0 len=32 vendor err 129 (Recv)");
        return List.of(down, completion);
    }

    private List<Line> traceback(MegatronJob job, int rank, long at) {
        String[] lines =
                switch (name) {
                    case DATA_LOADER_FAILURE ->
                        new String[] {
                            "  File \"/opt/train/pretrain.py\", line 210, in train_step",
                            "    batch = next(data_iterator)",
                            "RuntimeError: DataLoader worker (pid " + job.pid(rank) + ") is killed by signal: Killed. "
                        };
                    case CHECKPOINT_FAILURE ->
                        new String[] {
                            "  File \"/opt/train/checkpointing.py\", line 480, in save_checkpoint",
                            "    torch.save(state, path)",
                            "OSError: [Errno 28] No space left on device"
                        };
                    default ->
                        new String[] {
                            "  File \"/opt/train/checkpointing.py\", line 770, in load_checkpoint",
                            "    model.load_state_dict(state)",
                            "RuntimeError: Error(s) in loading state_dict for GPTModel:",
                            "\tsize mismatch for embedding.word_embeddings.weight: copying a param with shape torch.Size([50304, 4096])"
                        };
                };
        List<Line> written = new ArrayList<>();
        job.say(at, rank, "Traceback (most recent call last):");
        for (String line : lines) {
            written.add(job.say(at, rank, line));
        }
        return written;
    }
}
