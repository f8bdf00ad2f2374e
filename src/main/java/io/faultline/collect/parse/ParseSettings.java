package io.faultline.collect.parse;

import io.faultline.collect.parse.user.ParserDefinition;
import io.faultline.collect.parse.user.ParserFile;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * {@code collect.parse}.
 *
 * @param timeZone {@code time-zone}: the zone of times that are written without one; as {@code UTC}, {@code +08:00} or
 *     {@code Europe/Paris}
 * @param parsers {@code parsers}: what the parser files say, or those of the directories, that the setting names; read
 *     once, where the job is submitted
 */
public record ParseSettings(ZoneId timeZone, List<ParserDefinition> parsers) implements Serializable {

    public ParseSettings {
        parsers = List.copyOf(parsers);
    }

    /** Without user parsers. */
    public ParseSettings(ZoneId timeZone) {
        this(timeZone, List.of());
    }

    public static ParseSettings defaults() {
        return new ParseSettings(ZoneOffset.UTC);
    }

    public static ParseSettings read(SettingsReader reader) {
        Problems problems = new Problems();
        List<Path> paths =
                reader.texts("parsers", List.of()).stream().map(Path::of).toList();
        List<ParserDefinition> parsers = parsersOf(paths, problems);
        problems.all().forEach(problem -> reader.problem("parsers", problem));
        String written = reader.text("time-zone", "UTC");
        try {
            // normalized() turns "UTC" into an offset, which is faster to apply than the rules of a region.
            return new ParseSettings(ZoneId.of(written).normalized(), problems.isEmpty() ? parsers : List.of());
        } catch (DateTimeException e) {
            reader.problem("time-zone", "\"" + written + "\" is not a time zone as UTC, +08:00 or Europe/Paris");
            return defaults();
        }
    }

    /** The definitions of parser files, or of all files of directories; not to be used where there are problems. */
    public static List<ParserDefinition> parsersOf(List<Path> paths, Problems problems) {
        return parserFiles(paths, problems).stream().map(ParserFile::definition).toList();
    }

    /** The same with the tests that the files bring. */
    public static List<ParserFile> parserFiles(List<Path> paths, Problems problems) {
        List<ParserFile> files = ParserFile.read(paths, problems);
        if (!files.isEmpty()) {
            List<String> builtIn = new LineParser(defaults()).formats();
            for (ParserFile file : files) {
                String format = file.definition().format();
                if (builtIn.contains(format) || format.equals(LineParser.UNKNOWN_FORMAT)) {
                    problems.add(file.name(), "format: \"" + format + "\" is a built-in format; choose another name");
                }
            }
        }
        return files;
    }
}
