package io.faultline.cli;

import io.faultline.collect.source.KafkaExtract;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read to events, and how.
 *
 * @param files log files; {@code -} is standard input; none where Kafka is read
 * @param kafka the part of Kafka; null where files are read
 * @param timeZone the zone of times that are written without one
 * @param parsers parser files, or directories of them
 */
public record ReadRequest(List<Path> files, @Nullable KafkaExtract kafka, ZoneId timeZone, List<Path> parsers) {

    public ReadRequest {
        files = List.copyOf(files);
        parsers = List.copyOf(parsers);
    }
}
