package io.faultline.detect.match.graph;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a rule says and a graph does not.
 *
 * @param id the rule's
 * @param title empty for the graph's name
 * @param level as a rule writes it
 * @param groupBy what the job that ran the graph keyed by
 * @param where a condition that all events meet; empty for none
 * @param within how long a match may take where the graph sets no window; zero for nothing
 * @param fields what names of expressions are in CEL, where they are not the names of docs/KINDS.md
 */
public record GraphOptions(
        String id,
        String title,
        String level,
        List<String> groupBy,
        String where,
        Duration within,
        Map<String, String> fields) {

    public GraphOptions {
        groupBy = List.copyOf(groupBy);
        fields = Map.copyOf(fields);
    }
}
