package io.faultline.detect.match;

import io.faultline.detect.match.KindFunction.Worker;
import io.faultline.detect.match.life.RunningRule;
import io.faultline.detect.match.rule.RuleLimits;

/** One running version of a rule in one task, and what it holds there. */
final class MatchTask {

    private final RunningRule rule;
    private final Worker worker;
    private long groups;
    private boolean stopped;

    MatchTask(RunningRule rule, Worker worker) {
        this.rule = rule;
        this.worker = worker;
    }

    /** Its groups are those of an earlier version. */
    void goOnFrom(MatchTask before) {
        groups = before.groups;
    }

    RunningRule rule() {
        return rule;
    }

    int epoch() {
        return rule.epoch();
    }

    Worker worker() {
        return worker;
    }

    /** Counts groups that hold something; those from before a restart count when they are fed. */
    void count(int more) {
        groups = Math.max(0, groups + more);
    }

    /** What it has too much of, with the limit; empty where it has not. */
    String overLimit() {
        RuleLimits limits = rule.definition().limits();
        if (worker.partialMatches() > limits.partialMatches()) {
            return "a group holds " + worker.partialMatches() + " partial matches, the limit is "
                    + limits.partialMatches();
        }
        return groups > limits.groups() ? groups + " groups hold something, the limit is " + limits.groups() : "";
    }

    boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
    }
}
