package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Draft;

/**
 * klog's structured text: {@code "Probe failed" pod="ns/name" exitCode=1 event={…}}, a value over several lines between
 * {@code <} and {@code >}.
 */
final class KlogPairs {

    private KlogPairs() {}

    /** The message of a text; its pairs go to the draft. A text that is not quoted is all message. */
    static String read(String text, Draft draft) {
        if (text.isEmpty() || text.charAt(0) != '"') {
            return text;
        }
        StringBuilder message = new StringBuilder();
        int at = quoted(text, 0, message);
        if (at < 0) {
            return text;
        }
        while (at < text.length()) {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
            int equals = text.indexOf('=', at);
            if (equals < 0 || !isKey(text, at, equals)) {
                return at < text.length() ? text : message.toString();
            }
            StringBuilder value = new StringBuilder();
            int end = value(text, equals + 1, value);
            put(text.substring(at, equals), value.toString(), draft);
            at = end;
        }
        return message.toString();
    }

    /** Keeps a pair under our name where we have one; {@code pod="ns/name"} is two things. */
    static void put(String key, String value, Draft draft) {
        if ((key.equals("pod") || key.equals("pods")) && !value.startsWith("[")) {
            int slash = value.indexOf('/');
            draft.attribute("namespace", slash < 0 ? null : value.substring(0, slash));
            draft.attribute("pod", value.substring(slash + 1));
        } else if (key.equals("nodeName")) {
            draft.attribute("node", value);
        } else if (key.equals("containerName")) {
            draft.attribute("container", value);
        } else if (key.equals("condition")) {
            draft.attribute("node_condition", value);
        } else if (key.equals("podUID")) {
            draft.attribute("pod_uid", value);
        } else {
            draft.attribute(key, value);
        }
    }

    private static boolean isKey(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '"' || c == '{') {
                return false;
            }
        }
        return to > from;
    }

    private static int value(String text, int from, StringBuilder value) {
        char first = from < text.length() ? text.charAt(from) : ' ';
        if (first == '"') {
            int end = quoted(text, from, value);
            return end < 0 ? plain(text, from, value) : end;
        }
        if (first == '<' && text.startsWith("<\n", from)) {
            int end = text.indexOf("\n >", from);
            int stop = end < 0 ? text.length() : end;
            value.append(text, from + 2, Math.max(from + 2, stop));
            return end < 0 ? text.length() : end + 3;
        }
        if (first == '{' || first == '[') {
            int end = balanced(text, from);
            value.append(text, from, end);
            return end;
        }
        return plain(text, from, value);
    }

    private static int plain(String text, int from, StringBuilder value) {
        int end = from;
        while (end < text.length() && text.charAt(end) > ' ') {
            end++;
        }
        value.append(text, from, end);
        return end;
    }

    /** The place behind the closing quote of a Go string, its text unescaped; -1 where it does not end. */
    private static int quoted(String text, int from, StringBuilder into) {
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                char escaped = text.charAt(i);
                into.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
            } else {
                into.append(c);
            }
        }
        into.setLength(0);
        return -1;
    }

    /** Where the bracket that opens at a place is closed again, or the text's end; brackets in quotes do not count. */
    private static int balanced(String text, int from) {
        int depth = 0;
        boolean quote = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quote = !quote;
            } else if (!quote && (c == '{' || c == '[')) {
                depth++;
            } else if (!quote && (c == '}' || c == ']')) {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return text.length();
    }
}
