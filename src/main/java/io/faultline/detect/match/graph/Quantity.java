package io.faultline.detect.match.graph;

import io.faultline.settings.SettingsReader;
import java.util.List;
import java.util.Set;

/**
 * How many events a node takes.
 *
 * @param times as a rule writes it; empty for one
 * @param optional whether there may be none
 * @param greedy whether it takes all it can
 * @param inner what may lie between its own repetitions, as a graph writes it
 */
record Quantity(String times, boolean optional, boolean greedy, String inner) {

    static final Quantity ONE = new Quantity("", false, false, "");

    private static final Set<String> PROPERTIES = Set.of("SINGLE", "LOOPING", "TIMES", "OPTIONAL", "GREEDY");
    private static final int MOST = 9_999;

    static Quantity read(SettingsReader quantifier) {
        List<String> properties = quantifier.texts("properties", List.of("SINGLE"));
        for (String property : properties) {
            if (!PROPERTIES.contains(property)) {
                quantifier.problem("properties", "\"" + property + "\" is no property of a quantifier");
            }
        }
        SettingsReader times = quantifier.group("times");
        int from = times.number("from", 1, 0, MOST);
        int to = times.number("to", from, 0, MOST);
        String inner = quantifier.text("consumingStrategy", "SKIP_TILL_NEXT");
        boolean looping = properties.contains("LOOPING");
        boolean repeated = looping || properties.contains("TIMES");
        GraphTime.read(times, "windowTime");
        if (repeated && times.has("windowTime")) {
            times.problem("windowTime", "a rule has no window for the repetitions of one step");
        }
        boolean none = repeated && from == 0;
        int least = Math.max(1, from);
        String written = looping ? least + "+" : to == least ? String.valueOf(least) : least + ".." + to;
        return new Quantity(
                repeated && !written.equals("1") ? written : "",
                none || properties.contains("OPTIONAL"),
                properties.contains("GREEDY"),
                repeated && !written.equals("1") ? inner : "");
    }
}
