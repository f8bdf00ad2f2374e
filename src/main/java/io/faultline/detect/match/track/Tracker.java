package io.faultline.detect.match.track;

import org.jspecify.annotations.Nullable;

/**
 * Watches groups for one rule.
 *
 * @param <S> what is known of a group; it is kept in keyed state, so it has a size and an end
 */
@FunctionalInterface
public interface Tracker<S> {

    /**
     * Feeds one moment to a group.
     *
     * @param state what is known of the group; null where nothing is
     */
    Tracked<S> feed(@Nullable S state, Moment moment);
}
