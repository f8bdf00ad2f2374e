package io.faultline.collect.parse.format;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The head of glog, klog, absl and c10: {@code E0810 03:04:11.061727 4711 file.cc:683] }, in PyTorch also in brackets,
 * with {@code [rank1]:} in front, without the zero before the month, or without a time.
 *
 * @param letter I, W, E, F or D
 * @param rank of {@code [rank1]:} where decode left it there
 * @param file the source file as written
 * @param messageStart where the text begins
 */
public record GlogHead(
        char letter,
        @Nullable Instant timestamp,
        @Nullable String rank,
        String file,
        boolean bracketed,
        int messageStart) {

    public static @Nullable GlogHead read(String text, ParseContext context) {
        Cursor cursor = new Cursor(text);
        String rank = null;
        if (cursor.take("[rank") || cursor.take("[trainer")) {
            boolean global = text.startsWith("[rank");
            long number = cursor.number();
            if (number < 0 || !cursor.take("]:")) {
                return null;
            }
            rank = global ? Long.toString(number) : null;
            cursor.spaces();
        }
        boolean bracketed = cursor.take('[');
        char letter = cursor.peek();
        if (SeverityWords.numberOf(letter) == 0) {
            return null;
        }
        cursor.position(cursor.position() + 1);
        Instant time = context.timestamps().glog(cursor, context.observed());
        if (time == null && !bracketed) {
            return null;
        }
        if (!cursor.take(' ')) {
            return null;
        }
        int before = cursor.spaces().position();
        if (cursor.number() < 0 || !cursor.take(' ')) {
            cursor.position(before);
        }
        String place = cursor.spaces().word();
        int colon = place.lastIndexOf(':');
        if (colon <= 0 || !place.endsWith("]")) {
            return null;
        }
        cursor.take(' ');
        return new GlogHead(letter, time, rank, place.substring(0, colon), bracketed, cursor.position());
    }

    /** Whether a text may begin with such a head. */
    public static boolean mayBegin(String text) {
        if (text.length() < 12) {
            return false;
        }
        char first = text.charAt(0);
        char second = text.charAt(1);
        if (first == '[') {
            return second == 'r'
                    || second == 't'
                    || (SeverityWords.numberOf(second) > 0 && isDigitOrBlank(text.charAt(2)));
        }
        return SeverityWords.numberOf(first) > 0 && second >= '0' && second <= '9';
    }

    private static boolean isDigitOrBlank(char c) {
        return c == ' ' || (c >= '0' && c <= '9');
    }
}
