package io.faultline.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of an event, each with its unit in the name: {@code step_time_seconds},
 * {@code generation_tokens_per_second}, {@code kv_cache_usage_ratio}. Base units: seconds, bytes, ratios of 0…1. A value
 * may be NaN or infinite where the log wrote that; a number the log did not write is absent, never 0.
 *
 * @param names the names, no two alike
 * @param values the numbers; {@code values[i]} belongs to {@code names[i]}
 */
public record Measures(String[] names, double[] values) {

    /** No numbers. */
    public static final Measures NONE = new Measures(new String[0], new double[0]);

    public static Measures of(String name, double value) {
        return new Measures(new String[] {name}, new double[] {value});
    }

    public static Builder builder() {
        return new Builder();
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /** The number under a name, or the other value where it is absent. */
    public double getOr(String name, double absent) {
        int index = indexOf(name);
        return index < 0 ? absent : values[index];
    }

    public int size() {
        return names.length;
    }

    public boolean isEmpty() {
        return names.length == 0;
    }

    private int indexOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** For edges where speed does not matter: documents, reports, tests. */
    public Map<String, Double> toMap() {
        Map<String, Double> map = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            map.put(names[i], values[i]);
        }
        return map;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Measures that && Arrays.equals(names, that.names) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }

    /** Collects numbers one by one; a name that comes twice keeps its last value. */
    public static final class Builder {
        private String[] names = new String[8];
        private double[] values = new double[8];
        private int size;

        public Builder put(String name, double value) {
            for (int i = 0; i < size; i++) {
                if (names[i].equals(name)) {
                    values[i] = value;
                    return this;
                }
            }
            if (size == names.length) {
                names = Arrays.copyOf(names, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            names[size] = name;
            values[size++] = value;
            return this;
        }

        public Measures build() {
            return size == 0 ? NONE : new Measures(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
        }
    }
}
