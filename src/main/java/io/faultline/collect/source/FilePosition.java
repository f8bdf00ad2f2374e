package io.faultline.collect.source;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How far one file was read; with it reading goes on after a restart.
 *
 * @param path as it was given; {@code -} is standard input
 * @param lastChange when the file was last written, in epoch milliseconds, or {@link TimeSniffer#NONE} before it was opened
 * @param lines lines read
 * @param bytes bytes read, after decompression
 * @param time the time of the line read last, in epoch milliseconds, or {@link TimeSniffer#NONE}
 * @param ended whether nothing more comes from it
 */
record FilePosition(String path, long lastChange, long lines, long bytes, long time, boolean ended) {

    static final String STANDARD_INPUT = "-";

    /** The beginning of a file. */
    static FilePosition startOf(String path) {
        return new FilePosition(path, TimeSniffer.NONE, 0, 0, TimeSniffer.NONE, false);
    }

    boolean isStandardInput() {
        return path.equals(STANDARD_INPUT);
    }

    /** Whether it can be read but once, from its beginning: standard input, a named pipe, what a shell substitutes. */
    boolean isPipe() {
        return isStandardInput() || (Files.exists(Path.of(path)) && !Files.isRegularFile(Path.of(path)));
    }

    FilePosition opened(long changed, long firstTime) {
        return new FilePosition(path, changed, lines, bytes, firstTime, ended);
    }

    FilePosition after(long bytesRead, long timeOfLine) {
        return new FilePosition(path, lastChange, lines + 1, bytesRead, timeOfLine, ended);
    }

    FilePosition end() {
        return new FilePosition(path, lastChange, lines, bytes, time, true);
    }
}
