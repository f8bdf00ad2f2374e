package io.faultline.detect.match.condition;

import io.faultline.model.LogEvent;

/** A text of an event, never null. */
@FunctionalInterface
public interface Text {

    /** Empty for each event; in the place of an expression that does not compile or is not given. */
    Text NONE = event -> "";

    String of(LogEvent event);
}
