package io.faultline.explain.complete;

/**
 * When a source was heard. Times are milliseconds of event time.
 *
 * @param name the source's name
 * @param heardAt when something was last told of it
 * @param silentSince since when it is silent; {@link Long#MAX_VALUE} while it is not
 */
public record SourceMark(String name, long heardAt, long silentSince) {}
