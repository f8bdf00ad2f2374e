package io.faultline.store.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Attributes;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.store.document.EventDocument;
import io.faultline.store.document.SampleDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NdjsonSinkTest {

    /** Static: the map runs in this JVM, on a copy of itself. */
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    @TempDir
    private Path directory;

    @Test
    void writesEachLineOnceThoughTheJobIsRestartedFromACheckpoint() throws Exception {
        FAILED.set(false);

        run("100", 2_000, 2_000);

        assertThat(FAILED).isTrue();
        assertThat(Set.copyOf(lines())).hasSize(2_000);
        assertThat(lines()).hasSize(2_000);
    }

    @Test
    void startsAnewWhereThereIsNoCheckpoint() throws Exception {
        FAILED.set(true);
        Files.writeString(directory.resolve("events.ndjson"), "of an earlier run\n");

        run("1h", 10, 1e9);

        assertThat(lines())
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 10)
                        .mapToObj(NdjsonSinkTest::event)
                        .map(new EventDocument()::text)
                        .toList());
    }

    @Test
    void cutsWhatCameAfterTheCheckpoint() throws IOException {
        Path file = directory.resolve("x.ndjson");
        long length;
        try (NdjsonFile first = NdjsonFile.open(file, 0)) {
            first.write(new byte[] {'a'});
            length = first.flush();
            first.write(new byte[] {'b'});
        }
        assertThat(Files.readAllLines(file)).containsExactly("a", "b");

        try (NdjsonFile second = NdjsonFile.open(file, length)) {
            second.write(new byte[] {'c'});
        }

        assertThat(Files.readAllLines(file)).containsExactly("a", "c");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(directory.resolve("events.ndjson"));
    }

    private void run(String checkpointInterval, long events, double perSecond) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("execution.checkpointing.interval", checkpointInterval);
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.delay", "10 ms");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        var source = new DataGeneratorSource<>(
                NdjsonSinkTest::event, events, RateLimiterStrategy.perSecond(perSecond), Types.POJO(LogEvent.class));
        var failing = environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "events")
                .map(event -> failOnceLate(event))
                .returns(Types.POJO(LogEvent.class));
        NdjsonSink.add(failing, new EventDocument(), new NdjsonSettings(directory.toString()));
        environment.execute();
    }

    private static LogEvent failOnceLate(LogEvent event) {
        if (event.origin().position() % 1_000 == 900 && FAILED.compareAndSet(false, true)) {
            throw new IllegalStateException("fails once, so that the job restarts");
        }
        return event;
    }

    private static LogEvent event(Long number) {
        return SampleDocuments.event(number, Measures.NONE, Attributes.NONE);
    }
}
