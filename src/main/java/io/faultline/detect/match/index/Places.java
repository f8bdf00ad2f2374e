package io.faultline.detect.match.index;

import java.util.Arrays;

/** Places of demands, as an array that grows while an index is built. */
final class Places {

    private int[] places = new int[1];
    private int size;

    void add(int place) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        places[size++] = place;
    }

    void addTo(long[] found) {
        for (int i = 0; i < size; i++) {
            Lookup.set(found, places[i]);
        }
    }
}
