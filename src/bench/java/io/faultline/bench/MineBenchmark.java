package io.faultline.bench;

import io.faultline.collect.mine.MineSettings;
import io.faultline.collect.mine.SampleSystems;
import io.faultline.collect.mine.TemplateMiner;
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

/** Lines a second, on one thread, that are given their template and their values. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(MineBenchmark.LINES)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class MineBenchmark {

    static final int LINES = 400;

    @Param({"storage", "scheduler", "gateway", "phone"})
    public String system = "";

    private final TemplateMiner warm = new TemplateMiner(MineSettings.defaults());
    private List<String> lines = List.of();

    @Setup
    public void read() {
        lines = SampleSystems.of(system, 1).lines().subList(0, LINES);
    }

    /** All templates are known: what a job does nearly all of its time. */
    @Benchmark
    public void known(Blackhole sink) {
        for (String line : lines) {
            sink.consume(warm.add(line));
        }
    }

    /** None is known at the beginning. */
    @Benchmark
    public void learned(Blackhole sink) {
        TemplateMiner cold = new TemplateMiner(MineSettings.defaults());
        for (String line : lines) {
            sink.consume(cold.add(line));
        }
    }
}
