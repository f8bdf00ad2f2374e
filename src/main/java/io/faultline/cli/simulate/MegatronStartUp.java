package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

/** What a Megatron job writes before its first step: the launcher, NCCL's initialisation, the checkpoint it loads. */
final class MegatronStartUp {

    private final MegatronJob job;

    MegatronStartUp(MegatronJob job) {
        this.job = job;
    }

    /** @return when training begins */
    long write(long at) {
        Ranks ranks = job.ranks();
        job.log()
                .add(
                        at,
                        Stamps.comma(at) + " - launcher - INFO - starting " + job.name() + " as job " + job.jobId()
                                + "." + job.attempt() + " on " + ranks.nodes().size() + " nodes, " + ranks.world()
                                + " ranks");
        job.say(
                at + 300,
                0,
                "using world size: " + ranks.world() + ", data-parallel size: "
                        + Math.max(1, ranks.world() / Math.min(8, ranks.perNode())) + ", tensor-model-parallel size: "
                        + Math.min(8, ranks.perNode()) + ", pipeline-model-parallel size: 1");
        job.say(at + 900, 0, "> initializing torch distributed ...");
        at = nccl(at + 2000);
        long ready = at + 1500;
        job.say(ready, 0, "[after megatron is initialized] datetime: " + Stamps.space(ready) + " ");
        for (int node = 0; node < ranks.nodes().size(); node++) {
            job.say(
                    ready + 400,
                    node * ranks.perNode(),
                    " > number of parameters on (tensor, pipeline) model parallel rank (0, 0): 1694498816");
        }
        at = load(ready + 2500);
        job.say(
                at,
                0,
                "[after model, optimizer, and learning rate scheduler are built] datetime: " + Stamps.space(at) + " ");
        job.say(at + 1200, 0, "[after dataloaders are built] datetime: " + Stamps.space(at + 1200) + " ");
        job.say(at + 1300, 0, "done with setup ...");
        job.say(at + 1400, 0, "training ...");
        job.say(at + 1500, 0, "[before the start of training step] datetime: " + Stamps.space(at + 1500) + " ");
        return at + 1500;
    }

    private long load(long at) {
        String directory = "/checkpoints/" + job.name();
        if (job.savedIteration() == 0) {
            job.say(at, 0, "> building train, validation, and test datasets for GPT ...");
            return at + 3000;
        }
        long took = job.dice().millis(9_000, 16_000);
        job.say(at, 0, " loading checkpoint from " + directory + " at iteration " + job.savedIteration());
        job.say(
                at + took,
                0,
                "  successfully loaded checkpoint from " + directory + " [ t 1/"
                        + Math.min(8, job.ranks().perNode()) + ", p 1/1 ] at iteration " + job.savedIteration());
        return at + took + 400;
    }

    private long nccl(long at) {
        Ranks ranks = job.ranks();
        String commId = "0x" + job.dice().hex(16);
        for (int rank = 0; rank < ranks.world(); rank++) {
            long moment = at + job.dice().millis(0, 900);
            String head = head(rank);
            String comm = "ncclCommInitRankConfig comm 0x55" + job.dice().hex(10) + " rank " + rank + " nranks "
                    + ranks.world()
                    + " cudaDev " + ranks.local(rank) + " nvmlDev " + (ranks.firstGpu() + ranks.local(rank)) + " busId "
                    + ranks.pci(rank).substring(5, 7) + "000 commId " + commId;
            job.say(
                    moment,
                    rank,
                    head + "Bootstrap: Using bond0:" + ranks.node(rank).address() + "<0>");
            job.say(
                    moment,
                    rank,
                    head + "NET/IB : Using [0]mlx5_0:1/IB [1]mlx5_1:1/IB [2]mlx5_4:1/IB [3]mlx5_5:1/IB [RO]; OOB bond0:"
                            + ranks.node(rank).address() + "<0>");
            job.say(moment, rank, head + "Using network IB");
            job.say(moment + 300, rank, head + comm + " - Init START");
            int next = (rank + 1) % ranks.world();
            String via = ranks.node(rank).equals(ranks.node(next))
                    ? "P2P/CUMEM"
                    : "NET/IB/" + ranks.local(rank) % 4 + "/GDRDMA";
            for (int channel = 0; channel < 8; channel++) {
                job.say(
                        moment + 1200 + channel * 20L,
                        rank,
                        head
                                + String.format(
                                        ROOT,
                                        "Channel %02d/0 : %d[%d] -> %d[%d] via %s",
                                        channel,
                                        rank,
                                        ranks.local(rank),
                                        next,
                                        ranks.local(next),
                                        via));
            }
            job.say(moment + 2400, rank, head + comm + " - Init COMPLETE");
        }
        return at + 3400;
    }

    private String head(int rank) {
        Ranks ranks = job.ranks();
        int pid = job.pid(rank);
        return ranks.node(rank).name() + ":" + pid + ":" + (pid + 611) + " [" + ranks.local(rank) + "] NCCL INFO ";
    }
}
