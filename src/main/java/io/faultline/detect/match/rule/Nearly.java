package io.faultline.detect.match.rule;

/** What is nearly enough: nine tenths of what it takes. */
public final class Nearly {

    private static final double SHARE = 0.9;

    private Nearly() {}

    /** How many are nearly that many: of fewer than ten all but one; of two one is not. */
    public static int count(int wanted) {
        return wanted < 3 ? wanted : Math.min(wanted - 1, (int) Math.ceil(SHARE * wanted));
    }

    /** Whether a time that was shorter than the allowed one was nearly as long. */
    public static boolean waited(long waited, long allowed) {
        return waited < allowed && waited >= SHARE * allowed;
    }

    /** The number on the near side of a limit that is a tenth of it away. */
    static double below(double limit) {
        return Math.min(SHARE * limit, (2 - SHARE) * limit);
    }

    static double above(double limit) {
        return Math.max(SHARE * limit, (2 - SHARE) * limit);
    }
}
