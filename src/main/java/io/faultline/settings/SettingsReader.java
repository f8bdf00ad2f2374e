package io.faultline.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values from one group of a YAML tree. Every getter names its key and its default; a wrong value is put to
 * the {@link Problems} and the default is returned, so that reading goes on. {@link #finish()} tells keys that nobody
 * asked for, with the nearest known one.
 */
public final class SettingsReader {

    private final JsonNode node;
    private final String path;
    private final Problems problems;
    private final Map<String, String> environment;
    private final Known known;
    private final Path home;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<SettingsReader> groups = new ArrayList<>();

    public SettingsReader(JsonNode node, Problems problems, Map<String, String> environment) {
        this(node, "", problems, environment, new Known(false), Path.of(""));
    }

    /**
     * @param file what the tree was read from: files that it names may lie beside it
     */
    public SettingsReader(JsonNode node, Problems problems, Map<String, String> environment, Path file) {
        this(node, "", problems, environment, new Known(false), file.resolveSibling(""));
    }

    private SettingsReader(
            JsonNode node, String path, Problems problems, Map<String, String> environment, Known known, Path home) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        this.environment = environment;
        this.known = known;
        this.home = home;
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            problems.add(path.isEmpty() ? "(top)" : path, "is " + describe(node) + ", not a group of settings");
        }
    }

    /** What was asked for by all readers of one tree. */
    private record Known(Set<KnownSetting> settings, Set<String> required, boolean everyList) {

        Known(boolean everyList) {
            this(new LinkedHashSet<>(), new LinkedHashSet<>(), everyList);
        }
    }

    /**
     * A reader for what else could be written: each list that is absent has one empty element, so that its fields are asked
     * for too.
     */
    public static SettingsReader ofAll(JsonNode node) {
        return new SettingsReader(node, "", new Problems(), Map.of(), new Known(true), Path.of(""));
    }

    /** A group below this one; empty where the file does not have it. */
    public SettingsReader group(String key) {
        SettingsReader group = new SettingsReader(take(key), join(key), problems, environment, known, home);
        groups.add(group);
        return group;
    }

    /** The groups of a list below this one: {@code receivers[0]}, {@code receivers[1]}, … */
    public List<SettingsReader> list(String key) {
        JsonNode value = take(key);
        List<SettingsReader> list = new ArrayList<>();
        if (isAbsent(value) && !known.everyList()) {
            return list;
        }
        if (isAbsent(value)) {
            value = JsonNodeFactory.instance.arrayNode().add(MissingNode.getInstance());
        }
        if (!value.isArray()) {
            problems.add(join(key), "is " + describe(value) + ", not a list");
            return list;
        }
        for (int i = 0; i < value.size(); i++) {
            list.add(new SettingsReader(value.get(i), join(key) + "[" + i + "]", problems, environment, known, home));
        }
        groups.addAll(list);
        return list;
    }

    public boolean has(String key) {
        return !isAbsent(node.path(key));
    }

    /** Whether a group stands under a key, where one value might stand as well. */
    public boolean isGroup(String key) {
        return node.path(key).isObject();
    }

    /** Whether a list stands under a key, where one value might stand as well. */
    public boolean isList(String key) {
        return node.path(key).isArray();
    }

    /** The keys of a group whose keys are names that a person chose. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** A value under a key that a person chose; null where the conversion gives null. */
    public <T> @Nullable T value(String key, Function<JsonNode, @Nullable T> convert) {
        return convert.apply(take(key));
    }

    public String text(String key, String absent) {
        return read(key, absent, new Accepted.Text(), SettingsReader::text);
    }

    /** A text of one form. */
    public String text(String key, String absent, Accepted.Form form) {
        return read(key, absent, form, value -> {
            String text = text(value);
            return text != null && form.form().matcher(text).matches() ? text : null;
        });
    }

    /** A text that must be there. */
    public String requiredText(String key) {
        know(key, new Accepted.Text(), "-");
        return require(key) ? convert(key, "", new Accepted.Text(), SettingsReader::text) : "";
    }

    /** Tells where a value that must be there is not. */
    public boolean require(String key) {
        asked.add(key);
        known.required().add(general(key));
        if (!has(key)) {
            problems.add(join(key), "is missing");
        }
        return has(key);
    }

    public List<String> texts(String key, List<String> absent) {
        return read(key, absent, new Accepted.Texts(), value -> {
            if (value.isTextual()) {
                return List.of(value.asText());
            }
            if (!value.isArray()) {
                return null;
            }
            List<String> texts = new ArrayList<>();
            value.forEach(element -> texts.add(text(element)));
            return texts.contains(null) ? null : texts;
        });
    }

    public boolean flag(String key, boolean absent) {
        return read(key, absent, new Accepted.Flag(), value -> value.isBoolean() ? value.booleanValue() : null);
    }

    public int number(String key, int absent, int min, int max) {
        return read(key, absent, new Accepted.Whole(min, max), value -> {
            boolean fits = value.canConvertToInt() && value.isIntegralNumber();
            return fits && value.intValue() >= min && value.intValue() <= max ? value.intValue() : null;
        });
    }

    public double decimal(String key, double absent, double min, double max) {
        return read(key, absent, new Accepted.Decimal(min, max), value -> {
            boolean fits = value.isNumber() && value.doubleValue() >= min && value.doubleValue() <= max;
            return fits ? value.doubleValue() : null;
        });
    }

    /** A duration as {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 7d} or ISO-8601. */
    public Duration duration(String key, Duration absent) {
        return read(key, absent, new Accepted.Time(), value -> duration(value.asText()));
    }

    public <E extends Enum<E>> E choice(String key, E absent, Class<E> type) {
        return read(key, absent, new Accepted.Choice(ids(type)), value -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> id(constant).equals(value.asText()))
                .findFirst()
                .orElse(null));
    }

    /** A secret from the environment variable that {@code key-env} names, or from the file that {@code key-file} names. */
    public Secret secret(String key) {
        String variable = text(key + "-env", "");
        String file = text(key + "-file", "");
        if (has(key)) {
            asked.add(key);
            problems.add(join(key), "a secret does not belong into this file; set " + key + "-env or " + key + "-file");
        }
        if (!variable.isEmpty()) {
            String value = environment.get(variable);
            if (value == null) {
                problems.add(join(key + "-env"), "the environment variable " + variable + " is not set");
            }
            return new Secret(value == null ? "" : value);
        }
        return file.isEmpty() ? new Secret("") : readFile(key, file);
    }

    /** Tells unknown keys of this group and all below it; called once, on the outermost reader. */
    public void finish() {
        node.fieldNames().forEachRemaining(key -> {
            if (!asked.contains(key)) {
                problems.add(join(key), "unknown" + NearestWord.hint(key, asked));
            }
        });
        groups.forEach(SettingsReader::finish);
    }

    /** Tells a problem with a key of this group that only its reader can see. */
    public void problem(String key, String text) {
        problems.add(join(key), text);
    }

    /** Every setting that was asked for here, above and below, in the order of asking. */
    public Set<KnownSetting> known() {
        return Collections.unmodifiableSet(known.settings());
    }

    /** The paths of those that must be there. */
    public Set<String> required() {
        return Collections.unmodifiableSet(known.required());
    }

    /** A file by its path, which may be relative to the directory of these settings. */
    public Path beside(String file) {
        return home.resolve(file);
    }

    /** {@code detect.score}; empty at the top. */
    public String path() {
        return path;
    }

    private Secret readFile(String key, String file) {
        try {
            return new Secret(
                    java.nio.file.Files.readString(java.nio.file.Path.of(file)).strip());
        } catch (java.io.IOException e) {
            problems.add(
                    join(key + "-file"),
                    "can not read " + file + " (" + e.getClass().getSimpleName() + ")");
            return new Secret("");
        }
    }

    private <T> T read(String key, T absent, Accepted accepted, Function<JsonNode, @Nullable T> convert) {
        know(key, accepted, written(absent));
        return convert(key, absent, accepted, convert);
    }

    private <T> T convert(String key, T absent, Accepted accepted, Function<JsonNode, @Nullable T> convert) {
        JsonNode value = take(key);
        if (isAbsent(value)) {
            return absent;
        }
        T converted = convert.apply(value);
        if (converted == null) {
            problems.add(join(key), describe(value) + " is not " + accepted);
            return absent;
        }
        return converted;
    }

    private void know(String key, Accepted accepted, String absent) {
        known.settings().add(new KnownSetting(general(key), accepted, absent));
    }

    private String general(String key) {
        return join(key).replaceAll("\\[\\d+]", "[]");
    }

    private JsonNode take(String key) {
        asked.add(key);
        return node.isObject() ? node.path(key) : MissingNode.getInstance();
    }

    private String join(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String describe(JsonNode value) {
        return value.isContainerNode() ? (value.isArray() ? "a list" : "a group") : "\"" + value.asText() + "\"";
    }

    private static @Nullable String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : null;
    }

    private static String written(Object value) {
        if (value instanceof Enum<?> constant) {
            return id(constant);
        }
        return value instanceof Duration duration ? Durations.text(duration) : value.toString();
    }

    private static <E extends Enum<E>> List<String> ids(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(SettingsReader::id).toList();
    }

    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }
}
