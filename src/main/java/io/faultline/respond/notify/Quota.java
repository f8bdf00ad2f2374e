package io.faultline.respond.notify;

import io.faultline.model.Level;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Keeps a receiver within its messages a month. What is left of them is kept for what is worse: the last quarter for
 * {@code high}, the last tenth for {@code critical}.
 */
final class Quota {

    private final int messages;

    /**
     * @param messages a calendar month, at least 1
     */
    Quota(int messages) {
        this.messages = messages;
    }

    /**
     * What to do with a message.
     *
     * @param granted whether it may be sent
     * @param ledger what is used then
     */
    record Decision(boolean granted, Ledger ledger) {}

    Decision decide(Ledger before, Level severity, Instant now) {
        String month = month(now).toString();
        int used = before.month().equals(month) ? before.used() : 0;
        boolean granted = messages - used > kept(severity);
        return new Decision(granted, new Ledger(month, granted ? used + 1 : used));
    }

    /** When the next month begins and all messages are free again. */
    static Instant nextMonth(Instant now) {
        return month(now).plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** How many messages are kept for what is worse. */
    private int kept(Level severity) {
        return switch (severity) {
            case CRITICAL -> 0;
            case HIGH -> messages / 10;
            case MEDIUM, LOW, INFORMATIONAL -> messages / 4;
        };
    }

    private static YearMonth month(Instant now) {
        return YearMonth.from(now.atZone(ZoneOffset.UTC));
    }
}
