package io.faultline.collect.source;

import io.faultline.model.RawLog;
import java.time.Clock;

/** Reads files in the caller's thread and in the order of time, as the source does, for commands that need no cluster. */
public final class LogFiles {

    private LogFiles() {}

    /** Takes the lines one by one. */
    @FunctionalInterface
    public interface LineReceiver {
        /**
         * @param log the line, or the trouble in its place
         * @param time the time found in the line or before it, in epoch milliseconds; where none was found yet, when
         *     the line was seen
         */
        void accept(RawLog log, long time);
    }

    /**
     * Reads all lines to the end.
     *
     * @param clock says when standard input is seen
     * @return how many lines there were, those that could not be read among them
     */
    public static long read(FilesSettings settings, Clock clock, LineReceiver lines) {
        long count = 0;
        var positions = settings.paths().stream().map(FilePosition::startOf).toList();
        try (MergedFiles files = new MergedFiles(positions, FileOpener.real(clock), settings)) {
            for (ReadLine line = files.next(); line != null; line = files.next()) {
                count++;
                long time = line.after().time();
                lines.accept(
                        line.log(),
                        time == TimeSniffer.NONE
                                ? line.log().observedTimestamp().toEpochMilli()
                                : time);
            }
        }
        return count;
    }
}
