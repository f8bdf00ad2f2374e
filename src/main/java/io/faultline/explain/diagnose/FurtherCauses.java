package io.faultline.explain.diagnose;

import io.faultline.explain.correlate.Onset;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What broke by itself later in a story and can not follow from what began it: it lies deeper, as a GPU that is lost after a
 * disk was full, or it is a machine of its own, as a second node of the job. What begins together has one cause more often
 * than two.
 */
final class FurtherCauses {

    /** More than this is a bad day, and its incident is read from its parts. */
    private static final int MOST = 3;

    private FurtherCauses() {}

    /** The first of each place, in order of time. */
    static List<Alert> of(Alert first, List<Alert> alerts) {
        Instant together = Onset.of(first).plus(CauseFinder.TOGETHER);
        Set<String> places = new HashSet<>(Set.of(place(first)));
        return alerts.stream()
                .filter(alert -> alert.kind() == Alert.Kind.RULE_MATCH && alert.role() == Alert.Role.INITIATING)
                .filter(alert -> Onset.of(alert).isAfter(together))
                .filter(alert -> Depth.of(alert).compareTo(Depth.of(first)) < 0 || isOtherMachine(alert, first))
                .filter(alert -> places.add(place(alert)))
                .limit(MOST)
                .toList();
    }

    /** A link has two ends, and both tell. */
    private static boolean isOtherMachine(Alert alert, Alert first) {
        String node = blamed(alert).node();
        String firstNode = blamed(first).node();
        return Depth.of(alert) == Depth.HARDWARE
                && Depth.of(first) == Depth.HARDWARE
                && node != null
                && firstNode != null
                && !node.equals(firstNode)
                && !tellsOfLink(alert)
                && !tellsOfLink(first);
    }

    private static boolean tellsOfLink(Alert alert) {
        return alert.evidence().stream().anyMatch(line -> line.kind() == EventKind.LINK_DOWN);
    }

    private static String place(Alert alert) {
        return Depth.of(alert) == Depth.HARDWARE && blamed(alert).node() != null
                ? "node " + blamed(alert).node()
                : alert.rule() + " of " + Place.workload(blamed(alert));
    }

    private static Entity blamed(Alert alert) {
        return alert.causeEntity().or(alert.entity());
    }
}
