package io.faultline;

import static io.faultline.Topology.step;

import io.faultline.collect.assess.AssessFunction;
import io.faultline.collect.decode.DecodeFunction;
import io.faultline.collect.enrich.EnrichFunction;
import io.faultline.collect.enrich.EnrichLiveFunction;
import io.faultline.collect.enrich.FleetFunction;
import io.faultline.collect.enrich.InventoryPiece;
import io.faultline.collect.mine.MineFunction;
import io.faultline.collect.parse.ParseFunction;
import io.faultline.collect.redact.RedactFunction;
import io.faultline.collect.redact.RedactRejectedFunction;
import io.faultline.model.ClusterSize;
import io.faultline.model.FleetEntry;
import io.faultline.model.LogEvent;
import io.faultline.model.RawLog;
import io.faultline.model.Rejected;
import io.faultline.model.TextLog;
import java.time.Duration;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** From the bytes that were read to events of known time, place and kind. */
final class CollectPhase {

    private final JobSettings settings;
    private final Sources sources;
    private final Sinks sinks;

    CollectPhase(JobSettings settings, Sources sources, Sinks sinks) {
        this.settings = settings;
        this.sources = sources;
        this.sinks = sinks;
    }

    /**
     * What was read.
     *
     * @param known those of all events that a parser knew
     * @param inventory what the inventory says while the job runs
     */
    record Collected(DataStream<LogEvent> all, DataStream<LogEvent> known, Inventory inventory) {}

    /**
     * What the inventory says while the job runs; nothing, ever, where it has no topic.
     *
     * @param fleet what is other than its file has it
     * @param sizes clusters whose number of nodes changed; null where it has no topic
     */
    record Inventory(DataStream<FleetEntry> fleet, @Nullable DataStream<ClusterSize> sizes) {}

    Collected wire(StreamExecutionEnvironment environment, DataStream<Rejected> refusedCommands) {
        DataStream<RawLog> rawLogs = sources.rawLogs(environment);
        DataStream<InventoryPiece> inventory = sources.inventory(environment);
        // By stream: only the lines of one file or one Kafka key have an order, and only they can be one record.
        var decoded = step(
                "decode",
                rawLogs.keyBy(RawLog::stream)
                        .process(new DecodeFunction(
                                settings.decode().in(settings.parse().timeZone()), sources.areLive())));
        // Still by stream, so nothing is shuffled: a parser remembers what the stream's last records were.
        var parsed = step(
                "parse",
                DataStreamUtils.reinterpretAsKeyedStream(decoded, TextLog::stream)
                        .process(new ParseFunction(settings.parse())));
        // Before anything is kept or sent: what comes behind this step never sees a secret.
        var redacted = step("redact", parsed.map(new RedactFunction(settings.redact())));
        var enriched = enrich(redacted, inventory);
        var rejected = decoded.getSideOutput(DecodeFunction.REJECTED)
                .union(
                        parsed.getSideOutput(ParseFunction.REJECTED),
                        enriched.getSideOutput(EnrichLiveFunction.REJECTED),
                        refusedCommands);
        sinks.rejected(step("redact-rejected", rejected.map(new RedactRejectedFunction(settings.redact()))));

        // Again by stream: what a source wrote before tells how far its next line can be trusted.
        var assessed = step(
                "assess",
                DataStreamUtils.reinterpretAsKeyedStream(enriched, LogEvent::stream)
                        .process(new AssessFunction(settings.assess())));
        Duration outOfOrderness = settings.eventTime().outOfOrderness();
        var timed = step(
                "event-time",
                assessed.transform(
                        "event-time",
                        assessed.getType(),
                        new EventClockOperator(outOfOrderness, sources.areLive() ? Duration.ZERO : outOfOrderness)));
        // By format and first word: two lines of one template always have the same. What a parser knows is not
        // shuffled.
        var mined = step(
                "mine",
                step("select-unknown", timed.filter(MineFunction::isMined))
                        .keyBy(MineFunction::key)
                        .process(new MineFunction(settings.mine())));
        var known = step("select-known", timed.filter(event -> !MineFunction.isMined(event)));
        return new Collected(known.union(mined), known, inventory(inventory, refusedCommands));
    }

    private Inventory inventory(@Nullable DataStream<InventoryPiece> pieces, DataStream<Rejected> silent) {
        if (pieces == null) {
            FlatMapFunction<Rejected, FleetEntry> nothing = (any, out) -> {};
            return new Inventory(
                    step("fleet", silent.flatMap(nothing).returns(FleetEntry.class))
                            .setParallelism(1),
                    null);
        }
        // In one task: what one piece says may depend on another.
        var fleet = step("fleet", pieces.keyBy(FleetFunction::key).process(new FleetFunction(settings.enrich())))
                .setParallelism(1);
        return new Inventory(fleet, fleet.getSideOutput(FleetFunction.SIZES));
    }

    /** Still by stream: what one line of a job says of its ranks holds for the others. */
    private SingleOutputStreamOperator<LogEvent> enrich(
            DataStream<LogEvent> redacted, @Nullable DataStream<InventoryPiece> inventory) {
        var byStream = DataStreamUtils.reinterpretAsKeyedStream(redacted, LogEvent::stream);
        return step(
                "enrich",
                inventory == null
                        ? byStream.process(new EnrichFunction(settings.enrich()))
                        : byStream.connect(inventory.broadcast(EnrichLiveFunction.PIECES))
                                .process(new EnrichLiveFunction(settings.enrich())));
    }
}
