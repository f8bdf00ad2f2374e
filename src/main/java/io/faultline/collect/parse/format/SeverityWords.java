package io.faultline.collect.parse.format;

import io.faultline.model.Severity;
import java.util.Locale;

/** The words and letters that logs write for a severity. */
public final class SeverityWords {

    private SeverityWords() {}

    /** OpenTelemetry's number for a written word in any case, or 0 where it is no severity. */
    public static int numberOf(String word) {
        return switch (word) {
            case "INFO" -> Severity.INFO.number();
            case "WARNING" -> Severity.WARN.number();
            case "ERROR" -> Severity.ERROR.number();
            case "DEBUG" -> Severity.DEBUG.number();
            default -> word.length() > 9 ? 0 : numberOfAny(word.toUpperCase(Locale.ROOT));
        };
    }

    private static int numberOfAny(String word) {
        Severity severity =
                switch (word) {
                    case "TRACE", "VERBOSE", "FINEST" -> Severity.TRACE;
                    case "DEBUG", "DBG", "DBUG" -> Severity.DEBUG;
                    case "INFO", "NOTICE", "SUCCESS", "INFORMATION" -> Severity.INFO;
                    case "WARN", "WARNING" -> Severity.WARN;
                    case "ERROR", "ERR", "EROR", "SEVERE" -> Severity.ERROR;
                    case "CRITICAL", "FATAL", "CRIT", "ALERT", "EMERG", "PANIC", "DPANIC" -> Severity.FATAL;
                    default -> null;
                };
        return severity == null ? 0 : severity.number();
    }

    /** The number for glog's letter I, W, E, F or D, or 0. */
    public static int numberOf(char letter) {
        return switch (letter) {
            case 'D' -> Severity.DEBUG.number();
            case 'I' -> Severity.INFO.number();
            case 'W' -> Severity.WARN.number();
            case 'E' -> Severity.ERROR.number();
            case 'F' -> Severity.FATAL.number();
            default -> 0;
        };
    }

    /** The number for a syslog priority: its low three bits, 0 emergency to 7 debug (RFC 5424, 6.2.1). */
    public static int numberOfPriority(int priority) {
        Severity severity =
                switch (priority & 7) {
                    case 0, 1, 2 -> Severity.FATAL;
                    case 3 -> Severity.ERROR;
                    case 4 -> Severity.WARN;
                    case 5, 6 -> Severity.INFO;
                    default -> Severity.DEBUG;
                };
        return severity.number();
    }
}
