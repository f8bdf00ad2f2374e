package io.faultline.detect.match.index;

import io.faultline.detect.match.condition.Demand;
import io.faultline.detect.match.condition.Demand.Containing;
import io.faultline.detect.match.condition.Demand.Equal;
import io.faultline.detect.match.condition.Demand.Present;
import io.faultline.detect.match.condition.Demand.Within;
import io.faultline.detect.match.condition.Fields;
import java.util.Map;

/** How a field is looked up. */
enum Way {
    EQUAL(4),
    POINT(4),
    RANGE(4),
    PRESENT(4),
    /** Walks through all of a text, where each test of a condition has the help of the processor. */
    CONTAINING(16);

    private final int least;

    Way(int least) {
        this.least = least;
    }

    /** For fewer demands a look-up costs more than their tests, which are some nanoseconds each. */
    int least() {
        return least;
    }

    /** A way with its field. */
    record OfField(Way way, String field) {

        Lookup lookup(Map<Demand, Places> keys) {
            return switch (way) {
                case EQUAL -> new TextLookup(field, keys);
                case POINT -> new NumberLookup(field, keys);
                case RANGE -> new RangeLookup(field, keys);
                case PRESENT -> presence(keys.values().iterator().next());
                case CONTAINING -> new PartLookup(field, keys);
            };
        }

        private Lookup presence(Places places) {
            var presence = Fields.presence(field);
            return (event, found) -> {
                if (presence.test(event)) {
                    places.addTo(found);
                }
            };
        }
    }

    static OfField of(Demand key) {
        if (key instanceof Equal equal) {
            return new OfField(EQUAL, equal.field());
        }
        if (key instanceof Within within) {
            return new OfField(within.isPoint() ? POINT : RANGE, within.field());
        }
        if (key instanceof Present present) {
            return new OfField(PRESENT, present.field());
        }
        return new OfField(CONTAINING, ((Containing) key).field());
    }
}
