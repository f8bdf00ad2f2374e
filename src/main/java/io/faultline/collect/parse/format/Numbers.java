package io.faultline.collect.parse.format;

import io.faultline.model.Measures;
import java.util.Locale;

/** Numbers inside a text, without cutting the text up. */
public final class Numbers {

    /** Those that a double holds exactly. */
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final int NO_EXPONENT = Integer.MIN_VALUE;

    private Numbers() {}

    /**
     * Keeps the number written between two places; blanks around it, {@code nan} and {@code inf} in any case and commas
     * between thousands are accepted.
     *
     * @return false where no number is written there
     */
    public static boolean put(Measures.Builder measures, String name, double scale, String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        if (start == end) {
            return false;
        }
        int i = start;
        boolean negative = text.charAt(i) == '-';
        if (negative) {
            i++;
        }
        long mantissa = 0;
        int digits = 0;
        int decimals = -1;
        int exponent = 0;
        for (; i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && digits < 15) {
                mantissa = mantissa * 10 + (c - '0');
                digits++;
                decimals += decimals < 0 ? 0 : 1;
            } else if (c == '.' && decimals < 0) {
                decimals = 0;
            } else {
                exponent = digits > 0 && (c == 'e' || c == 'E') ? exponent(text, i + 1, end) : NO_EXPONENT;
                if (exponent == NO_EXPONENT) {
                    return putSlowly(measures, name, scale, text.substring(start, end));
                }
                break;
            }
        }
        if (digits == 0) {
            return false;
        }
        int power = exponent - Math.max(0, decimals);
        if (Math.abs(power) >= POWERS.length) {
            return putSlowly(measures, name, scale, text.substring(start, end));
        }
        if (power > 0) {
            double value = mantissa * POWERS[power];
            measures.put(name, scaled(negative ? -value : value, scale));
            return true;
        }
        // Whole numbers that a double holds exactly, so the one quotient is the double nearest to what is written.
        double divisor = POWERS[-power] * (scale < 1 ? Math.rint(1 / scale) : 1);
        double value = mantissa / divisor * Math.max(1, scale);
        measures.put(name, negative ? -value : value);
        return true;
    }

    /** A sign or none and one to three digits up to the end. */
    private static int exponent(String text, int from, int end) {
        boolean signed = from < end && (text.charAt(from) == '-' || text.charAt(from) == '+');
        int start = signed ? from + 1 : from;
        if (start == end || end - start > 3) {
            return NO_EXPONENT;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return NO_EXPONENT;
            }
            value = value * 10 + (c - '0');
        }
        return signed && text.charAt(from) == '-' ? -value : value;
    }

    private static boolean putSlowly(Measures.Builder measures, String name, double scale, String written) {
        double value;
        switch (written.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan" -> value = Double.NaN;
            case "inf", "+inf", "infinity" -> value = Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> value = Double.NEGATIVE_INFINITY;
            default -> {
                String plain = written.indexOf(',') > 0 ? written.replace(",", "") : written;
                if (!looksLikeNumber(plain)) {
                    return false;
                }
                try {
                    value = Double.parseDouble(plain);
                } catch (NumberFormatException e) {
                    return false;
                }
            }
        }
        measures.put(name, scaled(value, scale));
        return true;
    }

    /** Divides by 1000 where 0.001 would multiply: of the two only 1000 is exact. */
    private static double scaled(double value, double scale) {
        return scale < 1 ? value / Math.rint(1 / scale) : value * scale;
    }

    /** Keeps what {@code Double.parseDouble} would take and no log means: {@code 1d}, {@code 0x1p3}. */
    private static boolean looksLikeNumber(String text) {
        boolean digit = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digit = true;
            } else if (c != '.' && c != '-' && c != '+' && !((c == 'e' || c == 'E') && digit)) {
                return false;
            }
        }
        return digit;
    }

    /**
     * Bytes of a size as {@code 324.00 MiB}; a unit with i and one without are both powers of two, as PyTorch and vLLM
     * write them.
     *
     * @return -1 where no size begins there
     */
    public static double bytes(String text, int from) {
        int i = from;
        while (i < text.length() && (Character.isDigit(text.charAt(i)) || text.charAt(i) == '.')) {
            i++;
        }
        if (i == from) {
            return -1;
        }
        int unit = i;
        while (unit < text.length() && text.charAt(unit) == ' ') {
            unit++;
        }
        Measures.Builder number = Measures.builder();
        if (!put(number, "size", 1, text, from, i)) {
            return -1;
        }
        double size = number.build().getOr("size", -1);
        return size * unitOf(unit < text.length() ? Character.toUpperCase(text.charAt(unit)) : 'B');
    }

    private static double unitOf(char letter) {
        return switch (letter) {
            case 'K' -> 0x1p10;
            case 'M' -> 0x1p20;
            case 'G' -> 0x1p30;
            case 'T' -> 0x1p40;
            default -> 1;
        };
    }
}
