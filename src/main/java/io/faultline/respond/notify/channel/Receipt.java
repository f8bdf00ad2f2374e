package io.faultline.respond.notify.channel;

import java.time.Duration;

/** How one attempt went. */
public sealed interface Receipt {

    /** The other side's answer, or the error. */
    String detail();

    /** The other side has it. */
    record Delivered(String detail) implements Receipt {}

    /**
     * It may work later.
     *
     * @param retryAfter when the other side asked for the next attempt; zero where it did not
     */
    record Unavailable(String detail, Duration retryAfter) implements Receipt {

        public Unavailable(String detail) {
            this(detail, Duration.ZERO);
        }
    }

    /** It will never work like this: a wrong address, a refused password. */
    record Refused(String detail) implements Receipt {}
}
