package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;

/**
 * How long the parts of a step took and how far the ranks are apart in it, which is how a slow GPU shows: {@code (min, max)
 * time across ranks (ms):} with a line a timer, and the straggler detector's {@code MnRtt/Rnk: 3453.08ms/8 | …}.
 */
final class MegatronTimers {

    private static final double MILLISECONDS = 0.001;

    private MegatronTimers() {}

    static boolean read(String text, Draft draft) {
        if (text.startsWith("time (ms) | ")) {
            cells(text, "time (ms) | ".length(), draft);
        } else if (text.startsWith("(min, max) time across ranks (ms):") || isTimer(text)) {
            lines(text, draft);
        } else if (text.startsWith("max time across ranks (ms):") || text.startsWith("times across ranks (ms):")) {
            lines(text, draft);
        } else if (text.contains("MnRtt/Rnk: ")) {
            detector(text, draft);
        } else {
            return text.startsWith("^^^^ Bottom ") || text.startsWith("^^^^ Top ");
        }
        draft.kind(EventKind.METRIC_SAMPLE);
        return true;
    }

    /** {@code forward-compute ................: (0.1, 0.2)}: one line whose header was lost. */
    private static boolean isTimer(String text) {
        int dots = text.indexOf(" ...");
        return dots > 0 && dots < 60 && text.indexOf(' ') == dots && text.contains(".: (");
    }

    /** {@code forward: 35650.91 | backward: 85861.86 |}. */
    private static void cells(String text, int from, Draft draft) {
        int start = from;
        while (start < text.length()) {
            int end = text.indexOf('|', start);
            end = end < 0 ? text.length() : end;
            int colon = Cursor.lastIn(text, ':', start, end);
            if (colon > start) {
                draft.attribute(
                        text.substring(start, colon).strip(),
                        text.substring(colon + 1, end).strip());
            }
            start = end + 1;
        }
    }

    /**
     * Each line is kept; the measures are those of the timer whose slowest rank is farthest from its fastest, and how long
     * the slowest one waited for data.
     */
    private static void lines(String text, Draft draft) {
        double widest = -1;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            int dots = text.indexOf(" ..", start);
            int colon = dots < 0 || dots > end ? -1 : text.indexOf(": ", dots);
            if (colon > 0 && colon < end) {
                String name = text.substring(start, dots).strip();
                String value = text.substring(colon + 2, end).strip();
                draft.attribute(name, value);
                if (name.equals("batch-generator")) {
                    draft.measure("data_seconds", pair(value).getOr("max", 0) * MILLISECONDS);
                }
                double spread = isWaiting(name) ? -1 : spread(value);
                if (spread > widest) {
                    widest = spread;
                    widest(name, value, draft);
                }
            }
            start = end + 1;
        }
        ratio(draft);
    }

    /** Time spent waiting for others is long on the fast ranks; waiting for data is no work of a rank. */
    private static boolean isWaiting(String name) {
        return name.equals("batch-generator")
                || name.contains("recv")
                || name.contains("send")
                || name.contains("sync")
                || name.contains("barrier");
    }

    private static double spread(String value) {
        Measures pair = pair(value);
        return pair.has("max") ? pair.getOr("max", 0) - pair.getOr("min", 0) : -1;
    }

    /** {@code (1.20, 3.40)}. */
    private static Measures pair(String value) {
        Measures.Builder pair = Measures.builder();
        int comma = value.indexOf(", ");
        int close = value.indexOf(')');
        if (value.startsWith("(") && comma > 0 && close > comma) {
            Numbers.put(pair, "min", 1, value, 1, comma);
            Numbers.put(pair, "max", 1, value, comma + 2, close);
        }
        return pair.build();
    }

    private static void widest(String name, String value, Draft draft) {
        Measures pair = pair(value);
        draft.measure("rank_time_min_seconds", pair.getOr("min", 0) * MILLISECONDS);
        draft.measure("rank_time_max_seconds", pair.getOr("max", 0) * MILLISECONDS);
        draft.replace("timer", name);
    }

    private static void ratio(Draft draft) {
        Measures measures = draft.measures().build();
        double min = measures.getOr("rank_time_min_seconds", 0);
        if (min > 0) {
            draft.measure("rank_time_ratio", measures.getOr("rank_time_max_seconds", 0) / min);
        }
    }

    /** {@code MnRtt/Rnk: 3453.08ms/8 | MxRtt/Rnk: 3468.20ms/0 | …}: a value and the rank that has it. */
    private static void detector(String text, Draft draft) {
        int start = text.indexOf("MnRtt/Rnk: ");
        while (start < text.length()) {
            int end = text.indexOf('|', start);
            end = end < 0 ? text.length() : end;
            int colon = text.indexOf(": ", start);
            if (colon > start && colon < end) {
                String key = text.substring(start, colon).strip();
                String value = text.substring(colon + 2, end).strip();
                draft.attribute(key, value);
                roundTrip(key, value, draft);
            }
            start = end + 1;
        }
        ratio(draft);
    }

    private static void roundTrip(String key, String value, Draft draft) {
        boolean fastest = key.equals("MnRtt/Rnk");
        if (!fastest && !key.equals("MxRtt/Rnk")) {
            return;
        }
        int unit = value.indexOf("ms/");
        if (unit > 0) {
            String name = fastest ? "rank_time_min_seconds" : "rank_time_max_seconds";
            Numbers.put(draft.measures(), name, MILLISECONDS, value, 0, unit);
            draft.attribute(fastest ? "fastest_rank" : "slowest_rank", value.substring(unit + 3));
        }
    }
}
