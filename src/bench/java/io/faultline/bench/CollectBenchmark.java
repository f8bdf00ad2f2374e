package io.faultline.bench;

import io.faultline.collect.decode.DecodeSettings;
import io.faultline.collect.decode.StreamDecoder;
import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.model.RawLog;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Lines of each format a second, on one thread: decoded, decoded and parsed, and sent through the shuffle. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(CollectBenchmark.LINES)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class CollectBenchmark {

    static final int LINES = 1_000;

    /** A vLLM replica, a gateway's JSON, a Megatron job, a Trainer's dictionaries, a kernel. */
    @Param({"chat-0.log", "gateway.json.log", "train-llm.log", "sft-chat.log", "gpu-a1.kernel.log"})
    public String file = "";

    private final LineParser parser = new LineParser(ParseSettings.defaults());
    private final TypeSerializer<RawLog> serializer =
            TypeInformation.of(RawLog.class).createSerializer(new SerializerConfigImpl());
    private final DataOutputSerializer out = new DataOutputSerializer(1_024);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private RawLog[] lines = {};

    @Setup
    public void read() throws IOException {
        lines = SimulatedLines.of(file, LINES);
    }

    @Benchmark
    public void decode(Blackhole sink) {
        StreamDecoder decoder = new StreamDecoder(DecodeSettings.defaults());
        for (RawLog line : lines) {
            decoder.add(line, line.observedTimestamp().toEpochMilli(), sink::consume, sink::consume);
        }
        decoder.finish(sink::consume);
    }

    @Benchmark
    public void decodeAndParse(Blackhole sink) {
        StreamDecoder decoder = new StreamDecoder(DecodeSettings.defaults());
        StreamMemory[] memory = {StreamMemory.EMPTY};
        for (RawLog line : lines) {
            decoder.add(line, line.observedTimestamp().toEpochMilli(), log -> {
                LineParser.Outcome outcome = parser.parse(log, memory[0], Instant.EPOCH);
                memory[0] = outcome.memory();
                sink.consume(outcome.event());
            }, sink::consume);
        }
        decoder.finish(sink::consume);
    }

    @Benchmark
    public void serializeAndRead(Blackhole sink) throws IOException {
        for (RawLog line : lines) {
            out.clear();
            serializer.serialize(line, out);
            in.setBuffer(out.getSharedBuffer(), 0, out.length());
            sink.consume(serializer.deserialize(in));
        }
    }
}
