package io.faultline.collect.parse;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * {@code collect.parse}.
 *
 * @param timeZone {@code time-zone}: the zone of times that are written without one; as {@code UTC}, {@code +08:00} or
 *     {@code Europe/Paris}
 */
public record ParseSettings(ZoneId timeZone) implements Serializable {

    public static ParseSettings defaults() {
        return new ParseSettings(ZoneOffset.UTC);
    }

    public static ParseSettings read(SettingsReader reader) {
        String written = reader.text("time-zone", "UTC");
        try {
            // normalized() turns "UTC" into an offset, which is faster to apply than the rules of a region.
            return new ParseSettings(ZoneId.of(written).normalized());
        } catch (DateTimeException e) {
            reader.problem("time-zone", "\"" + written + "\" is not a time zone as UTC, +08:00 or Europe/Paris");
            return defaults();
        }
    }
}
