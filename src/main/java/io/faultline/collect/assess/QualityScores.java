package io.faultline.collect.assess;

/**
 * How far a source can be trusted, in four of ISO/IEC 25012's dimensions and their mean; each 0…1, 1 is best. The formulas
 * stand in docs/QUALITY.md.
 *
 * @param completeness nothing is missing and nothing was cut
 * @param accuracy the values can be true
 * @param consistency the records agree with each other and with what the source wrote before
 * @param timeliness they came in time and the clock is right
 */
record QualityScores(double completeness, double accuracy, double consistency, double timeliness) {

    /** An event is in time if it comes no later than the statistics wait for it. */
    static final double IN_TIME_SECONDS = 60;

    /**
     * @param usuallyUnknown the share of lines that no parser ever knew in this source: not being known is no fault of theirs
     * @param offSeconds lag or skew, whichever is larger
     */
    static QualityScores of(Tally tally, double usuallyUnknown, double offSeconds) {
        double lines = Math.max(1, tally.lines);
        double strange = Math.max(0, tally.unknown - usuallyUnknown * tally.lines);
        double inTime = Math.min(1, IN_TIME_SECONDS / Math.max(IN_TIME_SECONDS, Math.abs(offSeconds)));
        return new QualityScores(
                without(tally.gaps + tally.truncated, lines + tally.gaps),
                without(tally.outOfRange + tally.damaged, lines),
                without(tally.duplicates + tally.outOfOrder + tally.unitDrifts + strange, lines),
                without(tally.late, lines) * inTime);
    }

    double mean() {
        return (completeness + accuracy + consistency + timeliness) / 4;
    }

    private static double without(double bad, double all) {
        return 1 - Math.min(1, bad / all);
    }
}
