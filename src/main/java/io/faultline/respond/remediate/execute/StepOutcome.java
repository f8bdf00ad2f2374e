package io.faultline.respond.remediate.execute;

/** What came of one step. */
sealed interface StepOutcome {

    /** How the target was. */
    String before();

    /**
     * The target is as it should be, or would be after a dry run.
     *
     * @param before how it was
     * @param after how it is
     */
    record Done(String before, String after) implements StepOutcome {}

    /**
     * It is not.
     *
     * @param before how the target was; empty where it was not found
     * @param why what is in the way
     */
    record Hindered(String before, String why) implements StepOutcome {}
}
