package io.faultline.collect.assess;

import java.util.Arrays;

/**
 * How regularly a source writes, learned from the pauses between its lines of different seconds, and since when it is silent.
 * Flink state, 150 bytes.
 */
public final class Cadence {

    private static final int PAUSES = 20;
    private static final long SECOND = 1_000;

    /** A source that waits ten times as long as it mostly does is silent … */
    private static final int TIMES_THE_MEDIAN = 10;

    /** … unless it waited nearly as long before. */
    private static final int TIMES_THE_LONGEST = 3;

    public int[] pauses = {};
    public int taken;
    public long lastLine = Long.MIN_VALUE;

    /** From when silence is counted: the last line, or the end of a hole in all logs. */
    public long heard = Long.MIN_VALUE;

    public boolean silent;

    /** The last line told of an orderly end. */
    public boolean ended;

    void hear(long time, boolean end) {
        ended = end;
        if (lastLine == Long.MIN_VALUE) {
            lastLine = time;
        } else if (time >= lastLine + SECOND) {
            if (!silent) {
                learn(time - Math.max(lastLine, Math.min(heard, time)));
            }
            lastLine = time;
        }
        heard = Math.max(heard, time);
    }

    /** Nobody saw the time until then pass: all logs have a hole there. */
    void skipTo(long time) {
        heard = Math.max(heard, time);
    }

    /** From when on a source that writes nothing is silent; never for one that is not known to be regular. */
    long silentAt(long least) {
        if (taken < PAUSES || ended) {
            return Long.MAX_VALUE;
        }
        int[] sorted = pauses.clone();
        Arrays.sort(sorted);
        long most =
                Math.max((long) TIMES_THE_MEDIAN * sorted[PAUSES / 2], (long) TIMES_THE_LONGEST * sorted[PAUSES - 1]);
        return heard + Math.max(least, most);
    }

    private void learn(long pause) {
        if (pauses.length == 0) {
            pauses = new int[PAUSES];
        }
        pauses[taken % PAUSES] = (int) Math.min(pause, Integer.MAX_VALUE);
        taken++;
    }
}
