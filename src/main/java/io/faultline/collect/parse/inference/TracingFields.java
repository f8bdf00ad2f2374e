package io.faultline.collect.parse.inference;

/** The {@code key=value key="quoted value" key=Struct { … }} of Rust's tracing, in spans and behind texts. */
final class TracingFields {

    /** Takes one field; a quoted value comes without its quotes and escapes. */
    @FunctionalInterface
    interface Sink {
        void field(String key, String value);
    }

    private TracingFields() {}

    static void read(String text, int from, int to, Sink sink) {
        int at = from;
        while (at < to) {
            int equals = keyEnd(text, at, to);
            if (equals < 0) {
                at = nextStart(text, at, to);
                continue;
            }
            int value = equals + 1;
            int end = valueEnd(text, value, to);
            sink.field(text.substring(at, equals), unquoted(text, value, end));
            at = end;
        }
    }

    /** Where the first field begins in a text that ends with fields, or its end. */
    static int start(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            boolean wordStart = at == from || text.charAt(at - 1) == ' ';
            if (wordStart && keyEnd(text, at, text.length()) > 0) {
                return at;
            }
        }
        return text.length();
    }

    /** Where the equals sign stands behind a name, or -1. */
    private static int keyEnd(String text, int from, int to) {
        int i = from;
        while (i < to && i - from < 64 && isKeyChar(text.charAt(i))) {
            i++;
        }
        boolean named = i > from && i < to && text.charAt(i) == '=';
        return named && Character.isLetter(text.charAt(from)) ? i : -1;
    }

    private static int nextStart(String text, int from, int to) {
        int i = from;
        while (i < to && text.charAt(i) != ' ' && text.charAt(i) != '{' && text.charAt(i) != ':') {
            i++;
        }
        return Math.min(i + 1, to);
    }

    /** A value ends with its closing quote, or before the blank that the next name follows, or with its span. */
    private static int valueEnd(String text, int from, int to) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[' || c == '(') {
                depth++;
            } else if (c == '}' || c == ']' || c == ')') {
                if (--depth < 0) {
                    return i;
                }
            } else if (c == ' ' && depth == 0 && keyEnd(text, i + 1, to) > 0) {
                return i;
            }
        }
        return to;
    }

    private static String unquoted(String text, int from, int to) {
        if (to - from < 2 || text.charAt(from) != '"' || text.charAt(to - 1) != '"') {
            return text.substring(from, to).strip();
        }
        String inner = text.substring(from + 1, to - 1);
        return inner.indexOf('\\') < 0
                ? inner
                : inner.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
    }

    private static boolean isKeyChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    }
}
