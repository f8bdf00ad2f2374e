package io.faultline.collect.decode;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The limits of a record.
 *
 * @param maxLineBytes a line of more bytes is rejected
 * @param maxRecordLines lines that are joined at most; what follows is a record of its own
 * @param maxRecordChars characters that are joined at most
 * @param maxOpenChars characters that may wait in one stream for lines that continue them
 * @param silence a record that got no further line for this long is whole
 * @param timeZone the zone of envelopes' times that are written without one; the one of {@code collect.parse}
 */
public record DecodeSettings(
        int maxLineBytes, int maxRecordLines, int maxRecordChars, int maxOpenChars, Duration silence, ZoneId timeZone)
        implements Serializable {

    public static DecodeSettings defaults() {
        return new DecodeSettings(1 << 20, 500, 64 * 1024, 1 << 20, Duration.ofSeconds(5), ZoneOffset.UTC);
    }

    /** Reads the group {@code collect.decode}. */
    public static DecodeSettings read(SettingsReader reader) {
        DecodeSettings absent = defaults();
        DecodeSettings settings = new DecodeSettings(
                reader.number("max-line-bytes", absent.maxLineBytes, 1024, 64 << 20),
                reader.number("max-record-lines", absent.maxRecordLines, 1, 100_000),
                reader.number("max-record-chars", absent.maxRecordChars, 1024, 16 << 20),
                reader.number("max-open-chars", absent.maxOpenChars, 1024, 64 << 20),
                reader.duration("silence", absent.silence),
                absent.timeZone);
        if (settings.silence.compareTo(Duration.ofSeconds(1)) < 0) {
            reader.problem("silence", settings.silence + " is less than 1s");
        }
        return settings;
    }

    /** The same for logs of another zone. */
    public DecodeSettings in(ZoneId zone) {
        return new DecodeSettings(maxLineBytes, maxRecordLines, maxRecordChars, maxOpenChars, silence, zone);
    }

    /**
     * When a record is whole whose last line came at a time, in milliseconds. On whole seconds, so that a stream has few timers
     * however many lines come: the same timer is kept once.
     */
    long silentAt(long time) {
        return Math.floorDiv(time + silence.toMillis(), 1_000) * 1_000;
    }
}
