package io.faultline.collect.source;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which files to read.
 *
 * @param paths the files in the order that breaks ties; {@code -} is standard input. Empty: no files are read
 * @param maxLineBytes a line of more bytes is rejected, not kept in memory
 * @param timeZone the zone of times that are written without one
 */
public record FilesSettings(List<String> paths, int maxLineBytes, ZoneId timeZone) implements Serializable {

    /** 1 MiB: the longest sensible lines seen, metric lines and JSON with stack traces, stay under 200 KiB. */
    public static final int MAX_LINE_BYTES = 1 << 20;

    public FilesSettings {
        paths = List.copyOf(paths);
    }

    public static FilesSettings defaults() {
        return of(List.of());
    }

    /** These files, with default limits. */
    public static FilesSettings of(List<String> paths) {
        return new FilesSettings(paths, MAX_LINE_BYTES, ZoneOffset.UTC);
    }

    /** The same files, read as written in a zone. */
    public FilesSettings in(ZoneId zone) {
        return new FilesSettings(paths, maxLineBytes, zone);
    }

    static FilesSettings read(SettingsReader reader) {
        return new FilesSettings(
                reader.texts("paths", List.of()),
                reader.number("max-line-bytes", MAX_LINE_BYTES, 1024, 64 * MAX_LINE_BYTES),
                ZoneOffset.UTC);
    }
}
