package io.faultline.cli;

import io.faultline.model.LogEvent;
import io.faultline.model.Rejected;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads files to events in this thread, with the same doers as the job (decode, parse, enrich) but without Flink, so that
 * a small file is read before a cluster would have started.
 */
public interface LogReader {

    /**
     * Reads the files one after the other.
     *
     * @param files the log files; {@code -} is standard input
     * @param timeZone the zone of times that are written without one
     * @param listener hears how far it is
     * @return how many lines were read
     */
    long read(
            List<Path> files,
            ZoneId timeZone,
            RunListener listener,
            Consumer<LogEvent> events,
            Consumer<Rejected> rejected);

    /** The event as the store would keep it: one JSON object on one line. */
    String document(LogEvent event);
}
