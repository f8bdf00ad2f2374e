package io.faultline.respond.remediate;

import io.faultline.respond.remediate.Obstacle.Rail;
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

    /** What forbids to propose it. */
    Obstacle againstProposing(Action wanted, Playbook playbook, Collection<Action> others, Instant now) {
        Obstacle busy = busy(wanted, others);
        return busy.isThere() ? busy : cooling(wanted, playbook, others, now);
    }

    /** What forbids to order it. */
    Obstacle againstOrdering(Action wanted, Playbook playbook, Collection<Action> others, Instant now) {
        Obstacle unfit = againstProposing(wanted, playbook, others, now);
        return unfit.isThere() ? unfit : breaker(wanted, playbook, others, now);
    }

    /** Whether no target more could be touched now. */
    boolean isOpen(Playbook playbook, Collection<Action> actions, Instant now) {
        OptionalInt size = fleet.size(cluster);
        return size.isEmpty() || touched(playbook, actions, now).size() >= most(playbook, size.getAsInt());
    }

    /** Whether an action is over, and no cool-down or circuit breaker may still ask for it. */
    boolean isForgettable(Action action, Collection<Playbook> playbooks, Instant now) {
        boolean counts = action.wasOrdered()
                && playbooks.stream()
                        .anyMatch(playbook -> action.orderedAt()
                                        .plus(playbook.per())
                                        .isAfter(now)
                                || action.orderedAt().plus(playbook.coolDown()).isAfter(now));
        return action.isOver() && !counts;
    }

    /** One action a target at a time. */
    private static Obstacle busy(Action wanted, Collection<Action> others) {
        Set<String> targets = targets(wanted);
        for (Action other : others) {
            if (!other.id().equals(wanted.id()) && other.holdsItsTargets() && meet(targets, other)) {
                return new Obstacle(Rail.BUSY, other.id() + " is under way on the same target");
            }
        }
        return Obstacle.NONE;
    }

    private static Obstacle cooling(Action wanted, Playbook playbook, Collection<Action> others, Instant now) {
        Set<String> targets = targets(wanted);
        for (Action other : others) {
            boolean same = other.request().playbook().equals(playbook.id())
                    && !other.id().equals(wanted.id());
            if (same && other.orderedAt().plus(playbook.coolDown()).isAfter(now) && meet(targets, other)) {
                return new Obstacle(
                        Rail.COOL_DOWN,
                        other.id() + " did the same "
                                + Durations.text(Duration.ofSeconds(
                                        Duration.between(other.orderedAt(), now).toSeconds()))
                                + " ago; the playbook's cool-down is " + Durations.text(playbook.coolDown()));
            }
        }
        return Obstacle.NONE;
    }

    /** Never more than a share of the fleet in a time, whichever playbooks ask: a pod or a job counts as a node. */
    private Obstacle breaker(Action wanted, Playbook playbook, Collection<Action> others, Instant now) {
        OptionalInt size = fleet.size(cluster);
        if (size.isEmpty()) {
            return new Obstacle(
                    Rail.FLEET_UNKNOWN, "how many nodes the cluster has is not known, so no share of them is either");
        }
        Set<String> touched = touched(playbook, others, now);
        touched.addAll(targets(wanted));
        int most = most(playbook, size.getAsInt());
        return touched.size() <= most
                ? Obstacle.NONE
                : new Obstacle(
                        Rail.BREAKER,
                        String.format(
                                Locale.ROOT,
                                "the circuit breaker is open: %d targets in %s are more than %d, the share of %s of %d"
                                        + " nodes",
                                touched.size(),
                                Durations.text(playbook.per()),
                                most,
                                playbook.maxShare(),
                                size.getAsInt()));
    }

    private static Set<String> touched(Playbook playbook, Collection<Action> actions, Instant now) {
        Set<String> touched = new HashSet<>();
        for (Action action : actions) {
            if (action.wasOrdered() && action.orderedAt().plus(playbook.per()).isAfter(now)) {
                touched.addAll(targets(action));
            }
        }
        return touched;
    }

    private static int most(Playbook playbook, int size) {
        return (int) Math.floor(playbook.maxShare() * size + ROUNDING);
    }

    private static boolean meet(Set<String> targets, Action other) {
        return other.request().steps().stream().anyMatch(step -> targets.contains(step.target()));
    }

    private static Set<String> targets(Action action) {
        return action.request().steps().stream().map(step -> step.target()).collect(Collectors.toSet());
    }
}
