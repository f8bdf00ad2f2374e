package io.faultline.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A leaf switch loses its power. All nodes at it lose their link within two seconds; some twenty seconds later NCCL's
 * retries are over, on these nodes and on some that talked to them, and the job ends. The switch is back after minutes.
 */
final class LeafDown implements TrainingFault {

    private static final long BACK_MILLIS = 240_000;

    @Override
    public FaultName name() {
        return FaultName.LEAF_DOWN;
    }

    @Override
    public long lasts(int minutes) {
        return BACK_MILLIS + 60_000;
    }

    @Override
    public Interruption strike(MegatronJob job, long at) {
        Dice dice = job.dice();
        Ranks ranks = job.ranks();
        List<Map.Entry<String, List<Cluster.Node>>> own = job.scene().cluster().leaves().entrySet().stream()
                .filter(leaf -> ranks.nodes().containsAll(leaf.getValue()))
                .toList();
        if (own.isEmpty()) {
            throw new IllegalStateException("no switch has nodes of " + job.name() + " alone");
        }
        Map.Entry<String, List<Cluster.Node>> leaf = own.get(dice.between(0, own.size() - 1));
        List<Line> downs = new ArrayList<>();
        List<Line> errors = new ArrayList<>();
        for (Cluster.Node node : leaf.getValue()) {
            KernelLog kernel = job.scene().kernel(node);
            downs.add(kernel.say(at + dice.millis(0, 2_000), "mlx5_core 0000:1a:00.0 ibp26s0: Link down"));
            kernel.say(at + BACK_MILLIS + dice.millis(0, 9_000), "mlx5_core 0000:1a:00.0 ibp26s0: Link up");
            errors.add(completion(job, ranks.nodes().indexOf(node), at));
        }
        for (int node = 0; node < ranks.nodes().size(); node++) {
            if (!leaf.getValue().contains(ranks.nodes().get(node)) && dice.chance(0.3)) {
                completion(job, node, at);
            }
        }
        int first = ranks.nodes().indexOf(leaf.getValue().get(0)) * ranks.perNode();
        long died = at + 34_000;
        List<Line> evidence = new ArrayList<>(downs);
        evidence.addAll(errors);
        evidence.addAll(job.exit().report(died, first, 1));
        job.exit().aborted(died + 3_000, ranks.node(first), "Exited with exit code 1");
        job.scene().plant(name(), Map.of("leaf", leaf.getKey()), at, died + 5_000, evidence);
        return new Interruption(died + 5_000, at + BACK_MILLIS + 30_000);
    }

    private static Line completion(MegatronJob job, int node, long at) {
        Ranks ranks = job.ranks();
        int rank = node * ranks.perNode() + job.dice().between(0, ranks.perNode() - 1);
        int peer = (node + 1) % ranks.nodes().size();
        int pid = job.pid(rank);
        long moment = at + job.dice().millis(19_000, 26_000);
        return job.say(
                moment,
                rank,
                "[" + Stamps.space(moment) + "] " + ranks.node(rank).name() + ":" + pid + ":" + (pid + 640) + " ["
                        + ranks.local(rank) + "] transport/net_ib.cc:1234 NCCL WARN NET/IB : Got completion from peer "
                        + ranks.nodes().get(peer).address()
                        + "<41234> with status=12 opcode=0 len=32 vendor err 129 (Recv)");
    }
}
