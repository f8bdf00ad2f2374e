package io.faultline.respond.notify.wording;

import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.NotifyReason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The keys of the words that a template has for what knows only a few values. */
final class Words {

    /** {@code opened}, …, {@code critical}, …; what two of them have in common is one word. */
    static final List<String> KEYS = Stream.of(
                    NotifyReason.values(),
                    Level.values(),
                    CauseCategory.values(),
                    Cause.Verdict.values(),
                    Incident.State.values())
            .flatMap(Arrays::stream)
            .map(Words::key)
            .distinct()
            .toList();

    static final String SECONDS = "seconds";
    static final String MINUTES = "minutes";
    static final String HOURS = "hours";
    static final String DAYS = "days";
    static final String MORE = "more";

    /** The keys of the texts that say how many. */
    static final List<String> COUNTS = List.of(SECONDS, MINUTES, HOURS, DAYS, MORE);

    private Words() {}

    /** {@code severity-raised}. */
    static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code 42 s}, {@code 7 min}, {@code 3 h}, {@code 2 d}: nobody needs it more exactly. */
    static String unit(long seconds) {
        return seconds < 120 ? SECONDS : seconds < 7200 ? MINUTES : seconds < 172_800 ? HOURS : DAYS;
    }

    static long inUnit(long seconds) {
        return switch (unit(seconds)) {
            case SECONDS -> seconds;
            case MINUTES -> seconds / 60;
            case HOURS -> seconds / 3600;
            default -> seconds / 86_400;
        };
    }
}
