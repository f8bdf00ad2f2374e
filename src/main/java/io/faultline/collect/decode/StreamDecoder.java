package io.faultline.collect.decode;

import io.faultline.model.RawLog;
import io.faultline.model.Rejected;
import io.faultline.model.TextLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The step without Flink: decodes and joins the lines of any number of streams in the caller's thread. A record is whole
 * when its stream goes on with another one, or at the end; silence is not told here.
 */
public final class StreamDecoder {

    private static final long NEVER = Long.MAX_VALUE;

    private final LineDecoder decoder;
    private final RecordJoiner joiner;
    private final Map<String, OpenRecords> open = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();

    public StreamDecoder(DecodeSettings settings) {
        decoder = new LineDecoder(settings.maxLineBytes());
        joiner = new RecordJoiner(settings);
    }

    public void add(RawLog raw, Consumer<TextLog> out, Consumer<Rejected> rejected) {
        lines.clear();
        Rejected refusal = decoder.decodeOrReject(raw, lines);
        if (refusal != null) {
            rejected.accept(refusal);
        }
        for (Line line : lines) {
            OpenRecords before = open.getOrDefault(raw.stream(), OpenRecords.NONE);
            open.put(raw.stream(), joiner.add(before, line, NEVER, NEVER, out));
        }
    }

    /** Sends out what is still open. */
    public void finish(Consumer<TextLog> out) {
        open.values().forEach(records -> joiner.expire(records, NEVER, NEVER, out));
        open.clear();
    }
}
