package io.faultline.detect.match.track;

import io.faultline.model.Measures;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;

/** Numbers and times as the reason of an alert says them. */
public final class Quote {

    private Quote() {}

    /** {@code loss=NaN grad_norm=12.5}. */
    static String measures(Measures measures) {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < measures.size(); i++) {
            text.add(measures.names()[i] + "=" + number(measures.values()[i]));
        }
        return text.toString();
    }

    /** {@code measures.loss} as people say it: {@code loss}. */
    static String expression(String text) {
        return text.replace("measures.", "").replace("attributes.", "");
    }

    /** {@code 41}, {@code 12.35}, {@code NaN}. */
    static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole
                ? Long.toString((long) value)
                : Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : Double.toString(value);
    }

    /** {@code 2h 3m 10s}. */
    static String duration(long millis) {
        Duration duration = Duration.ofMillis(millis);
        StringJoiner text = new StringJoiner(" ");
        if (duration.toHours() > 0) {
            text.add(duration.toHours() + "h");
        }
        if (duration.toMinutesPart() > 0) {
            text.add(duration.toMinutesPart() + "m");
        }
        if (duration.toSecondsPart() > 0 || text.length() == 0) {
            text.add(duration.toSecondsPart() + "s");
        }
        return text.toString();
    }
}
