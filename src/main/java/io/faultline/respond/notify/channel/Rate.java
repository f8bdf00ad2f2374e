package io.faultline.respond.notify.channel;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;

/**
 * How many messages a receiver takes in any span of some length.
 *
 * @param count how many; {@link Integer#MAX_VALUE} for no limit
 * @param period the span
 * @param gap the least time between two messages
 */
public record Rate(int count, Duration period, Duration gap) implements Serializable {

    public static final Rate UNLIMITED = new Rate(Integer.MAX_VALUE, Duration.ofMinutes(1));

    public Rate(int count, Duration period) {
        this(count, period, Duration.ZERO);
    }

    public static Rate perMinute(int count) {
        return new Rate(count, Duration.ofMinutes(1));
    }

    /** The same, with time between any two messages. */
    public Rate spaced(Duration other) {
        return new Rate(count, period, other);
    }

    public boolean isLimited() {
        return count < Integer.MAX_VALUE;
    }

    /** As {@code 20/min}, {@code 1/s} or {@code 100/h}; empty for the channel's own. */
    public static Rate read(SettingsReader reader, Rate own) {
        String text = reader.text("rate", "");
        if (text.isEmpty()) {
            return own;
        }
        int slash = text.indexOf('/');
        Duration period = slash < 0 ? Duration.ZERO : period(text.substring(slash + 1));
        int count = slash < 0 ? 0 : count(text.substring(0, slash));
        if (count == 0 || period.isZero()) {
            reader.problem("rate", "\"" + text + "\" is not as 20/min, 1/s or 100/h");
            return own;
        }
        return new Rate(count, period);
    }

    private static Duration period(String unit) {
        return switch (unit.strip().toLowerCase(Locale.ROOT)) {
            case "s" -> Duration.ofSeconds(1);
            case "min" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ZERO;
        };
    }

    private static int count(String text) {
        String digits = text.strip();
        boolean isNumber =
                !digits.isEmpty() && digits.length() <= 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Integer.parseInt(digits) : 0;
    }
}
