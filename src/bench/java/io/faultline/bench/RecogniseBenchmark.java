package io.faultline.bench;

import io.faultline.collect.decode.DecodeSettings;
import io.faultline.collect.decode.StreamDecoder;
import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.collect.redact.RedactSettings;
import io.faultline.collect.redact.Redactor;
import io.faultline.model.RawLog;
import io.faultline.model.TextLog;
import io.krakens.grok.api.Grok;
import io.krakens.grok.api.GrokCompiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

/**
 * Lines a second on one thread from their bytes to redacted events, and beside it the same vLLM lines through Grok with the
 * one pattern that fits them. With {@code -prof io.faultline.bench.CpuProfiler} also lines a second of the thread's own
 * time, which counts where others use the machine.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(RecognisedLines.COUNT)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RecogniseBenchmark {

    private static final String VLLM = "%{LOGLEVEL:level} %{MONTHNUM:month}-%{MONTHDAY:day} %{TIME:time} "
            + "\\[%{NOTSPACE:file}:%{INT:line}\\] Engine %{INT:engine}: "
            + "Avg prompt throughput: %{NUMBER:prompt} tokens/s, Avg generation throughput: %{NUMBER:generation} tokens/s, "
            + "Running: %{INT:running} reqs, Waiting: %{INT:waiting} reqs, "
            + "GPU KV cache usage: %{NUMBER:cache}%, Prefix cache hit rate: %{NUMBER:hits}%";

    /** The steps as the job has them, with what is remembered of each log. */
    @State(Scope.Thread)
    public static class Steps {

        @Param({"vllm-statistics", "megatron", "xid", "mix"})
        public String lines = "";

        private final LineParser parser = new LineParser(ParseSettings.defaults());
        private final Redactor redactor = new Redactor(RedactSettings.defaults());
        private final Map<String, StreamMemory> memories = new HashMap<>();
        private RawLog[] logs = {};

        @Setup
        public void read() throws IOException {
            logs = RecognisedLines.of(lines);
        }

        private void parse(TextLog log, Blackhole sink) {
            StreamMemory memory = memories.getOrDefault(log.source(), StreamMemory.EMPTY);
            LineParser.Outcome outcome = parser.parse(log, memory, Instant.EPOCH);
            memories.put(log.source(), outcome.memory());
            sink.consume(redactor.redact(outcome.event()));
        }
    }

    /** One pattern, and lines that fit it. */
    @State(Scope.Thread)
    public static class OnePattern {

        private Grok grok = GrokCompiler.newInstance().compile(".*");
        private RawLog[] logs = {};

        @Setup
        public void read() throws IOException {
            GrokCompiler compiler = GrokCompiler.newInstance();
            compiler.registerDefaultPatterns();
            grok = compiler.compile(VLLM);
            logs = RecognisedLines.of("vllm-statistics");
            Map<String, Object> fields =
                    grok.capture(new String(logs[0].payload(), StandardCharsets.UTF_8));
            if (!"loggers.py".equals(fields.get("file"))) {
                throw new IllegalStateException("the pattern does not fit the line: " + fields);
            }
        }
    }

    @Benchmark
    public void faultline(Steps steps, Blackhole sink) {
        StreamDecoder decoder = new StreamDecoder(DecodeSettings.defaults());
        Consumer<TextLog> parse = log -> steps.parse(log, sink);
        for (RawLog log : steps.logs) {
            decoder.add(log, log.observedTimestamp().toEpochMilli(), parse, sink::consume);
        }
        decoder.finish(parse);
    }

    @Benchmark
    public void grok(OnePattern one, Blackhole sink) {
        for (RawLog log : one.logs) {
            sink.consume(one.grok.capture(new String(log.payload(), StandardCharsets.UTF_8)));
        }
    }
}
