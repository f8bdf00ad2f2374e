package io.faultline.model;

import java.time.Instant;

/**
 * What people said of the incidents that a rule had a part in. Each person's last word on an incident counts once.
 *
 * @param rule its id
 * @param right how often they said that it was right
 * @param wrong how often that something else was wrong than was told
 * @param noise how often that nothing was wrong
 * @param at when the last of them spoke
 */
public record RulePrecision(String rule, long right, long wrong, long noise, Instant at) {

    /** The share of verdicts that were right; NaN before the first. */
    public double precision() {
        long all = right + wrong + noise;
        return all == 0 ? Double.NaN : (double) right / all;
    }
}
