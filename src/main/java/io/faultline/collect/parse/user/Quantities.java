package io.faultline.collect.parse.user;

import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.Measures;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers with units, in the base unit that a measure's name ends with: {@code _seconds}, {@code _bytes}, {@code _ratio}
 * or none. A unit that is written wins over the one that the parser file names.
 */
final class Quantities {

    private static final Map<String, Double> SECONDS = units(
            "ns 1e-9",
            "us 1e-6",
            "µs 1e-6",
            "μs 1e-6",
            "ms 1e-3",
            "s 1",
            "sec 1",
            "secs 1",
            "second 1",
            "seconds 1",
            "m 60",
            "min 60",
            "mins 60",
            "minute 60",
            "minutes 60",
            "h 3600",
            "hour 3600",
            "hours 3600",
            "d 86400",
            "day 86400",
            "days 86400");

    /** With i, or a letter alone as JVMs and CUDA tools write it, powers of 1024; {@code kB} and {@code MB} of 1000. */
    private static final Map<String, Double> BYTES = units(
            "B 1",
            "b 1",
            "byte 1",
            "bytes 1",
            "kB 1e3",
            "KB 1e3",
            "MB 1e6",
            "GB 1e9",
            "TB 1e12",
            "PB 1e15",
            "K 1024",
            "k 1024",
            "M 1048576",
            "G 1073741824",
            "T 1099511627776",
            "Ki 1024",
            "Mi 1048576",
            "Gi 1073741824",
            "Ti 1099511627776",
            "KiB 1024",
            "kiB 1024",
            "MiB 1048576",
            "GiB 1073741824",
            "TiB 1099511627776",
            "PiB 1125899906842624");

    private static final Map<String, Double> RATIO = units("percent 0.01", "% 0.01", "ratio 1", "permille 0.001");

    private static final Map<String, Double> COUNT = units("k 1e3", "K 1e3", "M 1e6", "G 1e9", "B 1e9", "T 1e12");

    private Quantities() {}

    /** The units that a measure of this name may be written in. */
    static Map<String, Double> unitsOf(String measure) {
        return measure.endsWith("_seconds")
                ? SECONDS
                : measure.endsWith("_bytes") ? BYTES : measure.endsWith("_ratio") ? RATIO : COUNT;
    }

    /** The number in the base unit of the measure, or null where none is written. */
    static @Nullable Double number(String written, String measure, String unit) {
        String text = unquoted(written.strip());
        Map<String, Double> units = unitsOf(measure);
        if (units.equals(SECONDS) && text.indexOf(':') > 0) {
            return clock(text);
        }
        double sum = 0;
        boolean any = false;
        int at = 0;
        while (at < text.length()) {
            int end = endOfNumber(text, at);
            int unitEnd = endOfUnit(text, end);
            Double number = plain(text.substring(at, end));
            String own = text.substring(end, unitEnd).strip();
            Double scale = units.get(own.isEmpty() && units.containsKey(unit) ? unit : own);
            if (own.isEmpty() && scale == null) {
                scale = Double.valueOf(1);
            }
            if (number == null || scale == null || (any && own.isEmpty())) {
                return null;
            }
            sum += number * scale;
            any = true;
            at = unitEnd;
            if (!units.equals(SECONDS) && at < text.length()) {
                return null;
            }
        }
        return any ? sum : null;
    }

    /** {@code 1:02:03.5} and {@code 02:03}. */
    private static @Nullable Double clock(String text) {
        double seconds = 0;
        for (String part : text.split(":", -1)) {
            Double number = plain(part);
            if (number == null) {
                return null;
            }
            seconds = seconds * 60 + number;
        }
        return seconds;
    }

    private static @Nullable Double plain(String text) {
        Measures.Builder number = Measures.builder();
        if (!Numbers.put(number, "value", 1, text, 0, text.length())) {
            return null;
        }
        return number.build().values()[0];
    }

    private static int endOfNumber(String text, int from) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String word : new String[] {"infinity", "-infinity", "nan", "-nan", "inf", "+inf", "-inf"}) {
            if (lower.startsWith(word, from)) {
                return from + word.length();
            }
        }
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean sign = (c == '-' || c == '+') && (i == from || "eE".indexOf(text.charAt(i - 1)) >= 0);
            boolean exponent = (c == 'e' || c == 'E')
                    && i > from
                    && i + 1 < text.length()
                    && (Character.isDigit(text.charAt(i + 1)) || "+-".indexOf(text.charAt(i + 1)) >= 0);
            if (!Character.isDigit(c) && c != '.' && c != ',' && !sign && !exponent) {
                break;
            }
            i++;
        }
        return i;
    }

    private static int endOfUnit(String text, int from) {
        int i = from;
        while (i < text.length() && !Character.isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static Map<String, Double> units(String... written) {
        Map<String, Double> units = new TreeMap<>();
        for (String unit : written) {
            int blank = unit.indexOf(' ');
            units.put(unit.substring(0, blank), Double.valueOf(unit.substring(blank + 1)));
        }
        return units;
    }
}
