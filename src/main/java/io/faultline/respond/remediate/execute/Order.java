package io.faultline.respond.remediate.execute;

import io.faultline.model.ActionStep;
import java.time.Instant;

/**
 * One step, and what is around it.
 *
 * @param action the action's id
 * @param title why, in one line
 * @param step what is to be done
 * @param dryRun whether nothing may change
 * @param since when it was ordered: what was made later was not meant
 * @param until when it has to be over
 */
record Order(String action, String title, ActionStep step, boolean dryRun, Instant since, Instant until) {}
