package io.faultline.explain.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** An engine's arguments as it writes them, {@code a=1, b='x, y', c={…}}, and what differs between two such lines. */
final class Arguments {

    /** Drawn anew at each start, or given by the platform: no configuration. */
    private static final List<String> CHANCE =
            List.of("seed", "port", "host", "addr", "url", "uuid", "_id", "dist_init", "api_process", "rank");

    /** More than these say: a lot was changed. */
    private static final int MOST = 3;

    private static final int LONGEST = 80;

    private Arguments() {}

    /** {@code max_num_seqs=64 (before: 256), b=… and 2 more}; empty where nothing differs that anybody set. */
    static String difference(String before, String now) {
        Map<String, String> old = read(before);
        Map<String, String> fresh = read(now);
        List<String> differences = new ArrayList<>();
        fresh.forEach((key, value) -> {
            if (!isChance(key) && !value.equals(old.get(key))) {
                differences.add(key + '=' + brief(value) + " (before: "
                        + brief(Objects.requireNonNullElse(old.get(key), "not set")) + ')');
            }
        });
        old.forEach((key, value) -> {
            if (!isChance(key) && !fresh.containsKey(key)) {
                differences.add(key + " not set (before: " + brief(value) + ')');
            }
        });
        int shown = Math.min(MOST, differences.size());
        return String.join(", ", differences.subList(0, shown))
                + (differences.size() > shown ? " and " + (differences.size() - shown) + " more" : "");
    }

    private static boolean isChance(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return CHANCE.stream().anyMatch(lower::contains);
    }

    private static String brief(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST - 1) + "…";
    }

    /** Keys and values; commas inside of quotes and brackets are none between arguments. */
    private static Map<String, String> read(String text) {
        Map<String, String> arguments = new LinkedHashMap<>();
        int depth = 0;
        char quote = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (quote != 0) {
                quote = letter == quote ? 0 : quote;
            } else if (letter == '\'' || letter == '"') {
                quote = letter;
            } else if ("([{<".indexOf(letter) >= 0) {
                depth++;
            } else if (")]}>".indexOf(letter) >= 0) {
                depth--;
            } else if (letter == ',' && depth == 0) {
                put(arguments, text.substring(start, i));
                start = i + 1;
            }
        }
        // the last one may be cut, or end the line with the bracket around all of them
        if (depth <= 0 && quote == 0) {
            String last = text.substring(start);
            put(arguments, depth < 0 ? last.substring(0, last.lastIndexOf(')')) : last);
        }
        return arguments;
    }

    private static void put(Map<String, String> arguments, String written) {
        int equals = written.indexOf('=');
        if (equals > 0) {
            arguments.put(
                    written.substring(0, equals).strip(),
                    written.substring(equals + 1).strip());
        }
    }
}
