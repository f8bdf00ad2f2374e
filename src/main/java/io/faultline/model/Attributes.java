package io.faultline.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Free text keys of a record, in the order they were put. A pair of arrays, because a {@code Map} would travel by Kryo
 * and a handful of keys is found faster by walking them.
 *
 * @param keys the names, no two alike
 * @param values the texts; {@code values[i]} belongs to {@code keys[i]}
 */
public record Attributes(String[] keys, String[] values) {

    private static final String[] NOTHING = {};

    /** No attributes. */
    public static final Attributes NONE = new Attributes(NOTHING, NOTHING);

    public static Attributes of(String key, String value) {
        return new Attributes(new String[] {key}, new String[] {value});
    }

    public static Attributes of(Map<String, String> map) {
        return map.isEmpty()
                ? NONE
                : new Attributes(map.keySet().toArray(NOTHING), map.values().toArray(NOTHING));
    }

    /** The text under a key, or null. */
    public @Nullable String get(String key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return values[i];
            }
        }
        return null;
    }

    public boolean has(String key) {
        return get(key) != null;
    }

    public boolean isEmpty() {
        return keys.length == 0;
    }

    public int size() {
        return keys.length;
    }

    /** These attributes and one more; a key that was there gets the new value. */
    public Attributes with(String key, String value) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                String[] changed = values.clone();
                changed[i] = value;
                return new Attributes(keys, changed);
            }
        }
        String[] moreKeys = Arrays.copyOf(keys, keys.length + 1);
        String[] moreValues = Arrays.copyOf(values, values.length + 1);
        moreKeys[keys.length] = key;
        moreValues[values.length] = value;
        return new Attributes(moreKeys, moreValues);
    }

    /** These attributes and others; a key that both have gets the value of the others. */
    public Attributes with(Attributes others) {
        if (isEmpty() || others.isEmpty()) {
            return isEmpty() ? others : this;
        }
        String[] allKeys = Arrays.copyOf(keys, keys.length + others.keys.length);
        String[] allValues = Arrays.copyOf(values, values.length + others.values.length);
        int size = keys.length;
        for (int i = 0; i < others.keys.length; i++) {
            int place = 0;
            while (place < keys.length && !keys[place].equals(others.keys[i])) {
                place++;
            }
            place = place < keys.length ? place : size++;
            allKeys[place] = others.keys[i];
            allValues[place] = others.values[i];
        }
        return new Attributes(Arrays.copyOf(allKeys, size), Arrays.copyOf(allValues, size));
    }

    /** For edges where speed does not matter: documents, reports, tests. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            map.put(keys[i], values[i]);
        }
        return map;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes that && Arrays.equals(keys, that.keys) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(keys) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
