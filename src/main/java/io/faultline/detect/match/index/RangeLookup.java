package io.faultline.detect.match.index;

import io.faultline.detect.match.condition.Demand;
import io.faultline.detect.match.condition.Demand.Within;
import io.faultline.detect.match.condition.Fields;
import io.faultline.detect.match.condition.Quantity;
import io.faultline.model.LogEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Predicate;

/** The demands that a number is not below, or not above, a limit. Those that the number does not reach are not looked at. */
final class RangeLookup implements Lookup {

    private final Quantity number;

    /** What a number must reach at least, rising. */
    private final double[] least;

    private final Places[] fromLeast;

    /** What a number must not exceed, falling. */
    private final double[] most;

    private final Places[] toMost;

    RangeLookup(String field, Map<Demand, Places> keys) {
        number = Fields.number(field);
        Comparator<Within> byLeast = Comparator.comparingDouble(Within::least);
        var rising = sorted(keys, range -> range.least() != Double.NEGATIVE_INFINITY, byLeast);
        least = rising.stream().mapToDouble(entry -> range(entry).least()).toArray();
        fromLeast = rising.stream().map(Entry::getValue).toArray(Places[]::new);
        Comparator<Within> byMost = Comparator.comparingDouble(Within::most);
        var falling = sorted(keys, range -> range.least() == Double.NEGATIVE_INFINITY, byMost.reversed());
        most = falling.stream().mapToDouble(entry -> range(entry).most()).toArray();
        toMost = falling.stream().map(Entry::getValue).toArray(Places[]::new);
    }

    private static List<Entry<Demand, Places>> sorted(
            Map<Demand, Places> keys, Predicate<Within> which, Comparator<Within> order) {
        return keys.entrySet().stream()
                .filter(entry -> which.test(range(entry)))
                .sorted(Comparator.comparing(RangeLookup::range, order))
                .toList();
    }

    private static Within range(Entry<Demand, Places> entry) {
        return (Within) entry.getKey();
    }

    @Override
    public void find(LogEvent event, long[] found) {
        double value = number.of(event);
        for (int i = 0; i < least.length && value >= least[i]; i++) {
            fromLeast[i].addTo(found);
        }
        for (int i = 0; i < most.length && value <= most[i]; i++) {
            toMost[i].addTo(found);
        }
    }
}
