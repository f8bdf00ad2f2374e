package io.faultline.detect.match.rule;

import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.settings.Accepted;
import io.faultline.settings.SettingsReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A rule's fields, with its texts in CEL checked as they are read. */
final class PatternReader {

    private final SettingsReader reader;
    private final ConditionCompiler conditions;
    private final Constants constants;

    PatternReader(SettingsReader reader, ConditionCompiler conditions, Constants constants) {
        this.reader = reader;
        this.conditions = conditions;
        this.constants = constants;
    }

    /** A condition; empty where it is not given. */
    String condition(String key) {
        return condition(key, reader.text(key, ""));
    }

    /** As {@link #condition(String)}, with another in its place where it is not given. */
    String conditionOr(String key, String absent) {
        return condition(key, reader.text(key, absent));
    }

    String required(String key) {
        return condition(key, reader.requiredText(key));
    }

    /** Conditions in a list; a single one needs none. */
    List<String> conditions(String key) {
        return reader.texts(key, List.of()).stream()
                .map(text -> condition(key, text))
                .toList();
    }

    private String condition(String key, String written) {
        return checked(key, written, conditions::compile);
    }

    /** The text with its constants; each problem is told once, those of the constants alone where there are some. */
    private String checked(String key, String written, BiConsumer<String, Consumer<String>> compile) {
        List<String> problems = new ArrayList<>();
        String text = constants.into(written, problems::add);
        if (!text.isBlank() && problems.isEmpty()) {
            compile.accept(text, problems::add);
        }
        problems.forEach(problem -> reader.problem(key, problem));
        return text;
    }

    /** An expression whose value is a number. */
    String requiredNumber(String key) {
        return checked(key, reader.requiredText(key), conditions::compileNumber);
    }

    /** As {@link #requiredNumber}; empty where it is not given. */
    String number(String key) {
        return numberOr(key, "");
    }

    String numberOr(String key, String absent) {
        return reader.has(key) ? requiredNumber(key) : reader.text(key, absent);
    }

    /** An expression whose value is a text. */
    String requiredField(String key) {
        return checked(key, reader.requiredText(key), conditions::compileText);
    }

    String requiredText(String key) {
        return reader.requiredText(key);
    }

    String text(String key, String fallback) {
        return reader.text(key, fallback);
    }

    <E extends Enum<E>> E choice(String key, E fallback, Class<E> type) {
        return reader.choice(key, fallback, type);
    }

    String text(String key, String fallback, Accepted.Form form) {
        return reader.text(key, fallback, form);
    }

    int number(String key, int fallback, int least, int most) {
        return reader.number(key, fallback, least, most);
    }

    double decimal(String key, double fallback, double least, double most) {
        return reader.decimal(key, fallback, least, most);
    }

    boolean flag(String key, boolean fallback) {
        return reader.flag(key, fallback);
    }

    Duration duration(String key, Duration fallback) {
        return reader.duration(key, fallback);
    }

    /** A number that must be there. */
    int requiredCount(String key, int least, int most) {
        require(key);
        return reader.number(key, least, least, most);
    }

    /** A duration that must be there and be longer than nothing. */
    Duration requiredDuration(String key) {
        require(key);
        Duration duration = reader.duration(key, Duration.ZERO);
        if (reader.has(key) && duration.isZero()) {
            reader.problem(key, "must be longer than nothing");
        }
        return duration;
    }

    /** A duration that is longer than nothing. */
    Duration positive(String key, Duration absent) {
        Duration duration = reader.duration(key, absent);
        if (duration.isZero()) {
            reader.problem(key, "must be longer than nothing");
            return absent;
        }
        return duration;
    }

    /** Tells where a field that must be there is not. */
    boolean require(String key) {
        return reader.require(key);
    }

    List<String> texts(String key) {
        return List.copyOf(reader.texts(key, List.of()));
    }

    boolean has(String key) {
        return reader.has(key);
    }

    PatternReader group(String key) {
        return new PatternReader(reader.group(key), conditions, constants);
    }

    List<PatternReader> list(String key) {
        return reader.list(key).stream()
                .map(element -> new PatternReader(element, conditions, constants))
                .toList();
    }

    void problem(String key, String text) {
        reader.problem(key, text);
    }
}
