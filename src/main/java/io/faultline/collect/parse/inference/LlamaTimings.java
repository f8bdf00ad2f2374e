package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.EventKind;

/**
 * The timings of one request of llama.cpp, three or four lines of which only the first names slot and task:
 * {@code prompt eval time = 355.84 ms / 13 tokens ( 2.68 ms per token, 373.26 tokens per second)}.
 */
final class LlamaTimings {

    private static final String[] LINES = {
        "prompt eval time =", "eval time =", "total time =", "draft acceptance rate ="
    };

    private LlamaTimings() {}

    /** Whether a text begins with one of the lines. */
    static boolean isLine(String text) {
        int at = 0;
        while (at < text.length() && at < 16 && text.charAt(at) == ' ') {
            at++;
        }
        for (String line : LINES) {
            if (text.startsWith(line, at)) {
                return true;
            }
        }
        return false;
    }

    /** Takes the lines of a record from a place on; false where there is none. */
    static boolean read(String text, int from, Draft draft) {
        boolean any = false;
        int start = from;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            any |= line(text, start, end, draft);
            start = end + 1;
        }
        if (any) {
            draft.kind(EventKind.INFERENCE_REQUEST);
        }
        return any;
    }

    private static boolean line(String text, int from, int to, Draft draft) {
        int at = from;
        while (at < to && text.charAt(at) == ' ') {
            at++;
        }
        // Older versions write the first of them behind slot and task.
        int bar = text.startsWith("slot ", at) ? Cursor.lastIn(text, '|', at, to) : -1;
        at = bar > at ? bar + 1 : at;
        while (at < to && text.charAt(at) == ' ') {
            at++;
        }
        if (text.startsWith("prompt eval time =", at)) {
            return time(text, at + 18, to, "prompt_seconds", "prompt_tokens", "prompt_tokens_per_second", draft);
        }
        if (text.startsWith("eval time =", at)) {
            return time(
                    text, at + 11, to, "generation_seconds", "generated_tokens", "generation_tokens_per_second", draft);
        }
        if (text.startsWith("total time =", at)) {
            return time(text, at + 12, to, "duration_seconds", "", "", draft);
        }
        if (text.startsWith("draft acceptance rate =", at)) {
            return draft(text, at + 23, to, draft);
        }
        return false;
    }

    private static boolean time(
            String text, int from, int to, String seconds, String tokens, String perSecond, Draft draft) {
        Cursor cursor = new Cursor(text, from);
        int start = cursor.spaces().position();
        String number = cursor.word();
        if (start + number.length() > to) {
            return false;
        }
        boolean known = Numbers.put(draft.measures(), seconds, 1e-3, number, 0, number.length());
        int slash = Texts.indexIn(text, "/", start, to);
        if (slash > 0 && !tokens.isEmpty()) {
            int count = slash + 1;
            while (count < to && text.charAt(count) == ' ') {
                count++;
            }
            Texts.numberAt(draft, tokens, 1, text, count);
        }
        int comma = perSecond.isEmpty() ? -1 : Texts.indexIn(text, " ms per token,", start, to);
        if (comma > 0) {
            int speed = comma + 14;
            while (speed < to && text.charAt(speed) == ' ') {
                speed++;
            }
            Texts.numberAt(draft, perSecond, 1, text, speed);
        }
        return known;
    }

    /** {@code 0.57576 (   171 accepted /   297 generated)}. */
    private static boolean draft(String text, int from, int to, Draft draft) {
        Cursor cursor = new Cursor(text, from);
        boolean known = Texts.numberAt(
                draft, "acceptance_ratio", 1, text, cursor.spaces().position());
        int open = Texts.indexIn(text, "(", from, to);
        int slash = Texts.indexIn(text, "/", from, to);
        if (open > 0 && open < slash) {
            Texts.numberAt(draft, "accepted_tokens", 1, text, skip(text, open + 1));
            Texts.numberAt(draft, "drafted_tokens", 1, text, skip(text, slash + 1));
        }
        return known;
    }

    private static int skip(String text, int from) {
        return new Cursor(text, from).spaces().position();
    }
}
