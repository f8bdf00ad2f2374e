package io.faultline.collect.assess;

import io.faultline.model.Attributes;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.QualityMark;
import java.time.Instant;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/**
 * The last records of a source that have an identity, by hash. A record is the same as an earlier one if it has the same text
 * and
 *
 * <ul>
 *   <li>the same place in the file, as the shipper says: it was shipped twice;
 *   <li>the same time and a place that was passed before: the place was read twice;
 *   <li>the same written time, finer than a millisecond, or the same time and number of step or sequence: whoever writes
 *       two alike writes them at different times.
 * </ul>
 *
 * <p>Two equal lines of one second are no duplicates: ranks and requests say the same at once. A table in which each hash has
 * one place; a newer record takes the place of an older one, so what is found is a duplicate, and of those that lie more than
 * some hundred records apart some are not found. Flink state, 2 KiB.
 */
public final class Duplicates {

    private static final int PLACES = 512;
    private static final int MILLISECOND = 1_000_000;
    private static final String[] SHIPPER_PLACES = {"log.offset", "offset"};

    /** Never zero where a record is remembered. */
    public int[] hashes = {};

    /** The place read last, and the furthest one. */
    public long last = Long.MIN_VALUE;

    public long furthest = Long.MIN_VALUE;

    /** Whether the record was there before; it is remembered from now on. */
    boolean isOneMore(LogEvent event) {
        long position = event.origin().position();
        boolean again = position == last;
        last = position;
        boolean passed = position <= furthest;
        furthest = Math.max(furthest, position);
        long text = textOf(event);
        boolean duplicate = false;
        String shipped = shipperPlace(event.attributes());
        if (shipped != null && !again) {
            duplicate = seen(mix(text, shipped.hashCode()));
        } else if (hasFineTime(event)) {
            duplicate = seen(mix(text, event.timestamp().getEpochSecond() * 31 + nano(event.timestamp())));
        } else {
            double number = number(event.measures());
            if (!Double.isNaN(number) && !event.has(QualityMark.TIME_MISSING)) {
                duplicate = seen(mix(text, event.timestamp().toEpochMilli() * 31 + Double.doubleToLongBits(number)));
            }
        }
        // Remembered for all, believed only where the place was passed: pieces of one line share a place.
        long time = event.has(QualityMark.TIME_MISSING) ? 0 : event.timestamp().toEpochMilli();
        boolean samePlace =
                !again && seen(mix(~text - time, position * 31 + event.origin().partition()));
        return duplicate || (samePlace && passed);
    }

    private boolean seen(long identity) {
        if (hashes.length == 0) {
            hashes = new int[PLACES];
        }
        int place = (int) (identity >>> 32) & (PLACES - 1);
        int hash = (int) identity | 1;
        boolean found = hashes[place] == hash;
        hashes[place] = hash;
        return found;
    }

    private static int nano(Instant time) {
        return time.get(ChronoField.NANO_OF_SECOND);
    }

    private static long textOf(LogEvent event) {
        String rank = event.entity().rank();
        return event.message().hashCode() + 31L * event.source().hashCode() + (rank == null ? 0 : 7L * rank.hashCode());
    }

    private static boolean hasFineTime(LogEvent event) {
        return nano(event.timestamp()) % MILLISECOND != 0 && !event.has(QualityMark.TIME_MISSING);
    }

    private static @Nullable String shipperPlace(Attributes attributes) {
        for (int i = 0; i < attributes.size(); i++) {
            String key = attributes.keys()[i];
            if (key.endsWith("offset") && (key.equals(SHIPPER_PLACES[0]) || key.equals(SHIPPER_PLACES[1]))) {
                return attributes.values()[i];
            }
        }
        return null;
    }

    private static double number(Measures measures) {
        return measures.isEmpty() ? Double.NaN : measures.getOr("step", measures.getOr("sequence", Double.NaN));
    }

    /** The finisher of SplitMix64. */
    private static long mix(long text, long where) {
        long z = text * 0x9E3779B97F4A7C15L + where;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
