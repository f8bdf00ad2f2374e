package io.faultline.detect.match.index;

import io.faultline.detect.match.condition.Demand;
import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the demands that an event may meet. It is built once; a look-up allocates nothing. */
public final class DemandIndex {

    private final long[] always;
    private final Lookup[] lookups;

    /** @param demands one for each place; none of them a demand of a kind */
    public DemandIndex(List<Demand> demands) {
        KeyChoice choice = new KeyChoice(demands);
        List<Set<Demand>> keys = new ArrayList<>();
        List<Integer> without = new ArrayList<>();
        for (int place = 0; place < demands.size(); place++) {
            Optional<Set<Demand>> chosen = choice.keys(demands.get(place));
            keys.add(chosen.orElse(Set.of()));
            if (chosen.isEmpty()) {
                without.add(place);
            }
        }
        without.addAll(takeOutRareWays(keys));
        always = new long[words(demands.size())];
        without.forEach(place -> Lookup.set(always, place));
        lookups = lookups(keys);
    }

    /** How many words the bits of so many places need. */
    public static int words(int places) {
        return (places + Long.SIZE - 1) / Long.SIZE;
    }

    /** Gives the bits of the demands that the event may meet; what was in the array is overwritten. */
    public void find(LogEvent event, long[] found) {
        System.arraycopy(always, 0, found, 0, always.length);
        for (Lookup lookup : lookups) {
            lookup.find(event, found);
        }
    }

    /** The places of demands that are better tested: too few would share a look-up with them. */
    private static Set<Integer> takeOutRareWays(List<Set<Demand>> keys) {
        Map<Way.OfField, Integer> uses = new HashMap<>();
        for (Set<Demand> own : keys) {
            ways(own).forEach(way -> uses.merge(way, 1, Integer::sum));
        }
        Set<Integer> rare = new HashSet<>();
        for (int place = 0; place < keys.size(); place++) {
            if (ways(keys.get(place)).stream()
                    .anyMatch(way -> uses.getOrDefault(way, 0) < way.way().least())) {
                rare.add(place);
                keys.set(place, Set.of());
            }
        }
        return rare;
    }

    private static Set<Way.OfField> ways(Set<Demand> keys) {
        Set<Way.OfField> ways = new HashSet<>();
        keys.forEach(key -> ways.add(Way.of(key)));
        return ways;
    }

    private static Lookup[] lookups(List<Set<Demand>> keys) {
        Map<Way.OfField, Map<Demand, Places>> all = new HashMap<>();
        for (int place = 0; place < keys.size(); place++) {
            for (Demand key : keys.get(place)) {
                all.computeIfAbsent(Way.of(key), way -> new HashMap<>())
                        .computeIfAbsent(key, one -> new Places())
                        .add(place);
            }
        }
        return all.entrySet().stream()
                .map(entry -> entry.getKey().lookup(entry.getValue()))
                .toArray(Lookup[]::new);
    }
}
