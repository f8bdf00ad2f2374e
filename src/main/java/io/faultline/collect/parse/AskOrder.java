package io.faultline.collect.parse;

import io.faultline.collect.parse.format.FormatParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which parsers are asked about a record, in which order. Sixty may begin with any character, but a handful with the one
 * that a record begins with: only those are asked.
 */
final class AskOrder {

    private static final int ASCII = 128;

    private final FormatParser[] all;
    private final FormatParser[][] byFirst = new FormatParser[ASCII][];
    private final Map<String, FormatParser> byName = new HashMap<>();

    /** @param parsers in the order in which they are asked; of two with one name the first has it */
    AskOrder(List<FormatParser> parsers) {
        all = parsers.toArray(FormatParser[]::new);
        for (char c = 0; c < ASCII; c++) {
            char first = c;
            byFirst[c] =
                    parsers.stream().filter(parser -> mayBegin(parser, first)).toArray(FormatParser[]::new);
        }
        parsers.forEach(parser -> byName.putIfAbsent(parser.name(), parser));
    }

    /** The array is shared: it must not be changed. */
    FormatParser[] of(String text) {
        char first = text.isEmpty() ? Character.MAX_VALUE : text.charAt(0);
        return first < ASCII ? byFirst[first] : all;
    }

    @Nullable
    FormatParser named(String name) {
        return byName.get(name);
    }

    private static boolean mayBegin(FormatParser parser, char first) {
        return parser.beginnings().isEmpty() || parser.beginnings().indexOf(first) >= 0;
    }
}
