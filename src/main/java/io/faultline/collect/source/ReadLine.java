package io.faultline.collect.source;

import io.faultline.model.RawLog;

/**
 * A line and where its file stands behind it.
 *
 * @param log the line, or the trouble in its place
 * @param file which of the files, counted from 0
 * @param after the file's position once this line is passed on; its time is the line's
 * @param dated whether that time was found in the line itself, and not before it
 */
record ReadLine(RawLog log, int file, FilePosition after, boolean dated) {

    ReadLine with(RawLog other) {
        return new ReadLine(other, file, after, dated);
    }
}
