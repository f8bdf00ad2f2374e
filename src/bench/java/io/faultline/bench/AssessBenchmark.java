package io.faultline.bench;

import io.faultline.collect.assess.AssessFunction;
import io.faultline.collect.assess.AssessSettings;
import io.faultline.collect.assess.SourceAssessor;
import io.faultline.collect.assess.SourceRecord;
import io.faultline.collect.decode.DecodeSettings;
import io.faultline.collect.decode.StreamDecoder;
import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.model.LogEvent;
import io.faultline.model.RawLog;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What judging an event costs: alone, with its state on the heap, and what RocksDB would read and write of it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(AssessBenchmark.EVENTS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class AssessBenchmark {

    static final int EVENTS = 1_000;

    @Param({"chat-0.log", "train-llm.log", "gpu-a1.kernel.log"})
    public String file = "";

    private final SourceAssessor assessor = new SourceAssessor(AssessSettings.defaults());
    private final SourceRecord record = new SourceRecord();
    private final TypeSerializer<SourceRecord> serializer =
            TypeInformation.of(SourceRecord.class).createSerializer(new SerializerConfigImpl());
    private final DataOutputSerializer out = new DataOutputSerializer(8_192);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private final StreamRecord<LogEvent> element = new StreamRecord<>(null);
    private KeyedOneInputStreamOperatorTestHarness<String, LogEvent, LogEvent> harness;
    private LogEvent[] events = {};

    @Setup
    public void parse() throws Exception {
        LineParser parser = new LineParser(ParseSettings.defaults());
        StreamDecoder decoder = new StreamDecoder(DecodeSettings.defaults());
        Stream.Builder<LogEvent> parsed = Stream.builder();
        StreamMemory[] memory = {StreamMemory.EMPTY};
        for (RawLog line : SimulatedLines.of(file, 3 * EVENTS)) {
            decoder.add(line, line.observedTimestamp().toEpochMilli(), log -> {
                LineParser.Outcome outcome = parser.parse(log, memory[0], Instant.EPOCH);
                memory[0] = outcome.memory();
                parsed.add(outcome.event());
            }, rejected -> {});
        }
        events = parsed.build().limit(EVENTS).toArray(LogEvent[]::new);
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new AssessFunction(AssessSettings.defaults())), LogEvent::stream, Types.STRING);
        harness.open();
        judge(null);
    }

    @TearDown
    public void close() throws Exception {
        harness.close();
    }

    @Benchmark
    public void judge(Blackhole sink) {
        for (LogEvent event : events) {
            LogEvent marked =
                    assessor.assess(event, event.timestamp().toEpochMilli(), Long.MIN_VALUE, record, report -> {});
            if (sink != null) {
                sink.consume(marked);
            }
        }
    }

    @Benchmark
    public void judgeWithState(Blackhole sink) throws Exception {
        var operator = harness.getOneInputOperator();
        for (LogEvent event : events) {
            element.replace(event, event.timestamp().toEpochMilli());
            operator.setKeyContextElement1(element);
            operator.processElement(element);
        }
        harness.getOutput().clear();
    }

    @Benchmark
    public void writeAndReadState(Blackhole sink) throws Exception {
        for (int i = 0; i < EVENTS; i++) {
            out.clear();
            serializer.serialize(record, out);
            in.setBuffer(out.getSharedBuffer(), 0, out.length());
            sink.consume(serializer.deserialize(in));
        }
    }
}
