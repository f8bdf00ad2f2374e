package io.faultline.detect.match.index;

import io.faultline.detect.match.condition.Demand;
import io.faultline.detect.match.condition.Demand.All;
import io.faultline.detect.match.condition.Demand.Any;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Picks of each demand the keys under which it is found: an event that meets it meets one of them. Where there is a choice,
 * those that the fewest demands name, since an event that meets a key has to be tested on all that were found by it.
 */
final class KeyChoice {

    /** How many demands name a key; of ranges, which overlap, how many name one of the same field. */
    private final Map<Demand, Integer> sharing = new HashMap<>();

    private final Map<Way.OfField, Integer> uses = new HashMap<>();

    KeyChoice(List<Demand> demands) {
        for (Demand demand : demands) {
            Set<Demand> named = new HashSet<>();
            collect(demand, named);
            Set<Way.OfField> ways = new HashSet<>();
            named.forEach(key -> ways.add(Way.of(key)));
            ways.forEach(way -> uses.merge(way, 1, Integer::sum));
            named.forEach(key -> sharing.merge(key, 1, Integer::sum));
        }
    }

    private static void collect(Demand demand, Set<Demand> keys) {
        if (demand instanceof All all) {
            all.parts().forEach(part -> collect(part, keys));
        } else if (demand instanceof Any any) {
            any.parts().forEach(part -> collect(part, keys));
        } else {
            keys.add(demand);
        }
    }

    /** The keys; none where no event meets the demand, empty where each may. */
    Optional<Set<Demand>> keys(Demand demand) {
        if (demand instanceof Any any) {
            Set<Demand> either = new HashSet<>();
            for (Demand part : any.parts()) {
                Optional<Set<Demand>> keys = keys(part);
                if (keys.isEmpty()) {
                    return keys;
                }
                either.addAll(keys.get());
            }
            return Optional.of(either);
        }
        if (demand instanceof All all) {
            List<Set<Demand>> choices = new ArrayList<>();
            all.parts().forEach(part -> keys(part).ifPresent(choices::add));
            return choices.stream().min(Comparator.comparingInt(this::sharedBy).thenComparingInt(keys -> -used(keys)));
        }
        return Optional.of(Set.of(demand));
    }

    private int sharedBy(Set<Demand> keys) {
        return keys.stream().mapToInt(this::shared).sum();
    }

    private int shared(Demand key) {
        Way.OfField way = Way.of(key);
        return way.way() == Way.RANGE ? uses.getOrDefault(way, 0) : sharing.getOrDefault(key, 0);
    }

    /** How many demands name the fields; one look-up serves them all. */
    private int used(Set<Demand> keys) {
        return keys.stream()
                .map(Way::of)
                .distinct()
                .mapToInt(way -> uses.getOrDefault(way, 0))
                .min()
                .orElse(0);
    }
}
