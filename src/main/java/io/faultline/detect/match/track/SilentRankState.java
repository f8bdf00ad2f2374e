package io.faultline.detect.match.track;

import io.faultline.model.Ranks;

/**
 * Which ranks there are and which of them told; 8 KiB for each set of ranks of the largest jobs, bytes for usual ones.
 *
 * @param seen the ranks of which anything was seen
 * @param world how many ranks there are, by what the events said; 0 where they did not
 * @param opened when the first rank told, in milliseconds; {@link #NEVER} while none did
 * @param groups what was told, by process group
 * @param quoted a few of the events that told
 * @param last when the last event came, in milliseconds
 */
public record SilentRankState(Ranks seen, int world, long opened, Group[] groups, Candidate[] quoted, long last) {

    static final long NEVER = Long.MIN_VALUE;

    /** A job has a handful; what is told of more is not looked at. */
    static final int MOST_GROUPS = 16;

    static final SilentRankState EMPTY = new SilentRankState(Ranks.NONE, 0, NEVER, new Group[0], new Candidate[0], 0);

    /**
     * What the ranks of one process group told.
     *
     * @param told who did
     * @param low how far the one is that is the least far; infinite where nobody said it
     * @param high how far the one is that is the farthest
     * @param lowest who is no farther than {@code low}
     */
    public record Group(String name, Ranks told, double low, double high, Ranks lowest) {

        static Group empty(String name) {
            return new Group(name, Ranks.NONE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Ranks.NONE);
        }

        Group with(String rank, double value) {
            Ranks more = told.with(rank);
            if (!Double.isFinite(value) || value > low) {
                return new Group(name, more, low, Double.isFinite(value) ? Math.max(high, value) : high, lowest);
            }
            Ranks behind = value < low ? Ranks.NONE.with(rank) : lowest.with(rank);
            return new Group(name, more, value, Math.max(high, value), behind);
        }
    }

    /** The ranks are known still, what was told is not. */
    SilentRankState closed() {
        return new SilentRankState(seen, world, NEVER, new Group[0], new Candidate[0], last);
    }
}
