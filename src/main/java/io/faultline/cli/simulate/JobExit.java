package io.faultline.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** How a distributed job ends: torchelastic's report on a node, and Slurm's lines about the tasks. */
final class JobExit {

    private static final String API = " torch/distributed/elastic/multiprocessing/api.py:";
    private static final long THREAD = 139_872_301_262_656L;

    private final LogFile log;
    private final Ranks ranks;
    private final IntUnaryOperator pids;
    private final String step;
    private final String script;

    /** @param step Slurm's id of the job step */
    JobExit(LogFile log, Ranks ranks, IntUnaryOperator pids, String step, String script) {
        this.log = log;
        this.ranks = ranks;
        this.pids = pids;
        this.step = step;
        this.script = script;
    }

    /**
     * The agent of the failed rank's node stops the others and reports.
     *
     * @param exitCode negative for a signal, as Python has it
     * @return the lines that name the failure
     */
    List<Line> report(long at, int rank, int exitCode) {
        int first = rank - ranks.local(rank);
        for (int other = first; other < first + ranks.perNode(); other++) {
            if (other != rank) {
                log.add(
                        at,
                        "W" + Stamps.glog(at) + " " + THREAD + API + "906] Sending process " + pids.applyAsInt(other)
                                + " closing signal SIGTERM");
            }
        }
        long end = at + 1800;
        int pid = pids.applyAsInt(rank);
        List<Line> lines = new ArrayList<>();
        lines.add(log.add(
                end,
                "E" + Stamps.glog(end) + " " + THREAD + API + "881] failed (exitcode: " + exitCode + ") local_rank: "
                        + ranks.local(rank) + " (pid: " + pid + ") of binary: /usr/bin/python3"));
        log.add(end, "=".repeat(60));
        log.add(end, script + " FAILED");
        log.add(end, "-".repeat(60));
        log.add(end, "Failures:");
        log.add(end, "  <NO_OTHER_FAILURES>");
        log.add(end, "-".repeat(60));
        lines.add(log.add(end, "Root Cause (first observed failure):"));
        log.add(end, "[0]:");
        log.add(end, "  time      : " + Stamps.elastic(at));
        lines.add(log.add(end, "  host      : " + ranks.node(rank).name()));
        lines.add(log.add(end, "  rank      : " + rank + " (local_rank: " + ranks.local(rank) + ")"));
        lines.add(log.add(end, "  exitcode  : " + exitCode + " (pid: " + pid + ")"));
        log.add(end, "  error_file: <N/A>");
        log.add(
                end,
                exitCode == -6
                        ? "  traceback : Signal 6 (SIGABRT) received by PID " + pid
                        : "  traceback : To enable traceback see: https://pytorch.org/docs/stable/elastic/errors.html");
        log.add(end, "=".repeat(60));
        return lines;
    }

    /** Slurm ends the step because tasks on a node died; all other nodes are terminated. */
    List<Line> aborted(long at, Cluster.Node failed, String how) {
        List<Line> lines = new ArrayList<>();
        int index = ranks.nodes().indexOf(failed);
        lines.add(log.add(at, "srun: error: " + failed.name() + ": " + ranks.tasks(index) + ": " + how));
        log.add(at, "srun: Terminating StepId=" + step);
        log.add(
                at,
                ranks.label(0) + "slurmstepd: error: *** STEP " + step + " ON "
                        + ranks.nodes().get(0).name() + " CANCELLED AT " + Stamps.slurm(at) + " ***");
        for (int node = 0; node < ranks.nodes().size(); node++) {
            if (node != index) {
                log.add(
                        at + 900 + node * 7L,
                        "srun: error: " + ranks.nodes().get(node).name() + ": " + ranks.tasks(node) + ": Terminated");
            }
        }
        return lines;
    }

    /** A person stops the job with scancel. */
    List<Line> cancelled(long at) {
        List<Line> lines = new ArrayList<>();
        log.add(at, "srun: Job step aborted: Waiting up to 32 seconds for job step to finish.");
        lines.add(log.add(
                at,
                ranks.label(0) + "slurmstepd: error: *** STEP " + step + " ON "
                        + ranks.nodes().get(0).name() + " CANCELLED AT " + Stamps.slurm(at) + " ***"));
        for (int node = 0; node < ranks.nodes().size(); node++) {
            log.add(
                    at + 2100 + node * 9L,
                    "srun: error: " + ranks.nodes().get(node).name() + ": " + ranks.tasks(node) + ": Terminated");
        }
        log.add(at + 2400, "srun: Force Terminated StepId=" + step);
        return lines;
    }
}
