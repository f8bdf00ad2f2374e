package io.faultline.respond.notify.channel;

import java.util.List;
import java.util.function.IntFunction;

/** Makes a text fit a provider's limit, which is one of bytes: whole lines go, and how many is told. */
public final class FittedText {

    private FittedText() {}

    /**
     * The lines joined by line ends, at most {@code maxBytes} bytes of UTF-8 when JSON writes them. Where they are longer the last ones give way
     * to {@code … +37 more}; where even the first does not fit, it is cut between two characters.
     *
     * @param maxBytes at least 64, so that there is room for the number
     * @param more says how many lines gave way
     */
    public static String of(List<String> lines, int maxBytes, IntFunction<String> more) {
        String whole = String.join("\n", lines);
        if (bytes(whole) <= maxBytes) {
            return whole;
        }
        StringBuilder text = new StringBuilder();
        int used = 0;
        int shown = 0;
        while (shown < lines.size()) {
            int size = bytes(lines.get(shown)) + 2;
            if (used + size + bytes(more.apply(lines.size() - shown - 1)) > maxBytes) {
                break;
            }
            text.append(lines.get(shown)).append('\n');
            used += size;
            shown++;
        }
        if (shown == 0) {
            String rest = lines.size() == 1 ? "…" : "\n" + more.apply(lines.size() - 1);
            return head(lines.get(0), maxBytes - bytes(rest)) + rest;
        }
        return text.append(more.apply(lines.size() - shown)).toString();
    }

    /** The longest beginning of a text that has at most so many bytes and ends between two characters. */
    public static String head(String text, int maxBytes) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            used += bytes(point);
            if (used > maxBytes) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end);
    }

    /** As JSON writes it, which all providers want: quotes, backslashes and line ends take two bytes. */
    private static int bytes(String text) {
        return text.codePoints().map(FittedText::bytes).sum();
    }

    private static int bytes(int point) {
        if (point < 0x80) {
            return point == '"' || point == '\\' || point == '\n' ? 2 : 1;
        }
        return point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
