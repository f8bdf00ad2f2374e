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
 * when its stream goes on with another one, after a silence in the times of its own lines, or at the end.
 */
public final class StreamDecoder {

    private static final long NEVER = Long.MAX_VALUE;

    private final DecodeSettings settings;
    private final LineDecoder decoder;
    private final RecordJoiner joiner;
    private final Map<String, OpenRecords> open = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();

    public StreamDecoder(DecodeSettings settings) {
        this.settings = settings;
        decoder = new LineDecoder(settings.maxLineBytes(), settings.timeZone());
        joiner = new RecordJoiner(settings, decoder);
    }

    /** @param time the time found in the line or before it, in epoch milliseconds */
    public void add(RawLog raw, long time, Consumer<TextLog> out, Consumer<Rejected> rejected) {
        lines.clear();
        Rejected refusal = decoder.decodeOrReject(raw, lines);
        if (refusal != null) {
            rejected.accept(refusal);
        }
        OpenRecords before = open.getOrDefault(raw.stream(), OpenRecords.NONE);
        OpenRecords after = before.isEmpty() ? before : joiner.expire(before, time - 1, Long.MIN_VALUE, out);
        for (Line line : lines) {
            after = joiner.add(after, line, settings.silentAt(time), NEVER, out);
        }
        open.put(raw.stream(), after);
    }

    /** Sends out what is still open. */
    public void finish(Consumer<TextLog> out) {
        open.values().forEach(records -> joiner.expire(records, NEVER, NEVER, out));
        open.clear();
    }
}
