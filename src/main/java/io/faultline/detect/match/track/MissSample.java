package io.faultline.detect.match.track;

import io.faultline.model.NearMiss;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Of the near misses of one rule and hour some that are kept, the same in whatever order they come: those whose ids come
 * first, and ids are hashes.
 *
 * @param kept {@value #MOST} at most, some KiB each
 * @param all how many there were
 */
public record MissSample(NearMiss[] kept, long all) {

    /** So many of a rule and hour show what they are like. */
    static final int MOST = 10;

    public static final MissSample EMPTY = new MissSample(new NearMiss[0], 0);

    private static final long HOUR_MILLIS = 3_600_000;

    /** The hour that a near miss belongs to: when it begins, in milliseconds. */
    public static long hour(NearMiss miss) {
        return Math.floorDiv(miss.endedAt().toEpochMilli(), HOUR_MILLIS) * HOUR_MILLIS;
    }

    /** When an hour is over: its last millisecond. */
    public static long end(long hour) {
        return hour + HOUR_MILLIS - 1;
    }

    public MissSample with(NearMiss miss) {
        NearMiss[] more = Stream.concat(Arrays.stream(kept), Stream.of(miss))
                .sorted(Comparator.comparing(NearMiss::id))
                .limit(MOST)
                .toArray(NearMiss[]::new);
        return new MissSample(more, all + 1);
    }

    /** Those that are kept, in the order of time, each with how many there were. */
    public List<NearMiss> misses() {
        return Arrays.stream(kept)
                .sorted(Comparator.comparing(NearMiss::endedAt).thenComparing(NearMiss::id))
                .map(miss -> miss.among(all))
                .toList();
    }
}
