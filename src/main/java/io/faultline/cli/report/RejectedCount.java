package io.faultline.cli.report;

import io.faultline.model.Rejected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often one step gave up for one reason.
 *
 * @param count how often
 * @param first the first one, as an example
 */
public record RejectedCount(long count, Rejected first) {

    /** Counts by step and reason, the most frequent first. */
    public static List<RejectedCount> of(Iterable<Rejected> rejected) {
        record Group(String stage, Rejected.Reason reason) {}
        Map<Group, RejectedCount> groups = new LinkedHashMap<>();
        for (Rejected one : rejected) {
            groups.merge(
                    new Group(one.stage(), one.reason()),
                    new RejectedCount(1, one),
                    (sofar, more) -> new RejectedCount(sofar.count + 1, sofar.first));
        }
        List<RejectedCount> counts = new ArrayList<>(groups.values());
        counts.sort(Comparator.comparingLong(RejectedCount::count).reversed());
        return counts;
    }
}
