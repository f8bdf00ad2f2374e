package io.faultline.collect.parse.format;

import io.faultline.model.Measures;

/** How often a line was written that Ray's driver shows once: {@code … [repeated 5x across cluster]}. */
public final class Repeats {

    private static final String BEFORE = " [repeated ";
    private static final String BEHIND = "x across cluster]";

    private Repeats() {}

    /** The measures, with {@code occurrences} where a text says how often it was written. */
    public static Measures counted(Measures measures, String text) {
        int behind = text.lastIndexOf(BEHIND);
        int before = behind < 0 ? -1 : text.lastIndexOf(BEFORE, behind);
        if (before < 0) {
            return measures;
        }
        Measures.Builder all = Measures.builder();
        for (int i = 0; i < measures.size(); i++) {
            all.put(measures.names()[i], measures.values()[i]);
        }
        return Numbers.put(all, "occurrences", 1, text, before + BEFORE.length(), behind) ? all.build() : measures;
    }
}
