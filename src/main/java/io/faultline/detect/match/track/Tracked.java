package io.faultline.detect.match.track;

import org.jspecify.annotations.Nullable;

/**
 * What a tracker says to a moment.
 *
 * @param <S> the tracker's state
 * @param state what is known of the group now; null where nothing has to be kept
 * @param findings what was found and what nearly was
 * @param wakeUp when it wants to be fed without an event, in milliseconds; {@link #NEVER} for not at all. State that is
 *     kept has a wake-up that ends it
 */
public record Tracked<S>(@Nullable S state, Findings findings, long wakeUp) {

    public static final long NEVER = Long.MAX_VALUE;

    /** Nothing is known any more. */
    static <S> Tracked<S> ended(Findings findings) {
        return new Tracked<>(null, findings, NEVER);
    }
}
