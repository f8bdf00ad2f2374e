package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.ParseContext;
import java.time.Instant;

/** Whether what a server writes is part of its orderly end: processes it just stopped are then reported as crashed. */
final class Teardown {

    /** How long after a stop was asked for a dead engine is part of it; seen within the same second. */
    private static final long MILLIS = 10_000;

    private Teardown() {}

    static boolean isUnderWay(Draft draft, ParseContext context) {
        Instant time =
                draft.timestamp() != null ? draft.timestamp() : context.memory().lastTime();
        return context.memory().stoppedWithin(time, MILLIS);
    }
}
