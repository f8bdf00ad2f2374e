package io.faultline.collect.mine;

import org.jspecify.annotations.Nullable;

/** Which template the lines of a shape have, by the shape's hash; forgets all when it is full. */
final class ShapeTable {

    /** 128 KB at most; a shape that was forgotten is found again by the tree. */
    private static final int MOST = 8_192;

    private long[] hashes = new long[16];
    private @Nullable Known[] templates = new @Nullable Known[16];
    private int size;

    /** The template, or null where the shape is not known or its template is no more. */
    @Nullable
    Known get(long hash) {
        int mask = hashes.length - 1;
        for (int at = (int) hash & mask; ; at = (at + 1) & mask) {
            Known known = templates[at];
            if (known == null) {
                return null;
            }
            if (hashes[at] == hash) {
                return known.gone ? null : known;
            }
        }
    }

    void put(long hash, Known known) {
        if (size * 2 >= hashes.length) {
            grow();
        }
        if (insert(hash, known)) {
            size++;
        }
    }

    private boolean insert(long hash, Known known) {
        int mask = hashes.length - 1;
        int at = (int) hash & mask;
        while (templates[at] != null && hashes[at] != hash) {
            at = (at + 1) & mask;
        }
        boolean added = templates[at] == null;
        hashes[at] = hash;
        templates[at] = known;
        return added;
    }

    private void grow() {
        long[] oldHashes = hashes;
        @Nullable Known[] old = templates;
        boolean full = hashes.length >= MOST * 2;
        int capacity = full ? 16 : hashes.length * 2;
        hashes = new long[capacity];
        templates = new @Nullable Known[capacity];
        size = 0;
        for (int i = 0; !full && i < old.length; i++) {
            Known known = old[i];
            if (known != null && !known.gone) {
                insert(oldHashes[i], known);
                size++;
            }
        }
    }
}
