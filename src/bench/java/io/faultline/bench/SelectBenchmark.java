package io.faultline.bench;

import io.faultline.collect.decode.DecodeSettings;
import io.faultline.collect.decode.StreamDecoder;
import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.RuleIndex;
import io.faultline.model.LogEvent;
import io.faultline.model.RawLog;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** Events a second that the conditions of so many rules are tested on, before the shuffle. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(SelectBenchmark.EVENTS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xbatch")
@State(Scope.Thread)
public class SelectBenchmark {

    static final int EVENTS = 1_000;

    @Param({"chat-0.log", "gateway.json.log", "train-llm.log"})
    public String file = "";

    @Param({"10", "100", "1000"})
    public int rules;

    private RuleIndex index = new RuleIndex(new RuleSet(List.of()));
    private LogEvent[] events = {};

    @Setup
    public void prepare() throws IOException {
        events = parsed();
        index = new RuleIndex(RuleFamilies.of(rules));
        // The events are the cast's, so of all copies of a rule only the first one finds anything.
        RuleIndex first = new RuleIndex(RuleFamilies.of(RuleFamilies.NAMES.size()));
        if (candidates(index) != candidates(first)) {
            throw new IllegalStateException(candidates(index) + " candidates, not " + candidates(first));
        }
    }

    private int candidates(RuleIndex selecting) {
        int[] count = new int[1];
        for (LogEvent event : events) {
            selecting.select(event, candidate -> count[0]++, candidate -> count[0]++);
        }
        return count[0];
    }

    private LogEvent[] parsed() throws IOException {
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
        LogEvent[] all = parsed.build().limit(EVENTS).toArray(LogEvent[]::new);
        if (all.length < EVENTS) {
            throw new IllegalStateException("only " + all.length + " events in " + file);
        }
        return all;
    }

    @Benchmark
    public void select(Blackhole sink) {
        for (LogEvent event : events) {
            index.select(event, sink::consume, sink::consume);
        }
    }
}
