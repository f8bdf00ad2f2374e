package io.faultline.cli;

import io.faultline.model.NearMiss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often a rule nearly told something.
 *
 * @param rule the rule's id
 * @param all how many there were, those that were not kept included
 * @param examples the first of them
 */
record NearMissCount(String rule, long all, List<NearMiss> examples) {

    private static final int MOST_EXAMPLES = 3;
    private static final long HOUR_SECONDS = 3_600;

    NearMissCount {
        examples = List.copyOf(examples);
    }

    /** @param kept some of each hour, each of which says among how many */
    static List<NearMissCount> of(List<NearMiss> kept) {
        Map<String, List<NearMiss>> byRule = new TreeMap<>();
        kept.forEach(miss ->
                byRule.computeIfAbsent(miss.rule(), rule -> new ArrayList<>()).add(miss));
        List<NearMissCount> counts = new ArrayList<>();
        byRule.forEach((rule, misses) -> {
            Map<Long, Long> byHour = new HashMap<>();
            misses.forEach(miss -> byHour.put(miss.endedAt().getEpochSecond() / HOUR_SECONDS, miss.among()));
            long all = byHour.values().stream().mapToLong(Long::longValue).sum();
            counts.add(new NearMissCount(
                    rule, all, misses.stream().limit(MOST_EXAMPLES).toList()));
        });
        return counts;
    }
}
