package io.faultline.detect.match.index;

import io.faultline.detect.match.condition.Demand;
import io.faultline.detect.match.condition.Demand.Equal;
import io.faultline.detect.match.condition.Fields;
import io.faultline.detect.match.condition.Text;
import io.faultline.model.LogEvent;
import java.util.HashMap;
import java.util.Map;

/** The demands that a text is one of many. */
final class TextLookup implements Lookup {

    private final Text text;
    private final Map<String, Places> places = new HashMap<>();

    TextLookup(String field, Map<Demand, Places> keys) {
        text = Fields.text(field);
        keys.forEach((key, found) -> places.put(((Equal) key).text(), found));
    }

    @Override
    public void find(LogEvent event, long[] found) {
        String value = text.of(event);
        Places here = value.isEmpty() ? null : places.get(value);
        if (here != null) {
            here.addTo(found);
        }
    }
}
