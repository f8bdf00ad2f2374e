package io.faultline.explain.change;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one subject was seen to have last: a version, a driver, a size. A handful of names, at most ten KiB.
 *
 * @param names what is known, no two alike
 * @param values {@code values[i]} belongs to {@code names[i]}
 */
public record Known(String[] names, String[] values) {

    /** Nothing seen yet. */
    public static final Known NOTHING = new Known(new String[0], new String[0]);

    @Nullable
    String get(String name) {
        int index = Arrays.asList(names).indexOf(name);
        return index < 0 ? null : values[index];
    }

    Known with(String name, String value) {
        int index = Arrays.asList(names).indexOf(name);
        if (index >= 0) {
            String[] changed = values.clone();
            changed[index] = value;
            return new Known(names, changed);
        }
        String[] more = Arrays.copyOf(names, names.length + 1);
        String[] moreValues = Arrays.copyOf(values, more.length);
        more[names.length] = name;
        moreValues[names.length] = value;
        return new Known(more, moreValues);
    }
}
