package io.faultline.collect.parse.user;

import io.faultline.collect.parse.format.Family;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a parser file says, checked and with its sub-patterns written out; it travels to where lines are read and is
 * compiled there.
 *
 * @param file where it was read from
 * @param format the name its events carry
 * @param beforeBuiltIn whether it is asked before the built-in parsers, not only after those with a head of their own
 * @param patterns tried in order
 * @param bindings where the captured fields go
 * @param kinds the first whose conditions hold decides
 */
public record ParserDefinition(
        String file,
        String format,
        String title,
        Family family,
        boolean beforeBuiltIn,
        List<LinePattern> patterns,
        TimeShape time,
        SeverityShape severity,
        List<Binding> bindings,
        List<KindRule> kinds)
        implements Serializable {

    /** The field that holds the time, unless the file names another. */
    static final String TIME = "time";

    /** The field that holds the severity, unless the file names another. */
    static final String LEVEL = "level";

    /** The field that becomes the event's message; without it the whole record does. */
    static final String MESSAGE = "message";

    public ParserDefinition {
        patterns = List.copyOf(patterns);
        bindings = List.copyOf(bindings);
        kinds = List.copyOf(kinds);
    }

    /**
     * How the time is written.
     *
     * @param layout in the letters of {@link java.time.format.DateTimeFormatter}; empty for the shapes that Faultline knows
     * @param zone of times that are written without one; empty for that of {@code collect.parse.time-zone}
     */
    public record TimeShape(String field, String layout, String zone) implements Serializable {}

    /**
     * How the severity is written.
     *
     * @param words what the format's own words mean, before those that Faultline knows
     * @param fixed the severity of every line; null where a field tells it
     */
    public record SeverityShape(String field, List<Word> words, @Nullable Severity fixed) implements Serializable {
        public SeverityShape {
            words = List.copyOf(words);
        }
    }

    /** One word of a format for a severity. */
    public record Word(String text, Severity severity) implements Serializable {}

    /** What a field becomes. */
    public enum Target {
        MEASURE,
        ENTITY,
        ATTRIBUTE
    }

    /**
     * A field and what it becomes.
     *
     * @param name of the measure, the part of the entity or the attribute
     * @param unit of a number that is written without one; empty where there is none
     */
    public record Binding(String field, Target target, String name, String unit) implements Serializable {

        Entity.Level level() {
            return Entity.Level.ofField(name);
        }
    }

    /**
     * A kind and when it is meant.
     *
     * @param when all must hold; none always does
     * @param severity graded by content; null leaves the written one
     */
    public record KindRule(List<Condition> when, EventKind kind, @Nullable Severity severity) implements Serializable {
        public KindRule {
            when = List.copyOf(when);
        }
    }
}
