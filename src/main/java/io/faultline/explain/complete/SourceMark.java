package io.faultline.explain.complete;

import java.time.Duration;

/**
 * When a source was heard. Times are milliseconds of event time.
 *
 * @param name the source's name
 * @param heardAt when something was last told of it
 * @param silentSince when it fell silent last; {@link Long#MAX_VALUE} where it never did
 * @param silentUntil when it wrote again; {@link Long#MAX_VALUE} where it did not
 * @param late whether most of its last lines came behind the watermark
 */
public record SourceMark(String name, long heardAt, long silentSince, long silentUntil, boolean late) {

    /** A source that nothing was told of for so long has gone, as a finished job's log has. */
    private static final long GONE = Duration.ofHours(1).toMillis();

    /** Of a source that nothing was told of before. */
    public static SourceMark of(String name) {
        return new SourceMark(name, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, false);
    }

    /** With what was told since. */
    public SourceMark with(Heard heard) {
        long latest = Math.max(heardAt, heard.at());
        return switch (heard.news()) {
            case WRITES -> new SourceMark(name, latest, silentSince, silentUntil, false);
            case LATE -> new SourceMark(name, latest, silentSince, silentUntil, true);
            case SILENT -> new SourceMark(name, latest, heard.at(), Long.MAX_VALUE, late);
            case BACK -> new SourceMark(name, latest, silentSince, heard.at(), late);
        };
    }

    /** Whether it has gone for good, and is missed by nobody. */
    public boolean isGoneAt(long time) {
        return heardAt < time - GONE;
    }

    /** Whether what it has to say of a moment is not there when an incident of that moment is told. */
    boolean isMissingAt(long time) {
        return late || isSilentAt(time);
    }

    private boolean isSilentAt(long time) {
        return silentSince <= time && time < silentUntil;
    }
}
