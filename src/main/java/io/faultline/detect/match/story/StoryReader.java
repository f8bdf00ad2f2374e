package io.faultline.detect.match.story;

import io.faultline.detect.match.condition.Vocabulary;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.settings.CheckedYaml;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads stories; all that is wrong with a file is told at once, each with its line. */
public final class StoryReader {

    private static final Duration LONG_ENOUGH = Duration.ofHours(1);
    private static final int INFO = 9;

    private final LineSource lines;

    public StoryReader(LineSource lines) {
        this.lines = lines;
    }

    /** The stories of the shipped rules, as texts. */
    public static List<RuleFile> shipped() {
        List<RuleFile> files = new ArrayList<>();
        for (String id : RuleSet.shippedIds()) {
            try (InputStream in = StoryReader.class.getResourceAsStream("/rules/stories/" + id + ".yaml")) {
                if (in != null) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    files.add(new RuleFile("rules/stories/" + id + ".yaml", text));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    /** The stories beside a directory's rules, in its folder {@code stories}; none where there is no such folder. */
    public static List<RuleFile> beside(Path rules, Problems problems) {
        Path folder = rules.resolve("stories");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            return RuleFile.in(folder);
        } catch (IOException e) {
            problems.add(folder.toString(), "can not be read: " + e);
            return List.of();
        }
    }

    /**
     * Reads one file; where there are problems what comes back is not to be used.
     *
     * @param problems gets {@code stories/x.yaml:LINE: path: text}
     */
    public List<Story> read(RuleFile file, Problems problems) {
        return CheckedYaml.readAll(
                file.name(), file.text(), problems, (place, reader) -> story(file.stem(), place, reader));
    }

    private Story story(String rule, String place, SettingsReader reader) {
        String title = reader.requiredText("story");
        Instant start = instant(reader, "start");
        Map<String, String> common = entity(reader, "entity");
        List<LogEvent> events = new ArrayList<>();
        for (SettingsReader written : reader.list("events")) {
            addEvents(written, start, common, events);
        }
        Map<String, String> logs = new LinkedHashMap<>();
        for (SettingsReader log : reader.list("logs")) {
            logs.merge(log.requiredText("file"), StoryLines.text(log, start), String::concat);
        }
        if (events.isEmpty() && logs.isEmpty()) {
            reader.problem("story", "has neither events nor logs");
        }
        if (!logs.isEmpty()) {
            events.addAll(lines.read(logs, start.plus(reader.duration("until", LONG_ENOUGH))));
        }
        events.sort(Comparator.comparing(LogEvent::timestamp));
        Duration last = events.isEmpty()
                ? Duration.ZERO
                : Duration.between(start, events.get(events.size() - 1).timestamp());
        Duration until = reader.duration("until", last.plus(LONG_ENOUGH));
        return new Story(rule, title, place, start, events, until, alerts(reader));
    }

    private static List<ExpectedAlert> alerts(SettingsReader reader) {
        List<ExpectedAlert> alerts = new ArrayList<>();
        for (SettingsReader alert : reader.list("alerts")) {
            alerts.add(new ExpectedAlert(
                    alert.requiredText("rule"),
                    alert.requiredText("group"),
                    alert.duration("starts", Duration.ZERO),
                    alert.has("at") ? alert.duration("at", Duration.ZERO) : null,
                    alert.has("ends") ? ends(alert) : null,
                    alert.text("cause", "")));
        }
        return alerts;
    }

    private static Duration ends(SettingsReader alert) {
        return alert.text("ends", "").equals("never") ? ExpectedAlert.NEVER : alert.duration("ends", Duration.ZERO);
    }

    private static void addEvents(
            SettingsReader written, Instant start, Map<String, String> common, List<LogEvent> events) {
        Duration at = written.duration("at", Duration.ZERO);
        Duration every = written.duration("every", Duration.ZERO);
        int times = written.number("times", 1, 1, 1_000_000);
        EventKind kind = kind(written);
        Map<String, String> parts = new LinkedHashMap<>(common);
        parts.putAll(entity(written, "entity"));
        Entity entity = Entity.UNKNOWN;
        for (var part : parts.entrySet()) {
            entity = entity.with(Entity.Level.ofField(part.getKey()), part.getValue());
        }
        Measures measures = measures(written);
        Attributes attributes = attributes(written);
        int severity = written.number("severity", INFO, 1, 24);
        String message = written.text("message", "");
        String format = written.text("format", "story");
        for (int i = 0; i < times; i++) {
            Instant time = start.plus(at).plus(every.multipliedBy(i));
            int line = events.size() + 1;
            events.add(new LogEvent(
                    time,
                    time,
                    severity,
                    "",
                    message.isEmpty() ? "line " + line : message,
                    format,
                    kind,
                    entity,
                    measures,
                    attributes,
                    "",
                    0,
                    Origin.file("story.log", line)));
        }
    }

    private static EventKind kind(SettingsReader reader) {
        String id = reader.requiredText("kind");
        EventKind kind = EventKind.ofId(id);
        if (kind == null) {
            unknown(reader, "kind", id, Vocabulary.KINDS);
        }
        return kind == null ? EventKind.LOG_OTHER : kind;
    }

    private static Measures measures(SettingsReader reader) {
        SettingsReader group = reader.group("measures");
        Measures.Builder measures = Measures.builder();
        for (String name : group.keys()) {
            String value = group.text(name, "");
            if (!Vocabulary.MEASURES.contains(name)) {
                unknown(group, name, name, Vocabulary.MEASURES);
            }
            try {
                measures.put(name, Double.parseDouble(value));
            } catch (NumberFormatException e) {
                group.problem(name, "\"" + value + "\" is not a number");
            }
        }
        return measures.build();
    }

    private static Attributes attributes(SettingsReader reader) {
        SettingsReader group = reader.group("attributes");
        Map<String, String> attributes = new LinkedHashMap<>();
        group.keys().forEach(name -> attributes.put(name, group.text(name, "")));
        return Attributes.of(attributes);
    }

    private static Map<String, String> entity(SettingsReader reader, String key) {
        SettingsReader group = reader.group(key);
        Map<String, String> parts = new LinkedHashMap<>();
        for (String name : group.keys()) {
            String value = group.text(name, "");
            if (Vocabulary.ENTITY.contains(name)) {
                parts.put(name, value);
            } else {
                unknown(group, name, name, Vocabulary.ENTITY);
            }
        }
        return parts;
    }

    private static Instant instant(SettingsReader reader, String key) {
        String text = reader.text(key, Story.START.toString());
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            reader.problem(key, "\"" + text + "\" is not a time as " + Story.START);
            return Story.START;
        }
    }

    private static void unknown(SettingsReader reader, String key, String word, Collection<String> known) {
        reader.problem(key, "unknown word \"" + word + "\"" + NearestWord.hint(word, known));
    }
}
