package io.faultline.detect.match.story;

import io.faultline.settings.SettingsReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of one log of a story: a text as it is, or lines with times in which {@code {time:yyyy-MM-dd HH:mm:ss}} is the
 * line's time and {@code {n}} counts its repetitions from 1.
 */
final class StoryLines {

    private static final Pattern TIME = Pattern.compile("\\{time:([^}]+)}");

    private StoryLines() {}

    private record Line(Instant time, String text) {}

    static String text(SettingsReader log, Instant start) {
        if (!log.isList("lines")) {
            return log.requiredText("lines").stripTrailing() + "\n";
        }
        List<Line> lines = new ArrayList<>();
        for (SettingsReader written : log.list("lines")) {
            Duration at = written.duration("at", Duration.ZERO);
            Duration every = written.duration("every", Duration.ZERO);
            String line = written.requiredText("line");
            int times = written.number("times", 1, 1, 1_000_000);
            for (int i = 0; i < times; i++) {
                Instant time = start.plus(at).plus(every.multipliedBy(i));
                lines.add(new Line(time, filled(written, line, time, i + 1)));
            }
        }
        lines.sort(Comparator.comparing(Line::time));
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }

    private static String filled(SettingsReader reader, String line, Instant time, int number) {
        Matcher matcher = TIME.matcher(line.replace("{n}", Integer.toString(number)));
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(filled, Matcher.quoteReplacement(written(reader, matcher.group(1), time)));
        }
        return matcher.appendTail(filled).toString();
    }

    private static String written(SettingsReader reader, String pattern, Instant time) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                    .withZone(ZoneOffset.UTC)
                    .format(time);
        } catch (IllegalArgumentException | DateTimeException e) {
            reader.problem("line", "\"" + pattern + "\" is no pattern of a time: " + e.getMessage());
            return "";
        }
    }
}
