package io.faultline.explain.complete;

/**
 * When a source was heard. Times are milliseconds of event time.
 *
 * @param name the source's name
 * @param heardAt when something was last told of it
 * @param silentSince when it fell silent last; {@link Long#MAX_VALUE} where it never did
 * @param silentUntil when it wrote again; {@link Long#MAX_VALUE} where it did not
 */
public record SourceMark(String name, long heardAt, long silentSince, long silentUntil) {

    boolean isSilentAt(long time) {
        return silentSince <= time && time < silentUntil;
    }
}
