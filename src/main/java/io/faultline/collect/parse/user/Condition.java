package io.faultline.collect.parse.user;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one field must be like.
 *
 * @param values one of them, in any case of letters; empty where any value will do
 * @param matches an RE2 pattern that must be found in it; empty for none
 * @param from the least number; negative infinity for none
 * @param below the number it must be less than; positive infinity for none
 * @param present whether the line must have the field or must not
 */
public record Condition(String field, List<String> values, String matches, double from, double below, boolean present)
        implements Serializable {

    public Condition {
        values = List.copyOf(values);
    }

    /** All but the pattern, which the compiled parser holds. */
    boolean holds(@Nullable String value) {
        if (value == null || value.isEmpty() || !present) {
            return !present && (value == null || value.isEmpty());
        }
        if (!values.isEmpty() && values.stream().noneMatch(value::equalsIgnoreCase)) {
            return false;
        }
        if (from == Double.NEGATIVE_INFINITY && below == Double.POSITIVE_INFINITY) {
            return true;
        }
        Double number = Quantities.number(value, "", "");
        return number != null && number >= from && number < below;
    }
}
