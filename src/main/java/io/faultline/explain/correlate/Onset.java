package io.faultline.explain.correlate;

import static io.faultline.model.Instants.earlier;

import io.faultline.model.Alert;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import java.time.Instant;

/**
 * When what an alert saw really began. A collective's watchdog speaks only after its time-out, 10 or 30 minutes late,
 * but says how late: {@code ran for 600096 milliseconds before timing out}.
 */
public final class Onset {

    private static final String RAN_FOR = "ran for ";
    private static final String UNIT = " milliseconds";

    /** PyTorch's longest usual time-out is 30 min; a line that claims more than a day is not believed. */
    private static final long MAX_MILLIS = 86_400_000L;

    private Onset() {}

    public static Instant of(Alert alert) {
        Instant onset = alert.startsAt();
        for (Evidence line : alert.evidence()) {
            onset = earlier(onset, of(line));
        }
        return onset;
    }

    public static Instant of(Evidence line) {
        return line.kind() == EventKind.COLLECTIVE_TIMEOUT
                ? line.timestamp().minusMillis(ranForMillis(line.text()))
                : line.timestamp();
    }

    private static long ranForMillis(String text) {
        int start = text.indexOf(RAN_FOR);
        int end = start < 0 ? -1 : text.indexOf(UNIT, start);
        if (end < 0 || end - start - RAN_FOR.length() > 10) {
            return 0;
        }
        long millis = 0;
        for (int i = start + RAN_FOR.length(); i < end; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            millis = 10 * millis + (digit - '0');
        }
        return millis <= MAX_MILLIS ? millis : 0;
    }
}
