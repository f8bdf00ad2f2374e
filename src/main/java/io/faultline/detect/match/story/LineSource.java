package io.faultline.detect.match.story;

import io.faultline.model.LogEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes events of log lines, as the job would. */
@FunctionalInterface
public interface LineSource {

    /**
     * Reads files to their ends.
     *
     * @param files the files' texts by their names
     * @param observed when they were written last
     */
    List<LogEvent> read(Map<String, String> files, Instant observed);
}
