package io.faultline.detect.match.index;

import io.faultline.model.LogEvent;

/** Looks one field of an event up. */
@FunctionalInterface
interface Lookup {

    /** Sets the bits of the places whose demands on the field the event meets. */
    void find(LogEvent event, long[] found);

    static void set(long[] bits, int place) {
        bits[place >> 6] |= 1L << place;
    }
}
