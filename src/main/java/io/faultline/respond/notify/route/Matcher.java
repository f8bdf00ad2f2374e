package io.faultline.respond.notify.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.Serializable;
import java.util.Set;

/**
 * One condition on a label, as Alertmanager writes it: {@code severity="critical"}, {@code node!=gpu-a1}, {@code
 * job=~"train-.*"}, {@code rule!~"inference-.*"}. An expression has to fit the whole value. Of a label with several
 * values one has to fit; for a negated condition none may. An absent label has the empty value.
 *
 * @param label the label's name
 * @param operator how it is compared
 * @param value with what
 * @param pattern what fits that
 */
public record Matcher(String label, Operator operator, String value, Pattern pattern) implements Serializable {

    /** How a label is compared. The longer signs first, since {@code =} begins {@code =~}. */
    public enum Operator {
        NOT_EQUAL("!="),
        NOT_LIKE("!~"),
        LIKE("=~"),
        EQUAL("=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        boolean isNegated() {
            return this == NOT_EQUAL || this == NOT_LIKE;
        }

        private boolean isExpression() {
            return this == LIKE || this == NOT_LIKE;
        }

        private Pattern pattern(String value) {
            try {
                return Pattern.compile(isExpression() ? value : Pattern.quote(value));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("\"" + value + "\" is no expression: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong and what would be right
     */
    public static Matcher parse(String text) {
        int at = 0;
        while (at < text.length() && isName(text.charAt(at))) {
            at++;
        }
        String label = text.substring(0, at);
        String rest = text.substring(at).strip();
        for (Operator operator : Operator.values()) {
            if (!label.isEmpty() && rest.startsWith(operator.sign)) {
                String value = unquoted(rest.substring(operator.sign.length()).strip());
                return new Matcher(label, operator, value, operator.pattern(value));
            }
        }
        throw new IllegalArgumentException("\"" + text
                + "\" is no condition; write LABEL=VALUE, LABEL!=VALUE, LABEL=~EXPRESSION or LABEL!~EXPRESSION");
    }

    public boolean test(Labels labels) {
        Set<String> values = labels.get(label);
        boolean fits = values.isEmpty() ? pattern.matches("") : values.stream().anyMatch(pattern::matches);
        return fits != operator.isNegated();
    }

    private static boolean isName(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '.';
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted
                ? text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : text;
    }

    /** {@code job=~"train-.*"}. */
    @Override
    public String toString() {
        return label + operator.sign + '"' + value + '"';
    }
}
