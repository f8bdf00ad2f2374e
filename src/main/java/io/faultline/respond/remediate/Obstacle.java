package io.faultline.respond.remediate;

import java.util.Locale;

/**
 * Why an action must not go on.
 *
 * @param rail which guard rail is in its way
 * @param words why, for people
 */
record Obstacle(Rail rail, String words) {

    /** Nothing is in its way. */
    static final Obstacle NONE = new Obstacle(Rail.NONE, "");

    /** A guard rail. */
    enum Rail {
        NONE,
        /** Another action has the target. */
        BUSY,
        /** The same was done to the target not long ago. */
        COOL_DOWN,
        /** Too many targets were touched lately. */
        BREAKER,
        /** Nobody knows what the share is of. */
        FLEET_UNKNOWN,
        /** The playbook is no longer there. */
        NO_PLAYBOOK;

        /** {@code cool_down}, as metrics write it. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isThere() {
        return rail != Rail.NONE;
    }
}
