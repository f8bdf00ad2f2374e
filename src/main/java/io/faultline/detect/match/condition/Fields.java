package io.faultline.detect.match.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.faultline.model.Entity;
import io.faultline.model.LogEvent;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The fields of an event by the names that conditions give them. */
public final class Fields {

    private static final String MEASURES = "measures.";
    private static final String ATTRIBUTES = "attributes.";

    private Fields() {}

    /** A field that is a text; empty where the event does not have it. */
    public static Text text(String field) {
        if (field.startsWith(ATTRIBUTES)) {
            String name = field.substring(ATTRIBUTES.length());
            return event -> orEmpty(event.attributes().get(name));
        }
        return switch (field) {
            case "kind" -> event -> event.kind().id();
            case "format" -> LogEvent::format;
            case "message" -> LogEvent::message;
            default -> {
                Entity.Level level = Entity.Level.ofField(field);
                yield event -> orEmpty(event.entity().get(level));
            }
        };
    }

    /** A field that is a number. */
    public static Quantity number(String field) {
        if (field.equals("severity")) {
            return LogEvent::severityNumber;
        }
        String name = field.substring(MEASURES.length());
        return new Quantity() {
            @Override
            public double of(LogEvent event) {
                return event.measures().getOr(name, Double.NaN);
            }

            @Override
            public boolean known(LogEvent event) {
                return event.measures().has(name);
            }
        };
    }

    /** Whether an event has the field. */
    public static Predicate<LogEvent> presence(String field) {
        if (field.startsWith(MEASURES)) {
            return number(field)::known;
        }
        if (field.startsWith(ATTRIBUTES)) {
            String name = field.substring(ATTRIBUTES.length());
            return event -> event.attributes().has(name);
        }
        Text text = text(field);
        return event -> !text.of(event).isEmpty();
    }

    /** The name of the number that the tree is; empty for what is no field. */
    static Optional<String> number(CelExpr tree) {
        return Trees.isIdentifier(tree, "severity") ? Optional.of("severity") : measure(tree);
    }

    static Optional<String> measure(CelExpr tree) {
        return Trees.field(tree, "measures").map(MEASURES::concat);
    }

    /** The name of the text that the tree is, but for the message, which is too long to be looked up whole. */
    static Optional<String> text(CelExpr tree) {
        return anyText(tree).filter(name -> !name.equals("message"));
    }

    static Optional<String> anyText(CelExpr tree) {
        if (tree.getKind() == Kind.IDENT) {
            return Optional.of(tree.ident().name())
                    .filter(name -> Vocabulary.TEXTS.contains(name) || Vocabulary.ENTITY.contains(name));
        }
        return Trees.field(tree, "attributes").map(ATTRIBUTES::concat);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
