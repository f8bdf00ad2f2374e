package io.faultline.respond.remediate;

import io.faultline.model.ActionRequest.State;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What metrics tell of the actions of one task, since it started. One thread counts, others read. */
final class ActionCounts {

    private final Map<State, LongAdder> states = new ConcurrentHashMap<>();
    private final Map<Obstacle.Rail, LongAdder> rails = new ConcurrentHashMap<>();

    /** By cluster. */
    private final Map<String, Now> clusters = new ConcurrentHashMap<>();

    /**
     * How it is in a cluster.
     *
     * @param waiting the actions that wait for an approval
     * @param openBreakers the playbooks that could order nothing more for now
     */
    private record Now(int waiting, int openBreakers) {}

    void take(String cluster, Remediator.Outcome outcome, int openBreakers) {
        outcome.requests().forEach(request -> count(states, request.state()));
        outcome.blocked().forEach(rail -> count(rails, rail));
        if (outcome.ledger().isEmpty()) {
            clusters.remove(cluster);
            return;
        }
        long waiting = Arrays.stream(outcome.ledger().actions())
                .filter(action -> action.request().state() == State.AWAITING_APPROVAL)
                .count();
        clusters.put(cluster, new Now((int) waiting, openBreakers));
    }

    /** How many actions came into a state. */
    long came(State state) {
        return counted(states, state);
    }

    /** How many actions a guard rail stopped. */
    long stopped(Obstacle.Rail rail) {
        return counted(rails, rail);
    }

    private static <K> void count(Map<K, LongAdder> counts, K key) {
        counts.computeIfAbsent(key, first -> new LongAdder()).increment();
    }

    private static <K> long counted(Map<K, LongAdder> counts, K key) {
        LongAdder count = counts.get(key);
        return count == null ? 0 : count.sum();
    }

    int waiting() {
        return clusters.values().stream().mapToInt(Now::waiting).sum();
    }

    int openBreakers() {
        return clusters.values().stream().mapToInt(Now::openBreakers).sum();
    }
}
