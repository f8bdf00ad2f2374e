package io.faultline.cli;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bounded run reads and how.
 *
 * @param files the log files; {@code -} is standard input
 * @param rules a directory of rules beside the shipped ones; null for none
 * @param parallelism how many subtasks each step has
 * @param timeZone the zone of times that are written without one
 */
public record ScanRequest(List<Path> files, @Nullable Path rules, int parallelism, ZoneId timeZone) {

    public ScanRequest {
        files = List.copyOf(files);
    }
}
