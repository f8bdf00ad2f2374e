package io.faultline.collect.assess;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;

/**
 * {@code collect.assess}.
 *
 * @param maxClockAhead {@code max-clock-ahead}: how far the time of an event may lie ahead of when it was seen
 * @param maxDisorder {@code max-disorder}: how far events of one source may lie behind its latest, and behind all sources,
 *     before they are marked
 * @param maxSkew {@code max-skew}: how far a source's clock may be off before its events are marked
 * @param minSilence {@code min-silence}: so long at least must a source of steady lines be silent before that is an event
 * @param maxUnknownRatio {@code max-unknown-ratio}: the share of lines that no parser knows, in ten minutes, above which a
 *     source is said to have changed its format
 * @param forgetAfter {@code forget-after}: a source that wrote nothing for so long is forgotten, by the time of the logs
 */
public record AssessSettings(
        Duration maxClockAhead,
        Duration maxDisorder,
        Duration maxSkew,
        Duration minSilence,
        double maxUnknownRatio,
        Duration forgetAfter)
        implements Serializable {

    public static AssessSettings defaults() {
        return new AssessSettings(
                Duration.ofDays(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                0.05,
                Duration.ofHours(1));
    }

    public static AssessSettings read(SettingsReader reader) {
        AssessSettings absent = defaults();
        return new AssessSettings(
                reader.duration("max-clock-ahead", absent.maxClockAhead),
                reader.duration("max-disorder", absent.maxDisorder),
                reader.duration("max-skew", absent.maxSkew),
                reader.duration("min-silence", absent.minSilence),
                reader.decimal("max-unknown-ratio", absent.maxUnknownRatio, 0, 1),
                reader.duration("forget-after", absent.forgetAfter));
    }
}
