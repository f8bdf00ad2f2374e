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
 * @param parsers parser files, or directories of them
 * @param inventory the file that says what stands where; null for none
 */
public record ScanRequest(
        List<Path> files,
        @Nullable Path rules,
        int parallelism,
        ZoneId timeZone,
        List<Path> parsers,
        @Nullable Path inventory) {

    public ScanRequest {
        files = List.copyOf(files);
        parsers = List.copyOf(parsers);
    }

    /** Without parsers and inventory of a user. */
    public ScanRequest(List<Path> files, @Nullable Path rules, int parallelism, ZoneId timeZone) {
        this(files, rules, parallelism, timeZone, List.of(), null);
    }
}
