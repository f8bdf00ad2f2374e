package io.faultline.collect.mine;

import static io.faultline.collect.mine.CharClass.SPACE;
import static io.faultline.collect.mine.CharClass.UPPER;
import static io.faultline.collect.mine.Texts.digitsEnd;
import static io.faultline.collect.mine.Texts.isEdge;

/** Times of day and dates. Each method tells where the one ends that begins at {@code at}; {@code at} where none does. */
final class Clocks {

    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private Clocks() {}

    /** {@code 17:41}, {@code 17:41:44,747}. */
    static int clockEnd(char[] text, int at, int length) {
        int end = digitsEnd(text, at, length, 2);
        if (end == at || end >= length || text[end] != ':') {
            return at;
        }
        int minutes = digitsEnd(text, end + 1, length, 2);
        if (minutes != end + 3) {
            return at;
        }
        end = minutes;
        if (end < length && text[end] == ':' && digitsEnd(text, end + 1, length, 2) == end + 3) {
            end += 3;
            if (end < length
                    && (text[end] == '.' || text[end] == ',')
                    && digitsEnd(text, end + 1, length, 1) > end + 1) {
                end = digitsEnd(text, end + 1, length, 9);
            }
        }
        return isEdge(text, end, length) && text[end] != ':' ? end : at;
    }

    /** {@code 2026-03-01}, {@code 2026/03/01 17:41:44}, {@code 2026-03-01T17:41:44.747Z}. */
    static int dateEnd(char[] text, int at, int length) {
        int end = at + 10;
        if (end > length
                || digitsEnd(text, at, length, 4) != at + 4
                || (text[at + 4] != '-' && text[at + 4] != '/')
                || digitsEnd(text, at + 5, length, 2) != at + 7
                || text[at + 7] != text[at + 4]
                || digitsEnd(text, at + 8, length, 2) != end) {
            return at;
        }
        boolean together = end < length && text[end] == 'T';
        if (end < length && (together || text[end] == ' ') && digitsEnd(text, end + 1, length, 2) == end + 3) {
            int clock = clockEnd(text, end + 1, length);
            if (clock > end + 1) {
                return zoneEnd(text, clock, length);
            }
            if (end + 9 <= length && text[end + 3] == ':' && text[end + 6] == ':') {
                return zoneEnd(text, end + 9, length);
            }
        }
        return isEdge(text, end, length) ? end : at;
    }

    /** What touches a time of day belongs to it: {@code Z}, {@code +08:00}. */
    private static int zoneEnd(char[] text, int at, int length) {
        int end = at;
        while (end < length && !CharClass.is(text[end], SPACE) && "])},;|\"'".indexOf(text[end]) < 0) {
            end++;
        }
        while (end > at && (text[end - 1] == '.' || text[end - 1] == ':')) {
            end--;
        }
        return end;
    }

    /** {@code Sat Jun 18 02:08:10 2005}, {@code Jun 18 02:08:10}. */
    static int calendarEnd(char[] text, int at, int length) {
        int month = at;
        if (isOneOf(text, at, length, DAYS) && text[at + 3] == ' ') {
            month = at + 4;
        }
        if (!isOneOf(text, month, length, MONTHS) || text[month + 3] != ' ') {
            return at;
        }
        int day = text[month + 4] == ' ' ? month + 5 : month + 4;
        int end = digitsEnd(text, day, length, 2);
        if (end == day || end >= length || text[end] != ' ') {
            return at;
        }
        int clock = clockEnd(text, end + 1, length);
        return clock == end + 1 ? at : yearEnd(text, clock, length);
    }

    /** {@code  2005} or {@code  EDT 2005} behind a time of day. */
    private static int yearEnd(char[] text, int at, int length) {
        int end = at;
        if (end + 1 < length && text[end] == ' ' && CharClass.is(text[end + 1], UPPER)) {
            int zone = end + 1;
            while (zone < length && CharClass.is(text[zone], UPPER)) {
                zone++;
            }
            end = zone - end <= 6 ? zone : end;
        }
        boolean year = end + 5 <= length
                && text[end] == ' '
                && digitsEnd(text, end + 1, length, 4) == end + 5
                && isEdge(text, end + 5, length);
        return year ? end + 5 : at;
    }

    private static boolean isOneOf(char[] text, int at, int length, String names) {
        if (at + 5 > length) {
            return false;
        }
        for (int i = 0; i < names.length(); i += 3) {
            if (text[at] == names.charAt(i)
                    && text[at + 1] == names.charAt(i + 1)
                    && text[at + 2] == names.charAt(i + 2)) {
                return true;
            }
        }
        return false;
    }
}
