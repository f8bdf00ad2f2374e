package io.faultline.respond.remediate;

import io.faultline.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What an action must not do, whoever approved it. */
final class GuardRails {

    /** Shares are written in decimals: 0.29 of 100 nodes are 29, not 28.999999999999996. */
    private static final double ROUNDING = 1e-9;

    private final String cluster;
    private final NodeCounts fleet;

    GuardRails(String cluster, NodeCounts fleet) {
        this.cluster = cluster;
        this.fleet = fleet;
    }

    /** Why it must not be proposed; empty where it may. */
    String againstProposing(Action wanted, Playbook playbook, Collection<Action> others, Instant now) {
        String busy = busy(wanted, others);
        return busy.isEmpty() ? cooling(wanted, playbook, others, now) : busy;
    }

    /** Why it must not be ordered; empty where it may. */
    String againstOrdering(Action wanted, Playbook playbook, Collection<Action> others, Instant now) {
        String unfit = againstProposing(wanted, playbook, others, now);
        return unfit.isEmpty() ? breaker(wanted, playbook, others, now) : unfit;
    }

    /** One action a target at a time. */
    private static String busy(Action wanted, Collection<Action> others) {
        Set<String> targets = targets(wanted);
        for (Action other : others) {
            if (!other.id().equals(wanted.id()) && other.holdsItsTargets() && meet(targets, other)) {
                return other.id() + " is under way on the same target";
            }
        }
        return "";
    }

    private static String cooling(Action wanted, Playbook playbook, Collection<Action> others, Instant now) {
        Set<String> targets = targets(wanted);
        for (Action other : others) {
            boolean same = other.request().playbook().equals(playbook.id())
                    && !other.id().equals(wanted.id());
            if (same && other.orderedAt().plus(playbook.coolDown()).isAfter(now) && meet(targets, other)) {
                return other.id() + " did the same "
                        + Durations.text(Duration.ofSeconds(
                                Duration.between(other.orderedAt(), now).toSeconds()))
                        + " ago; the playbook's cool-down is " + Durations.text(playbook.coolDown());
            }
        }
        return "";
    }

    /** Never more than a share of the fleet in a time, whichever playbooks ask: a pod or a job counts as a node. */
    private String breaker(Action wanted, Playbook playbook, Collection<Action> others, Instant now) {
        OptionalInt size = fleet.size(cluster);
        if (size.isEmpty()) {
            return "how many nodes the cluster has is not known, so no share of them is either";
        }
        Set<String> touched = new HashSet<>(targets(wanted));
        for (Action other : others) {
            if (other.wasOrdered() && other.orderedAt().plus(playbook.per()).isAfter(now)) {
                touched.addAll(targets(other));
            }
        }
        int most = (int) Math.floor(playbook.maxShare() * size.getAsInt() + ROUNDING);
        return touched.size() <= most
                ? ""
                : String.format(
                        Locale.ROOT,
                        "the circuit breaker is open: %d targets in %s are more than %d, the share of %s of %d nodes",
                        touched.size(),
                        Durations.text(playbook.per()),
                        most,
                        playbook.maxShare(),
                        size.getAsInt());
    }

    private static boolean meet(Set<String> targets, Action other) {
        return other.request().steps().stream().anyMatch(step -> targets.contains(step.target()));
    }

    private static Set<String> targets(Action action) {
        return action.request().steps().stream().map(step -> step.target()).collect(Collectors.toSet());
    }
}
