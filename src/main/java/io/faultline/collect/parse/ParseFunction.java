package io.faultline.collect.parse;

import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.model.LogEvent;
import io.faultline.model.Rejected;
import io.faultline.model.TextLog;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Carries records to the {@link LineParser} and what it remembers of each stream through state. Key: the stream. */
public final class ParseFunction extends KeyedProcessFunction<String, TextLog, LogEvent> {

    /** Records that broke the grammar of their format; each has its event as well. */
    public static final OutputTag<Rejected> REJECTED = new OutputTag<>("parse-rejected") {};

    /** A stream that is silent for longer is read as a new one: its first record with a head tells all again. */
    private static final Duration SILENCE = Duration.ofDays(1);

    private static final long serialVersionUID = 1;

    private final ParseSettings settings;
    private transient LineParser parser;
    /**
     * Key: the stream. One {@link StreamMemory}, about 60 bytes and at most 4096 characters of note, for each log in it; a log ends by TTL after a day without a
     * record.
     */
    private transient MapState<String, StreamMemory> memories;

    public ParseFunction(ParseSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        parser = new LineParser(settings);
        var descriptor = new MapStateDescriptor<>("stream-memory", String.class, StreamMemory.class);
        // One entry a record is looked at for its end, not five as by default: that would cost half of what decoding
        // does.
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(SILENCE)
                .cleanupIncrementally(1, false)
                .build());
        memories = getRuntimeContext().getMapState(descriptor);
    }

    @Override
    public void processElement(TextLog log, Context context, Collector<LogEvent> out) throws Exception {
        StreamMemory before = memories.get(log.source());
        // The source's time: when Kafka took the record, or the time found in the file so far; none before the first.
        Long sourceTime = context.timestamp();
        Instant arrival = sourceTime == null || sourceTime == TimestampAssigner.NO_TIMESTAMP
                ? log.observedTimestamp()
                : Instant.ofEpochMilli(sourceTime);
        LineParser.Outcome outcome = parser.parse(log, before == null ? StreamMemory.EMPTY : before, arrival);
        if (!outcome.memory().equals(before)) {
            memories.put(log.source(), outcome.memory());
        }
        out.collect(outcome.event());
        if (outcome.rejected() != null) {
            context.output(REJECTED, outcome.rejected());
        }
    }
}
