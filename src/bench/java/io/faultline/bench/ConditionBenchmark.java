package io.faultline.bench;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.story.Story;
import io.faultline.detect.match.condition.Condition;
import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.condition.InterpretedCel;
import io.faultline.model.Attributes;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
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

/** One condition on one event that it holds for: compiled, and as the interpreter of CEL runs it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xbatch")
@State(Scope.Thread)
public class ConditionBenchmark {

    @Param({
        "kind == 'gpu.xid' && measures.xid_code in [48, 64, 79, 95, 119, 120, 140]",
        "kind == 'gpu.xid' && (measures.running_requests > 0 || measures.waiting_requests > 0) &&"
                + " measures.prompt_tokens_per_second == 0 && measures.generation_tokens_per_second == 0",
        "kind == 'gpu.xid' && attributes.outcome == 'failure' && !message.contains('Nonfatal')",
        "measures.waiting_requests / (measures.running_requests + measures.waiting_requests) > 0.25"
    })
    public String condition = "";

    private final LogEvent event = SampleRules.event(
            EventKind.GPU_XID,
            Story.START,
            Measures.builder()
                    .put("xid_code", 79)
                    .put("running_requests", 12)
                    .put("waiting_requests", 7)
                    .put("prompt_tokens_per_second", 0)
                    .put("generation_tokens_per_second", 0)
                    .build(),
            Attributes.of("outcome", "failure"));

    private Condition compiled = Condition.NEVER;
    private InterpretedCel.Program interpreted = ignored -> false;

    @Setup
    public void compile() throws Exception {
        compiled = new ConditionCompiler().compile(condition, problem -> {
            throw new IllegalStateException(problem);
        });
        interpreted = new InterpretedCel().program(condition);
        if (!compiled.holds(event) || !interpreted.holds(event)) {
            throw new IllegalStateException("does not hold: " + condition);
        }
    }

    @Benchmark
    public boolean compiled() {
        return compiled.holds(event);
    }

    /** The interpreter's own time: the event's values are looked up as it asks for them. */
    @Benchmark
    public boolean interpreted() throws Exception {
        return interpreted.holds(event);
    }
}
