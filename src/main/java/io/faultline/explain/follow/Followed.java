package io.faultline.explain.follow;

import io.faultline.model.AlertState;

/**
 * An alert that is followed, and its past. Times are milliseconds of event time.
 *
 * @param state what was told of it last
 * @param foundAt when it was first found in this life
 * @param returns when it came back after it was resolved, the last ten
 * @param resolveAfter how long after its last finding it is over
 * @param overAt when its rule saw the end of what was flapping; 0 where it did not, or it was found again
 */
public record Followed(AlertState state, long foundAt, long[] returns, long resolveAfter, long overAt) {}
