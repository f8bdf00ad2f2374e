package io.faultline.detect.match.index;

import io.faultline.detect.match.condition.Demand;
import io.faultline.detect.match.condition.Demand.Within;
import io.faultline.detect.match.condition.Fields;
import io.faultline.detect.match.condition.Quantity;
import io.faultline.model.LogEvent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;

/** The demands that a number is one of many. */
final class NumberLookup implements Lookup {

    private final Quantity number;
    private final double[] points;
    private final Places[] places;

    NumberLookup(String field, Map<Demand, Places> keys) {
        number = Fields.number(field);
        var sorted = keys.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> ((Within) entry.getKey()).least()))
                .toList();
        points = sorted.stream()
                .mapToDouble(entry -> ((Within) entry.getKey()).least())
                .toArray();
        places = sorted.stream().map(Map.Entry::getValue).toArray(Places[]::new);
    }

    @Override
    public void find(LogEvent event, long[] found) {
        // + 0.0: to the search -0.0 is another number than 0.0; what is not known is NaN, which is none of the points
        int index = Arrays.binarySearch(points, number.of(event) + 0.0);
        if (index >= 0) {
            places[index].addTo(found);
        }
    }
}
