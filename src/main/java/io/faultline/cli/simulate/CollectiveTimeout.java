package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One rank never enters a collective. After the timeout the watchdogs of all others speak, with one sequence number;
 * the culprit is the rank that does not. A minute later they take their processes down, and the scheduler restarts.
 */
final class CollectiveTimeout implements TrainingFault {

    /** How long the watchdog waits for its peers' debug dumps before it aborts. */
    private static final long DUMP_MILLIS = 60_300;

    @Override
    public FaultName name() {
        return FaultName.COLLECTIVE_TIMEOUT;
    }

    @Override
    public long lasts(int minutes) {
        return timeout(minutes) + DUMP_MILLIS + 60_000;
    }

    @Override
    public Interruption strike(MegatronJob job, long at) {
        Dice dice = job.dice();
        Ranks ranks = job.ranks();
        int culprit = dice.between(0, ranks.world() - 1);
        long timeout = timeout(job.scene().minutes());
        long hangs = at + dice.millis(200, 900);
        long sequence = 180_000L + dice.between(0, 40_000);
        int elements = 1 << dice.between(20, 25);
        String op = dice.pick("_ALLGATHER_BASE", "_REDUCE_SCATTER_BASE", "ALLREDUCE");
        int outputs = op.equals("_ALLGATHER_BASE") ? elements * Math.min(8, ranks.world()) : elements;

        List<Line> evidence = new ArrayList<>(job.lastSteps(1));
        List<Line> aborts = new ArrayList<>();
        int firstToSpeak = -1;
        long firstMoment = Long.MAX_VALUE;
        for (int rank = 0; rank < ranks.world(); rank++) {
            if (rank == culprit) {
                continue;
            }
            int late = dice.between(3, 96);
            long said = hangs + timeout + late + dice.millis(0, 250);
            if (said < firstMoment) {
                firstMoment = said;
                firstToSpeak = rank;
            }
            String work = String.format(
                    ROOT,
                    "WorkNCCL(SeqNum=%d, OpType=%s, NumelIn=%d, NumelOut=%d, Timeout(ms)=%d)",
                    sequence,
                    op,
                    elements,
                    outputs,
                    timeout);
            String caught = "[Rank " + rank + "] Watchdog caught collective operation timeout: " + work + " ran for "
                    + (timeout + late) + " milliseconds before timing out.";
            String group = "[PG ID 0 PG GUID 0(default_pg) Rank " + rank + "] ";
            Line line = c10(job, said, rank, 'E', 683, caught);
            Line status = c10(
                    job,
                    said + 1,
                    rank,
                    'E',
                    2241,
                    group + " failure detected by watchdog at work sequence id: " + sequence
                            + " PG status: last enqueued work: " + (sequence + 1) + ", last completed work: "
                            + (sequence - 1));
            c10(
                    job,
                    said + 1,
                    rank,
                    'E',
                    730,
                    "Stack trace of the failed collective not found, potentially because FlightRecorder is disabled."
                            + " You can enable it by setting TORCH_NCCL_TRACE_BUFFER_SIZE to a non-zero value.");
            if (evidence.size() < 9) {
                evidence.add(line);
                evidence.add(status);
            }
            long aborted = said + DUMP_MILLIS + dice.millis(0, 150);
            c10(
                    job,
                    aborted,
                    rank,
                    'E',
                    744,
                    "[Rank " + rank + "] Some NCCL operations have failed or timed out. Due to the asynchronous"
                            + " nature of CUDA kernels, subsequent GPU operations might run on corrupted/incomplete data.");
            aborts.add(c10(
                    job,
                    aborted,
                    rank,
                    'E',
                    758,
                    "[Rank " + rank + "] To avoid data inconsistency, we are taking the entire process down."));
            c10(
                    job,
                    aborted + 4,
                    rank,
                    'E',
                    2057,
                    group + "Process group watchdog thread terminated with exception: " + caught);
        }
        c10(
                job,
                firstMoment + 2,
                firstToSpeak,
                'E',
                2573,
                "[PG ID 0 PG GUID 0(default_pg) Rank " + firstToSpeak + "] First PG on this rank to signal dumping.");
        evidence.addAll(aborts.subList(0, Math.min(2, aborts.size())));

        long died = hangs + timeout + DUMP_MILLIS + 900;
        // what the culprit says at last looks like a cause, and is a consequence
        job.say(
                died - 200,
                culprit,
                "[rank" + culprit + "]: RuntimeError: [/pytorch/third_party/gloo/gloo/transport/tcp/pair.cc:547]"
                        + " Connection closed by peer ["
                        + ranks.node(firstToSpeak).address() + "]:" + dice.between(20_000, 60_000));
        evidence.addAll(job.exit().report(died, firstToSpeak, -6));
        evidence.addAll(job.exit().aborted(died + 3000, ranks.node(firstToSpeak), "Aborted (core dumped)"));
        job.plant(
                name(),
                Map.of("node", ranks.node(culprit).name(), "rank", Integer.toString(culprit)),
                hangs,
                died + 3000,
                evidence);
        return new Interruption(died, died + 40_000);
    }

    static Line c10(MegatronJob job, long at, int rank, char level, int line, String text) {
        return job.say(
                at,
                rank,
                "[rank" + rank + "]:[" + level + Stamps.c10(at, job.dice().between(0, 999_999))
                        + " ProcessGroupNCCL.cpp:" + line + "] " + text);
    }

    /** PyTorch's ten minutes, or two where the simulation is too short for them. */
    private static long timeout(int minutes) {
        return minutes >= 45 ? 600_000L : 120_000L;
    }
}
