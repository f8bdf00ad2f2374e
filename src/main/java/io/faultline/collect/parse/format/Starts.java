package io.faultline.collect.parse.format;

import java.util.Arrays;

/** Tells whether a text starts with one of many. Only those with its first character are compared. Immutable. */
public final class Starts {

    private static final int ROWS = 128;

    private final String[][] byFirst = new String[ROWS][];

    private Starts(String[] texts) {
        for (int row = 0; row < ROWS; row++) {
            int number = row;
            byFirst[row] = Arrays.stream(texts)
                    .filter(text -> text.charAt(0) % ROWS == number)
                    .toArray(String[]::new);
        }
    }

    /** @param texts none of them empty */
    public static Starts of(String... texts) {
        return new Starts(texts);
    }

    public boolean startsAny(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (String start : byFirst[text.charAt(0) % ROWS]) {
            if (text.startsWith(start)) {
                return true;
            }
        }
        return false;
    }
}
