package io.faultline.collect.parse.user;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.user.ParserDefinition.Binding;
import io.faultline.collect.parse.user.ParserDefinition.KindRule;
import io.faultline.collect.parse.user.ParserDefinition.SeverityShape;
import io.faultline.collect.parse.user.ParserDefinition.Target;
import io.faultline.collect.parse.user.ParserDefinition.TimeShape;
import io.faultline.collect.parse.user.ParserDefinition.Word;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.MeasureNames;
import io.faultline.model.Severity;
import io.faultline.settings.NearestWord;
import io.faultline.settings.SettingsReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads and checks one parser file; what is wrong is told to its {@link SettingsReader}. */
final class ParserReader {

    private static final Set<String> LEVELS = new TreeSet<>(
            Arrays.stream(Entity.Level.values()).map(Entity.Level::fieldName).toList());

    private static final Set<String> KINDS =
            new TreeSet<>(Arrays.stream(EventKind.values()).map(EventKind::id).toList());

    /** When a test's line is seen, unless it says otherwise. */
    private static final String OBSERVED = "2026-03-02T00:00:00Z";

    private final String file;
    private final SettingsReader reader;
    private final Set<String> fields = new LinkedHashSet<>();

    ParserReader(String file, SettingsReader reader) {
        this.file = file;
        this.reader = reader;
    }

    ParserFile file() {
        String format = reader.requiredText("format");
        if (!format.isEmpty() && !Pattern.matches("[a-z0-9]+(?:-[a-z0-9]+)*", format)) {
            reader.problem("format", "\"" + format + "\" is not a name in small letters, digits and hyphens");
        }
        String title = reader.text("title", format);
        Family family = reader.choice("family", Family.GENERIC, Family.class);
        boolean first =
                "builtin".equals(oneOf("before", reader.text("before", "generic"), List.of("generic", "builtin")));
        SettingsReader when = reader.group("time");
        TimeShape time = time(when);
        List<LinePattern> patterns = patterns(time.layout());
        if (when.has("field")) {
            captured(when, "field", time.field());
        }
        SeverityShape severity = severity();
        List<Binding> bindings = bindings(time, severity);
        ParserDefinition definition =
                new ParserDefinition(file, format, title, family, first, patterns, time, severity, bindings, kinds());
        return new ParserFile(file, definition, tests());
    }

    private List<LinePattern> patterns(String layout) {
        PatternLibrary library = new PatternLibrary();
        if (!layout.isEmpty()) {
            // What the file's own layout writes is what TIMESTAMP means in it.
            library.add("TIMESTAMP", WrittenTime.regex(layout));
        }
        SettingsReader own = reader.group("patterns");
        for (String name : own.keys()) {
            library.add(name, own.text(name, ""));
        }
        own.keys().forEach(name -> library.check(name, problem -> own.problem(name, problem)));
        List<LinePattern> patterns = new ArrayList<>();
        for (String way : List.of("match", "pattern")) {
            if (reader.isGroup(way)) {
                reader.text(way, "");
                reader.problem(way, "begins with a brace that YAML takes for its own; put quotes around it");
                continue;
            }
            List<String> written = reader.texts(way, List.of());
            for (int i = 0; i < written.size(); i++) {
                String place = reader.isList(way) ? way + "[" + i + "]" : way;
                LinePattern pattern = way.equals("match")
                        ? library.match(written.get(i), problem -> reader.problem(place, problem))
                        : library.pattern(written.get(i), problem -> reader.problem(place, problem));
                if (pattern == null) {
                    // So that what is told of its fields is not all that a person sees.
                    fields.addAll(PatternLibrary.fieldsMeantIn(written.get(i)));
                } else {
                    patterns.add(pattern);
                    fields.addAll(pattern.compile().namedGroups().keySet());
                }
            }
        }
        if (!reader.has("match") && !reader.has("pattern")) {
            reader.problem("match", "is missing; a text with {NAME:field} in it, or a pattern in RE2's syntax");
        }
        return patterns;
    }

    private static TimeShape time(SettingsReader time) {
        String field = time.text("field", ParserDefinition.TIME);
        String layout = time.text("layout", "");
        String zone = time.text("zone", "");
        TimeShape shape = new TimeShape(field, layout, zone);
        try {
            WrittenTime.layout(layout);
        } catch (IllegalArgumentException e) {
            time.problem("layout", e.getMessage() + "; dd/MM/yyyy HH:mm:ss would be right");
            shape = new TimeShape(field, "", zone);
        }
        try {
            WrittenTime.inUtc(shape);
        } catch (DateTimeException e) {
            time.problem(
                    "zone",
                    "\"" + zone + "\" is no time zone as UTC, +08:00 or Europe/Paris"
                            + NearestWord.hint(zone, ZoneId.getAvailableZoneIds()));
        }
        return shape;
    }

    private SeverityShape severity() {
        if (!reader.isGroup("severity")) {
            String fixed = reader.text("severity", "");
            Severity severity = fixed.isEmpty() ? null : severity(reader, "severity", fixed);
            return new SeverityShape(ParserDefinition.LEVEL, List.of(), severity);
        }
        SettingsReader group = reader.group("severity");
        String field = group.text("field", ParserDefinition.LEVEL);
        captured(group, "field", field);
        List<Word> words = new ArrayList<>();
        SettingsReader own = group.group("words");
        for (String word : own.keys()) {
            Severity severity = severity(own, word, own.text(word, ""));
            if (severity != null) {
                words.add(new Word(word, severity));
            }
        }
        return new SeverityShape(field, words, null);
    }

    private static @Nullable Severity severity(SettingsReader where, String key, String written) {
        List<String> names = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            String name = severity.name().toLowerCase(Locale.ROOT);
            if (name.equals(written.toLowerCase(Locale.ROOT))) {
                return severity;
            }
            names.add(name);
        }
        where.problem(
                key,
                "\"" + written + "\" is not one of " + String.join(", ", names) + NearestWord.hint(written, names));
        return null;
    }

    /** What the file maps, then every other field by its own name. */
    private List<Binding> bindings(TimeShape time, SeverityShape severity) {
        List<Binding> bindings = new ArrayList<>();
        measures(bindings);
        SettingsReader entity = reader.group("entity");
        for (String level : entity.keys()) {
            String field = entity.text(level, "");
            if (!LEVELS.contains(level)) {
                entity.problem(
                        level,
                        "is no part of an entity" + NearestWord.hint(level, LEVELS) + "; there are "
                                + String.join(", ", LEVELS));
            } else if (captured(entity, level, field)) {
                bindings.add(new Binding(field, Target.ENTITY, level, ""));
            }
        }
        attributes(bindings);
        Set<String> done = new LinkedHashSet<>(List.of(time.field(), severity.field(), ParserDefinition.MESSAGE));
        bindings.forEach(binding -> done.add(binding.field()));
        for (String field : fields) {
            if (!done.contains(field)) {
                Target target = LEVELS.contains(field)
                        ? Target.ENTITY
                        : MeasureNames.contains(field) ? Target.MEASURE : Target.ATTRIBUTE;
                bindings.add(new Binding(field, target, field, ""));
            }
        }
        return bindings;
    }

    private void measures(List<Binding> bindings) {
        SettingsReader measures = reader.group("measures");
        for (String name : measures.keys()) {
            String field;
            String unit = "";
            if (measures.isGroup(name)) {
                SettingsReader one = measures.group(name);
                field = one.text("from", name);
                unit = one.text("unit", "");
                captured(one, "from", field);
                Set<String> units = Quantities.unitsOf(name).keySet();
                if (!unit.isEmpty() && !units.contains(unit)) {
                    one.problem(
                            "unit",
                            "\"" + unit + "\" is no unit of " + name + NearestWord.hint(unit, units) + "; there are "
                                    + String.join(", ", units));
                }
            } else {
                field = measures.text(name, "");
                captured(measures, name, field);
            }
            if (!MeasureNames.contains(name)) {
                measures.problem(
                        name,
                        "is no measure" + NearestWord.hint(name, MeasureNames.all())
                                + "; docs/KINDS.md has the names, any other is an attribute");
            }
            bindings.add(new Binding(field, Target.MEASURE, name, unit));
        }
    }

    /** {@code attributes: [host]} or {@code attributes: {client.name: host}}. */
    private void attributes(List<Binding> bindings) {
        if (!reader.isGroup("attributes")) {
            List<String> names = reader.texts("attributes", List.of());
            for (int i = 0; i < names.size(); i++) {
                if (captured(reader, "attributes[" + i + "]", names.get(i))) {
                    bindings.add(new Binding(names.get(i), Target.ATTRIBUTE, names.get(i), ""));
                }
            }
            return;
        }
        SettingsReader attributes = reader.group("attributes");
        for (String key : attributes.keys()) {
            String field = attributes.text(key, "");
            if (captured(attributes, key, field)) {
                bindings.add(new Binding(field, Target.ATTRIBUTE, key, ""));
            }
        }
    }

    private List<KindRule> kinds() {
        List<KindRule> rules = new ArrayList<>();
        for (SettingsReader rule : reader.list("kinds")) {
            List<Condition> when = new ArrayList<>();
            SettingsReader conditions = rule.group("when");
            for (String field : conditions.keys()) {
                if (!field.equals(ParserDefinition.MESSAGE)) {
                    captured(conditions, field, field);
                }
                when.add(condition(conditions, field));
            }
            if (!rule.has("kind")) {
                rule.problem("kind", "is missing");
            }
            String written = rule.text("severity", "");
            rules.add(new KindRule(
                    when,
                    kind(rule, rule.text("kind", "log.other")),
                    written.isEmpty() ? null : severity(rule, "severity", written)));
        }
        if (reader.has("kind")) {
            rules.add(new KindRule(List.of(), kind(reader, reader.text("kind", "log.other")), null));
        }
        return rules;
    }

    private static Condition condition(SettingsReader conditions, String field) {
        double least = Double.NEGATIVE_INFINITY;
        double most = Double.POSITIVE_INFINITY;
        if (!conditions.isGroup(field)) {
            return new Condition(field, conditions.texts(field, List.of()), "", least, most, true);
        }
        SettingsReader group = conditions.group(field);
        String matches = group.text("matches", "");
        try {
            Pattern.compile(matches);
        } catch (PatternSyntaxException e) {
            group.problem("matches", "is no RE2 pattern: " + e.getMessage());
            matches = "";
        }
        return new Condition(
                field,
                List.of(),
                matches,
                group.decimal("from", least, -Double.MAX_VALUE, Double.MAX_VALUE),
                group.decimal("below", most, -Double.MAX_VALUE, Double.MAX_VALUE),
                group.flag("present", true));
    }

    private static EventKind kind(SettingsReader where, String written) {
        EventKind kind = EventKind.ofId(written);
        if (kind == null) {
            where.problem(
                    "kind",
                    "\"" + written + "\" is no kind" + NearestWord.hint(written, KINDS) + "; docs/KINDS.md has them");
            return EventKind.LOG_OTHER;
        }
        return kind;
    }

    private List<ParserTest> tests() {
        List<ParserTest> tests = new ArrayList<>();
        for (SettingsReader test : reader.list("tests")) {
            String line = test.requiredText("line");
            Instant observed = instant(test, "observed", test.text("observed", OBSERVED));
            if (test.isGroup("event")) {
                tests.add(new ParserTest(test.path(), line, observed, expected(test.group("event"))));
                continue;
            }
            if (!test.text("event", "").equals("none")) {
                test.problem("event", "is neither \"none\" nor a group of what the event must have");
            }
            tests.add(new ParserTest(test.path(), line, observed, null));
        }
        if (tests.stream().noneMatch(test -> test.expected() != null)) {
            reader.problem("tests", "has no line that the parser must read; a parser without one proves nothing");
        }
        return tests;
    }

    private static ParserTest.Expected expected(SettingsReader event) {
        String kind = optional(event, "kind");
        String timestamp = optional(event, "timestamp");
        String severity = optional(event, "severity");
        if (kind != null) {
            kind(event, kind);
        }
        if (timestamp != null) {
            timestamp = instant(event, "timestamp", timestamp).toString();
        }
        if (severity != null) {
            severity(event, "severity", severity);
        }
        Map<String, String> measures = map(event, "measures");
        if (measures != null) {
            for (String name : measures.keySet()) {
                if (!MeasureNames.contains(name)) {
                    event.problem("measures." + name, "is no measure" + NearestWord.hint(name, MeasureNames.all()));
                }
            }
        }
        return new ParserTest.Expected(
                kind,
                timestamp,
                severity,
                optional(event, "message"),
                measures,
                map(event, "entity"),
                map(event, "attributes"));
    }

    private static @Nullable String optional(SettingsReader reader, String key) {
        String text = reader.text(key, "");
        return reader.has(key) ? text : null;
    }

    private static @Nullable Map<String, String> map(SettingsReader reader, String key) {
        SettingsReader group = reader.group(key);
        Map<String, String> map = new LinkedHashMap<>();
        group.keys().forEach(name -> map.put(name, group.text(name, "")));
        return reader.has(key) ? map : null;
    }

    private static Instant instant(SettingsReader reader, String key, String written) {
        try {
            return Instant.parse(written);
        } catch (DateTimeException e) {
            reader.problem(key, "\"" + written + "\" is no time as " + OBSERVED);
            return Instant.EPOCH;
        }
    }

    private boolean captured(SettingsReader where, String key, String field) {
        boolean captured = fields.contains(field);
        if (!captured) {
            where.problem(key, "no pattern captures a field \"" + field + "\"" + NearestWord.hint(field, fields));
        }
        return captured;
    }

    private String oneOf(String key, String written, List<String> accepted) {
        if (!accepted.contains(written)) {
            reader.problem(
                    key,
                    "\"" + written + "\" is not one of " + String.join(", ", accepted)
                            + NearestWord.hint(written, accepted));
        }
        return written;
    }
}
