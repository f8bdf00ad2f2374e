package io.faultline.detect.match.rule;

import java.io.Serializable;
import java.time.Duration;

/**
 * How time is cut. Tumbling and sliding windows begin at multiples of the slide since 1970; a session begins with its
 * first event.
 *
 * @param size how long a window is; of a session, how long at most
 * @param slide how far windows are apart; equals the size where they tumble
 * @param gap how long a session is without an event when it ends; zero where windows are none
 */
public record Windows(Duration size, Duration slide, Duration gap) implements Serializable {

    /** So many panes of one slide each are kept of a window at most. */
    public static final int MOST_PANES = 120;

    static Windows read(PatternReader reader) {
        return read(reader, 1);
    }

    /** @param slides how many slides a window has where the rule does not say it */
    static Windows read(PatternReader reader, int slides) {
        PatternReader window = reader.group("window");
        if (!window.has("size") && !window.has("gap")) {
            reader.problem("window", "needs a size or a gap");
        }
        Duration gap = window.duration("gap", Duration.ZERO);
        Duration size = window.duration("size", gap.isZero() ? Duration.ofMinutes(10) : Duration.ofDays(1));
        Duration slide = window.duration("slide", size.dividedBy(slides));
        if (size.isZero() || size.isNegative()) {
            window.problem("size", "must be longer than nothing");
            return new Windows(Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ZERO);
        }
        if (window.has("gap") && (gap.isZero() || window.has("slide"))) {
            window.problem("gap", "must be longer than nothing, and does not go with slide");
        }
        boolean divides = !slide.isZero() && size.toMillis() % slide.toMillis() == 0;
        if (!divides || size.toMillis() / slide.toMillis() > MOST_PANES) {
            window.problem("slide", "must divide the size into at most " + MOST_PANES + " parts");
            return new Windows(size, size, gap);
        }
        return new Windows(size, slide, gap);
    }

    public boolean isSession() {
        return !gap.isZero();
    }

    /** The end of the pane that holds a time, in milliseconds. */
    public long paneEnd(long timestamp) {
        return Math.floorDiv(timestamp, slide.toMillis()) * slide.toMillis() + slide.toMillis();
    }
}
