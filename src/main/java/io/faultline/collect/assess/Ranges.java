package io.faultline.collect.assess;

/** What a number can be, by the unit in its measure's name. NaN is a number here: the log wrote that. */
final class Ranges {

    /** Rounding may write a full cache as 1.0004. */
    private static final double FULL = 1.001;

    /** A GPU shuts itself off at about 105 °C. */
    private static final double HOTTEST_CELSIUS = 120;

    private static final double COLDEST_CELSIUS = -40;

    /** What DCGM writes for "no value", from dcgm_structs.h: DCGM_INT32_BLANK, DCGM_FP64_BLANK, DCGM_INT64_BLANK, each with its ten siblings. */
    private static final double INT32_BLANK = 0x7ffffff0L;

    private static final double FP64_BLANK = 140737488355328.0;
    private static final double INT64_BLANK = 0x7ffffffffffffff0L;
    private static final int SIBLINGS = 10;

    private static final String[] NEVER_NEGATIVE = {
        "_per_second",
        "_seconds",
        "_bytes",
        "_tokens",
        "_samples",
        "_requests",
        "_iterations",
        "_steps",
        "_total",
        "_watts",
        "_size",
        "_norm",
        "step",
        "epoch",
        "preemptions",
        "tflops_per_gpu",
        "_per_gpu",
        "status_code",
        "xid_code",
        "sequence"
    };

    private Ranges() {}

    /** Loss and learning rate may be anything: a reward model's loss is negative. */
    static boolean canBe(String measure, double value) {
        if (Double.isNaN(value)) {
            return true;
        }
        if (isBlank(value)) {
            return false;
        }
        if (measure.endsWith("_ratio")) {
            return value >= 0 && value <= FULL;
        }
        if (measure.endsWith("_celsius")) {
            return value >= COLDEST_CELSIUS && value <= HOTTEST_CELSIUS;
        }
        return value >= 0 || !isNeverNegative(measure);
    }

    private static boolean isNeverNegative(String measure) {
        for (String end : NEVER_NEGATIVE) {
            if (measure.endsWith(end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(double value) {
        return value >= INT32_BLANK
                && (value < INT32_BLANK + SIBLINGS
                        || (value >= FP64_BLANK && value < FP64_BLANK + SIBLINGS)
                        || value >= INT64_BLANK);
    }
}
