package io.faultline.collect.assess;

import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;

/** How many lines of a source there were since its last report, and how many of them bear each mark. Flink state. */
public final class Tally {

    public int lines;
    public int unknown;
    public int late;
    public int duplicates;
    public int outOfOrder;
    public int skewed;
    public int outOfRange;
    public int unitDrifts;
    public int gaps;
    public int resets;
    public int truncated;
    public int damaged;

    /** @param missing how many records are missing before this one */
    void add(LogEvent event, boolean understood, int missing) {
        lines++;
        unknown += understood ? 0 : 1;
        gaps += missing;
        if (event.quality() == 0) {
            return;
        }
        late += one(event, QualityMark.LATE);
        duplicates += one(event, QualityMark.DUPLICATE);
        outOfOrder += one(event, QualityMark.OUT_OF_ORDER);
        skewed += one(event, QualityMark.SKEWED);
        outOfRange += one(event, QualityMark.OUT_OF_RANGE);
        unitDrifts += one(event, QualityMark.UNIT_DRIFT);
        resets += one(event, QualityMark.COUNTER_RESET);
        truncated += one(event, QualityMark.TRUNCATED);
        damaged += one(event, QualityMark.CHARSET_REPLACED) | one(event, QualityMark.TIME_CLAMPED);
    }

    private static int one(LogEvent event, QualityMark mark) {
        return event.has(mark) ? 1 : 0;
    }
}
