package io.faultline.bench;

import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.collect.parse.user.ParserDefinition;
import io.faultline.collect.parse.user.ParserFile;
import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.TextLog;
import io.faultline.settings.Problems;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whole records a second through all parsers, on one thread, with twenty parsers in YAML beside the built-in ones. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class ParserBenchmark {

    private static final int USER_PARSERS = 20;

    private static final Instant SEEN = Instant.parse("2026-03-02T00:00:00Z");

    /** A line of python-json-logger, one that a parser in YAML reads, and one that nobody knows. */
    @Param({"json", "user", "unknown"})
    public String line = "";

    @Param({"0", "20"})
    public int userParsers;

    private LineParser parser = new LineParser(ParseSettings.defaults());
    private TextLog log = record("");

    @Setup
    public void read() {
        Problems problems = new Problems();
        List<ParserDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < Math.min(userParsers, USER_PARSERS); i++) {
            String yaml =
                    """
                    format: acme-%1$d
                    match: '{TIMESTAMP:time} {LEVEL:level} acme%1$d step={INT:step} loss={NUMBER:loss} took {DURATION:step_time_seconds}'
                    kind: training.step
                    tests:
                      - line: '2026-03-01 10:00:00 INFO acme%1$d step=3 loss=2.5 took 20ms'
                        event: {}
                    """
                            .formatted(i);
            definitions.add(
                    ParserFile.parse("acme.yaml", yaml, problems).definition());
        }
        problems.throwIfAny("the benchmark's parsers");
        parser = new LineParser(new ParseSettings(ZoneOffset.UTC, definitions));
        log = record(
                switch (line) {
                    case "json" ->
                        "{\"asctime\": \"2026-03-01 10:00:00,250\", \"levelname\": \"INFO\", \"name\": \"gateway.proxy\","
                                + " \"message\": \"request completed\", \"service\": \"gateway\", \"method\": \"POST\","
                                + " \"path\": \"/v1/chat/completions\", \"status\": 200, \"duration_ms\": 642,"
                                + " \"upstream\": \"chat-0\", \"model\": \"acme/chat-8b\", \"request_id\": \"00c0ffee\"}";
                    case "user" -> "2026-03-01 10:00:00,250 INFO acme7 step=1200 loss=2.125 took 482.5ms";
                    default -> "the quick brown fox jumps over the lazy dog and took 12 steps, step=3, to do it";
                });
    }

    @Benchmark
    public LineParser.Outcome parse() {
        return parser.parse(log, StreamMemory.EMPTY, SEEN);
    }

    private static TextLog record(String text) {
        return new TextLog(Origin.stdin(1), SEEN, "-", text, Attributes.NONE, false);
    }
}
