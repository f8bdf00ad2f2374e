package io.faultline.detect.match.graph;

import io.faultline.detect.match.condition.Vocabulary;
import io.faultline.detect.match.graph.Token.Kind;
import io.faultline.detect.match.graph.Token.Unreadable;
import io.faultline.settings.NearestWord;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** An expression in Aviator, or what Groovy shares with it, to CEL. */
final class Expression {

    private static final List<Set<String>> LEVELS = List.of(
            Set.of("||"),
            Set.of("&&"),
            Set.of("==", "!=", "=~"),
            Set.of("<", "<=", ">", ">="),
            Set.of("+", "-"),
            Set.of("*", "/", "%"));
    private static final int EQUALITY = 2;
    private static final int ORDER = 3;
    private static final Map<String, String> FUNCTIONS =
            Map.of("string.contains", "contains", "string.startsWith", "startsWith", "string.endsWith", "endsWith");

    private final List<Token> tokens;
    private final Map<String, String> fields;
    private final Consumer<String> problems;
    private int next;

    private Expression(List<Token> tokens, Map<String, String> fields, Consumer<String> problems) {
        this.tokens = tokens;
        this.fields = fields;
        this.problems = problems;
    }

    /**
     * Translates.
     *
     * @param fields what names are in CEL
     * @param problems gets what has no counterpart; what comes back is not to be used then
     */
    static String toCel(String text, Map<String, String> fields, Consumer<String> problems) {
        try {
            Expression expression = new Expression(Token.read(text), fields, problems);
            String cel = expression.choice();
            expression.expect("the end");
            return cel;
        } catch (Unreadable e) {
            problems.accept(e.getMessage());
            return "false";
        }
    }

    private String choice() throws Unreadable {
        String condition = binary(0);
        if (!take("?")) {
            return condition;
        }
        String yes = choice();
        expect(":");
        return condition + " ? " + yes + " : " + choice();
    }

    private String binary(int level) throws Unreadable {
        if (level == LEVELS.size()) {
            return unary();
        }
        String left = binary(level + 1);
        while (LEVELS.get(level).contains(peek().text()) && peek().kind() == Kind.SIGN) {
            String sign = tokens.get(next++).text();
            if (sign.equals("=~")) {
                left = left + ".matches(" + quoted("^(?:" + tokens.get(next++).text() + ")$") + ")";
            } else if (level == EQUALITY && peek().text().equals("nil") && peek().kind() == Kind.NAME) {
                next++;
                left = presence(left, sign.equals("!="));
            } else {
                String right = binary(level + 1);
                // One level in CEL, two here.
                left = level == EQUALITY
                        ? ordered(left) + " " + sign + " " + ordered(right)
                        : left + " " + sign + " " + right;
            }
        }
        return left;
    }

    private static String ordered(String side) {
        boolean compared = LEVELS.get(ORDER).stream().anyMatch(sign -> side.contains(" " + sign + " "));
        return compared ? "(" + side + ")" : side;
    }

    private static String presence(String field, boolean wanted) {
        boolean optional = field.startsWith("measures.") || field.startsWith("attributes.");
        if (optional) {
            return (wanted ? "" : "!") + "has(" + field + ")";
        }
        return field + (wanted ? " != ''" : " == ''");
    }

    private String unary() throws Unreadable {
        if (take("!")) {
            return "!" + unary();
        }
        if (take("-")) {
            return "-" + unary();
        }
        if (take("(")) {
            String inner = choice();
            expect(")");
            return "(" + inner + ")";
        }
        Token token = tokens.get(next);
        if (token.kind() == Kind.SIGN || token.kind() == Kind.END) {
            throw unreadable(token);
        }
        next++;
        return switch (token.kind()) {
            case NUMBER -> number(token.text());
            case TEXT -> text(token);
            default -> name(token);
        };
    }

    private String name(Token token) throws Unreadable {
        if (token.text().equals("true") || token.text().equals("false")) {
            return token.text();
        }
        if (token.text().equals("nil")) {
            throw new Unreadable("nil can only be compared with by == and !=");
        }
        return take("(") ? function(token.text()) : field(token.text());
    }

    private String function(String name) throws Unreadable {
        String counterpart = FUNCTIONS.get(name);
        if (counterpart == null) {
            throw new Unreadable("the function " + name + " has no counterpart in CEL");
        }
        String text = choice();
        expect(",");
        String part = choice();
        expect(")");
        return text + "." + counterpart + "(" + part + ")";
    }

    private String field(String name) {
        String given = fields.get(name);
        if (given != null) {
            return given;
        }
        String last = name.replaceFirst("^(measures|attributes)\\.", "");
        if (Vocabulary.MEASURES.contains(last) && !name.startsWith("attributes.")) {
            return "measures." + last;
        }
        if (Vocabulary.ATTRIBUTES.contains(last) && !name.startsWith("measures.")) {
            return "attributes." + last;
        }
        if (!Vocabulary.TOP.contains(name)) {
            Set<String> known = new TreeSet<>(Vocabulary.TOP);
            known.addAll(Vocabulary.MEASURES);
            known.addAll(Vocabulary.ATTRIBUTES);
            problems.accept("no event has a field \"" + name + "\"" + NearestWord.hint(name, known)
                    + " (say what it is by --field " + name + "=…)");
        }
        return name;
    }

    private static String number(String written) {
        if (written.startsWith("0x") || written.startsWith("0X")) {
            return new BigInteger(written.substring(2), 16).toString();
        }
        return written.replaceFirst("[MN]$", "");
    }

    private static String text(Token token) throws Unreadable {
        String inner = token.text().substring(1, token.text().length() - 1);
        if (inner.contains("#{")) {
            throw new Unreadable("#{…} in a text has no counterpart in CEL");
        }
        return quoted(inner.replace("\\'", "'").replace("\\\"", "\"").replace("\\\\", "\\"));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean take(String sign) {
        boolean there = peek().text().equals(sign) && peek().kind() == Kind.SIGN;
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String text) throws Unreadable {
        if (!peek().text().equals(text)) {
            throw unreadable(peek());
        }
        next++;
    }

    private static Unreadable unreadable(Token token) {
        String what =
                token.kind() == Kind.END ? "more is expected at the end" : token.text() + " has no counterpart in CEL";
        return new Unreadable(what + ", at character " + token.at());
    }
}
