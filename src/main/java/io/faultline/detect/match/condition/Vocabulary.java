package io.faultline.detect.match.condition;

import io.faultline.model.AttributeNames;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.MeasureNames;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The names that a condition can use: those of docs/KINDS.md. A name that is not here is a misspelling. */
public final class Vocabulary {

    public static final Set<String> MEASURES = MeasureNames.all();

    public static final Set<String> ATTRIBUTES = AttributeNames.all();

    public static final Set<String> KINDS =
            Arrays.stream(EventKind.values()).map(EventKind::id).collect(Collectors.toCollection(TreeSet::new));

    public static final List<String> ENTITY =
            Arrays.stream(Entity.Level.values()).map(Entity.Level::fieldName).toList();

    /** The texts of an event beside its attributes and its entity. */
    static final Set<String> TEXTS = words("kind format message");

    /** Everything that stands alone in a condition. */
    public static final Set<String> TOP =
            words("kind format message severity measures attributes isNan isInf " + String.join(" ", ENTITY));

    private Vocabulary() {}

    private static Set<String> words(String text) {
        return new TreeSet<>(Arrays.asList(text.strip().split("\\s+", -1)));
    }
}
