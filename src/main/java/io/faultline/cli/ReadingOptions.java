package io.faultline.cli;

import io.faultline.collect.parse.ParseSettings;
import io.faultline.settings.Problems;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that reads log files. */
final class ReadingOptions {

    @Option(
            names = TimeZones.OPTION,
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Zone of times that are written without one (default: UTC).")
    private String timeZone = "UTC";

    @Option(
            names = "--parsers",
            paramLabel = "PATH",
            description = "Use a parser file too, or those of a directory; may come again.")
    private List<Path> parsers = List.of();

    @Option(names = "--strict", description = "Exit with 1 when any input was rejected.")
    private boolean strict;

    @Option(names = "--no-progress", description = "Show no progress bar.")
    private boolean noProgress;

    /** All of them as the parse step wants them; what is wrong is put to the problems. */
    ParseSettings settings(Problems problems) {
        ZoneId zone = TimeZones.read(timeZone, problems);
        return new ParseSettings(zone.normalized(), ParseSettings.parsersOf(parsers, problems));
    }

    ZoneId timeZone(Problems problems) {
        return TimeZones.read(timeZone, problems);
    }

    List<Path> parsers() {
        return parsers;
    }

    boolean strict() {
        return strict;
    }

    boolean progress() {
        return !noProgress;
    }
}
