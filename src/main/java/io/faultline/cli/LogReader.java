package io.faultline.cli;

import io.faultline.collect.mine.EventMiner;
import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.model.LogEvent;
import io.faultline.model.Rejected;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads files to events in this thread, with the same doers as the job (decode, parse, redact, enrich, assess, mine) but without Flink,
 * so that a small file is read before a cluster would have started.
 */
public interface LogReader {

    /**
     * Reads the files one after the other.
     *
     * @param files the log files; {@code -} is standard input
     * @param parse the zone of times that are written without one, and the user's parsers
     * @param listener hears how far it is
     * @return how many lines were read
     */
    long read(
            List<Path> files,
            ParseSettings parse,
            RunListener listener,
            Consumer<LogEvent> events,
            Consumer<Rejected> rejected);

    /** The same without parsers of a user. */
    default long read(
            List<Path> files,
            ZoneId timeZone,
            RunListener listener,
            Consumer<LogEvent> events,
            Consumer<Rejected> rejected) {
        return read(files, new ParseSettings(timeZone.normalized()), listener, events, rejected);
    }

    /** Reads the files and tells of each record what every parser had to do with it. */
    void explain(List<Path> files, ParseSettings parse, RunListener listener, Consumer<Explanation> explanations);

    /**
     * Which parser took a record and why the others did not.
     *
     * @param text the record, without the prefixes that were peeled off
     */
    record Explanation(String text, LogEvent event, List<LineParser.Verdict> verdicts) {
        public Explanation {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** The templates that lines had which no parser knows, in the order in which they were found; after reading. */
    default List<EventMiner.Found> templates() {
        return List.of();
    }

    /** The event as the store would keep it: one JSON object on one line. */
    String document(LogEvent event);
}
