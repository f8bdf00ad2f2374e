package io.faultline;

import io.faultline.collect.enrich.InventoryPiece;
import io.faultline.collect.source.LogFilesSource;
import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Lines given by a test, in the order they were given, as if read from files. */
final class LinesSources implements Sources {

    private static final Instant OBSERVED = Instant.parse("2026-03-01T12:00:00Z");

    private final List<RawLog> lines = new ArrayList<>();
    private final List<InventoryPiece> pieces = new ArrayList<>();

    LinesSources with(String file, String... more) {
        for (String line : more) {
            long number =
                    lines.stream().filter(log -> log.stream().equals(file)).count() + 1;
            lines.add(new RawLog(
                    Origin.file(file, number), OBSERVED, file, line.getBytes(StandardCharsets.UTF_8), Attributes.NONE));
        }
        return this;
    }

    LinesSources withPiece(String key, String document) {
        pieces.add(new InventoryPiece(key, document));
        return this;
    }

    @Override
    public @Nullable DataStream<InventoryPiece> inventory(StreamExecutionEnvironment environment) {
        return pieces.isEmpty() ? null : environment.fromData(pieces).uid("pieces");
    }

    @Override
    public DataStream<RawLog> rawLogs(StreamExecutionEnvironment environment) {
        var source = environment.fromData(lines).uid("lines");
        return source.assignTimestampsAndWatermarks(
                        LogFilesSource.lineTimes().withTimestampAssigner((log, time) -> log.observedTimestamp()
                                .toEpochMilli()))
                .uid("line-times");
    }

    @Override
    public boolean areLive() {
        return false;
    }
}
