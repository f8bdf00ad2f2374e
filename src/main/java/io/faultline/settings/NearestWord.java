package io.faultline.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a person meant to type. */
public final class NearestWord {

    private NearestWord() {}

    /** {@code , did you mean "channels"?}, or nothing where no known word is near. */
    public static String hint(String typed, Collection<String> known) {
        return of(typed, known).map(word -> ", did you mean \"" + word + "\"?").orElse("");
    }

    /** The known word with the fewest edits, if those are at most a third of its letters (and at least two are free). */
    public static Optional<String> of(String typed, Collection<String> known) {
        return known.stream()
                .filter(word -> edits(typed, word) <= Math.max(2, word.length() / 3))
                .min(Comparator.comparingInt((String word) -> edits(typed, word))
                        .thenComparing(word -> word));
    }

    /** Levenshtein's distance. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int swap = from.charAt(i - 1) == to.charAt(j - 1) ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = Math.min(swap, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
