package io.faultline.collect.decode;

import io.faultline.model.Attributes;
import io.faultline.model.RawLog;

/**
 * One cleaned line.
 *
 * @param raw what it was cut from
 * @param text without colours and launcher prefixes
 * @param writer what the launcher prefixes said; lines with the same are written by one process
 * @param charsetReplaced whether bytes that are no UTF-8 were replaced
 * @param whole whether it came as a record of its own, perhaps of several lines, and nothing may be joined to it
 */
record Line(RawLog raw, String text, Attributes writer, boolean charsetReplaced, boolean whole) {}
