package io.faultline.collect.mine;

/**
 * Which lines are kept together: those of a format whose first words fall into one bucket. The first word of letters
 * alone is the same in all lines of a template and is never a wild-card; the buckets bound how many keys there can be.
 */
final class MineKey {

    /** With the most templates of a key, this bounds the state of a format. */
    static final int BUCKETS = 1_024;

    private static final String[] NAMES = new String[BUCKETS];

    static {
        for (int i = 0; i < BUCKETS; i++) {
            NAMES[i] = Integer.toHexString(0x1000 + i).substring(1);
        }
    }

    /** Each thread that tells keys reads lines with its own. */
    private static final ThreadLocal<MineKey> OF_THREAD = ThreadLocal.withInitial(MineKey::new);

    private final LineScanner scanner = new LineScanner(MineSettings.defaults().longestLine());
    private final Pieces pieces = new Pieces();

    private MineKey() {}

    /** {@code unknown/1a7}. */
    static String of(String format, String message) {
        MineKey key = OF_THREAD.get();
        return format + '/' + bucket(key.scanner.anchor(message, key.pieces));
    }

    /** The bucket of a first word: by the text alone, the same in every machine. */
    static String bucket(String anchor) {
        int hash = anchor.hashCode() * 0x9E3779B9;
        return NAMES[hash >>> 22];
    }
}
