package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;

/** Numbers of steps inside a text. */
final class Steps {

    private Steps() {}

    /** Takes the step that is written behind some words; nothing where it is not. */
    static void after(String text, String words, Draft draft) {
        number(text, words, "step", 1, draft);
    }

    /** Takes the number, which may be negative, that is written behind some words. */
    static void number(String text, String words, String name, double scale, Draft draft) {
        int found = text.indexOf(words);
        if (found < 0) {
            return;
        }
        Cursor cursor = new Cursor(text, found + words.length());
        boolean negative = cursor.spaces().take('-');
        long number = cursor.number();
        if (number >= 0) {
            draft.measure(name, (negative ? -number : number) * scale);
        }
    }
}
