package io.faultline.collect.decode;

/**
 * Finds the text of users that servers quote in their logs: {@code prompt: 'say hello'}, {@code "content": "…"}. Whatever
 * stands in it was written by a user, also where it looks like a line of the server.
 *
 * <p>The quotation ends at the same quote, unescaped, where the text goes on as a list or an object does. A user who writes
 * exactly that can end it early; nothing in a text alone tells the two apart.
 */
public final class Prompts {

    private static final String[] KEYS = {
        "prompt", "prompts", "content", "inputs", "input", "query", "question", "instruction", "completion", "response"
    };

    private Prompts() {}

    /** Whether a position is inside of a quotation that begins behind another position. */
    public static boolean isOpen(String text, int from, int at) {
        return opening(text, from, at) >= 0;
    }

    /** Where the quotation's text begins that a position is in, or -1. */
    static int opening(String text, int from, int at) {
        int quote = from;
        while (true) {
            quote = nextOpening(text, quote, at);
            if (quote < 0) {
                return -1;
            }
            int end = closing(text, quote + 1, at, text.charAt(quote));
            if (end < 0) {
                return quote + 1;
            }
            quote = end + 1;
        }
    }

    /** Where a quotation ends, at the latest before a position; -1 if it is open there. */
    static int closing(String text, int from, int to, char quote) {
        for (int i = text.indexOf(quote, from); i >= 0 && i < to; i = text.indexOf(quote, i + 1)) {
            if (!isEscaped(text, i, from) && endsQuotation(text, i + 1, to)) {
                return i;
            }
        }
        return -1;
    }

    /** Where the quote behind the next key stands that is one of a user's text. */
    private static int nextOpening(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == ':' || c == '=') {
                int quote = i + 1 < to && text.charAt(i + 1) == ' ' ? i + 2 : i + 1;
                if (quote < to && (text.charAt(quote) == '\'' || text.charAt(quote) == '"') && isKey(text, i, from)) {
                    return quote;
                }
            }
        }
        return -1;
    }

    private static boolean isKey(String text, int end, int from) {
        int stop = end;
        if (stop > from && (text.charAt(stop - 1) == '\'' || text.charAt(stop - 1) == '"')) {
            stop--;
        }
        for (String key : KEYS) {
            int start = stop - key.length();
            if (start >= from
                    && text.regionMatches(true, start, key, 0, key.length())
                    && (start == from || !Character.isLetterOrDigit(text.charAt(start - 1)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEscaped(String text, int at, int from) {
        int slashes = 0;
        for (int i = at - 1; i >= from && text.charAt(i) == '\\'; i--) {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** {@code don't} and {@code 'quoted' words} go on; a list, an object, a call or the line would end here. */
    private static boolean endsQuotation(String text, int next, int to) {
        return next >= to || ",)}];".indexOf(text.charAt(next)) >= 0 || text.charAt(next) == '\n';
    }
}
