package io.faultline.bench;

import io.faultline.collect.decode.DecodeSettings;
import io.faultline.collect.decode.StreamDecoder;
import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.collect.redact.RedactSettings;
import io.faultline.collect.redact.Redactor;
import io.faultline.model.LogEvent;
import io.faultline.model.RawLog;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** Events a second, on one thread, in which there is nothing to redact, and one in which there is. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class RedactBenchmark {

    static final int EVENTS = 1_000;

    @Param({"chat-0.log", "gateway.json.log", "train-llm.log", "gpu-a1.kernel.log"})
    public String file = "";

    private final Redactor redactor = new Redactor(RedactSettings.defaults());
    private LogEvent[] events = {};

    @Setup
    public void parse() throws IOException {
        LineParser parser = new LineParser(ParseSettings.defaults());
        StreamDecoder decoder = new StreamDecoder(DecodeSettings.defaults());
        List<LogEvent> parsed = new ArrayList<>();
        StreamMemory[] memory = {StreamMemory.EMPTY};
        for (RawLog line : SimulatedLines.of(file, 3 * EVENTS)) {
            decoder.add(line, line.observedTimestamp().toEpochMilli(), log -> {
                LineParser.Outcome outcome = parser.parse(log, memory[0], Instant.EPOCH);
                memory[0] = outcome.memory();
                parsed.add(outcome.event());
            }, rejected -> {});
        }
        events = parsed.subList(0, EVENTS).toArray(LogEvent[]::new);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void nothingToRedact(Blackhole sink) {
        for (LogEvent event : events) {
            sink.consume(redactor.redact(event));
        }
    }

    @Benchmark
    public String oneSecret() {
        return redactor.redact("login failed for app with password='not a real one' after 3 attempts");
    }
}
