package io.faultline.collect.mine;

/**
 * What stands in a line where its template has a wild-card.
 *
 * @param type what it was told to be by its shape
 * @param text as written
 */
public record Value(ValueType type, String text) {}
