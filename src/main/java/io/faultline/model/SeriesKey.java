package io.faultline.model;

/**
 * What a number is kept about: one measure of one entity.
 *
 * @param entity the entity, only with the parts that tell its series apart
 * @param measure the measure's name
 */
public record SeriesKey(Entity entity, String measure) {

    /** {@code lm_loss of job=train-llm}. */
    @Override
    public String toString() {
        return measure + " of " + entity;
    }
}
