package io.faultline.collect.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.collect.decode.DecodeFunction;
import io.faultline.collect.decode.DecodeSettings;
import io.faultline.model.RawLog;
import io.faultline.model.TextLog;
import io.faultline.settings.SettingsException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LogFilesSourceTest {

    private static final Instant CHANGED = Instant.parse("2026-03-01T12:00:00Z");

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    Path directory;

    @Test
    void readsFilesInOneOrderAndEnds() throws Exception {
        String a = file("a.log", "2026-03-01 10:00:00 a\n2026-03-01 10:00:02 a\n");
        String b = gzip("b.log.gz", "2026-03-01 10:00:01 b\n2026-03-01 10:00:03 b\n");

        List<String> texts = new ArrayList<>();
        try (CloseableIterator<RawLog> logs =
                read(environment(), WatermarkStrategy.noWatermarks(), a, b).executeAndCollect()) {
            logs.forEachRemaining(log -> texts.add(new String(log.payload(), UTF_8)));
        }

        assertThat(texts)
                .containsExactly(
                        "2026-03-01 10:00:00 a",
                        "2026-03-01 10:00:01 b",
                        "2026-03-01 10:00:02 a",
                        "2026-03-01 10:00:03 b");
    }

    @Test
    void losesNoLineAndRepeatsNoneWhenTheJobFails() throws Exception {
        String plain = file("a.log", numbered("a", 5_000));
        String zipped = gzip("b.log.gz", numbered("b", 5_000));
        StreamExecutionEnvironment environment = environment();
        environment.enableCheckpointing(20);
        FailOnce.reset();

        List<String> origins = new ArrayList<>();
        try (CloseableIterator<String> read = read(environment, WatermarkStrategy.noWatermarks(), plain, zipped)
                .map(new FailOnce())
                .setParallelism(1)
                .uid("fail-once")
                .executeAndCollect()) {
            read.forEachRemaining(origins::add);
        }

        assertThat(FailOnce.FAILED).isTrue();
        assertThat(origins).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(origins)
                .filteredOn(origin -> origin.startsWith(plain))
                .isEqualTo(IntStream.rangeClosed(1, 5_000)
                        .mapToObj(line -> plain + ":" + line)
                        .toList());
    }

    @Test
    void endsARecordInLogTimeHoweverFastItReads() throws Exception {
        String silent = file("chat-0.log", "ERROR 03-01 10:00:00 [core.py:7] the last word\n");
        StringBuilder calm = new StringBuilder();
        for (int minute = 0; minute < 60; minute++) {
            calm.append(String.format("2026-03-01 10:%02d:30 calm%n", minute));
        }
        String other = file("other.log", calm.toString());

        SingleOutputStreamOperator<TextLog> records = read(environment(), LogFilesSource.lineTimes(), silent, other)
                .keyBy(RawLog::stream)
                .process(new DecodeFunction(DecodeSettings.defaults(), false))
                .uid("decode");
        List<TextLog> all = new ArrayList<>();
        try (CloseableIterator<TextLog> out = records.setParallelism(1).executeAndCollect()) {
            out.forEachRemaining(all::add);
        }

        assertThat(all).hasSize(61);
        assertThat(all.get(0).text()).endsWith("the last word");
    }

    @Test
    void tellsAllFilesThatCanNotBeReadBeforeTheJobStarts() throws IOException {
        String good = file("good.log", "x\n");

        assertThatThrownBy(() -> new LogFilesSource(
                        FilesSettings.of(List.of(good, "missing-1.log", directory.toString(), "-", "missing-2.log")),
                        Clock.systemUTC(),
                        false))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("3 problems")
                .hasMessageContaining("missing-1.log: there is no such file")
                .hasMessageContaining("missing-2.log: there is no such file")
                .hasMessageContaining(directory + ": is a directory");
    }

    @Test
    void readsAFileThatWasNamedTwiceOnce() throws Exception {
        String a = file("a.log", "one\n");

        List<RawLog> logs = new ArrayList<>();
        try (CloseableIterator<RawLog> read =
                read(environment(), WatermarkStrategy.noWatermarks(), a, a).executeAndCollect()) {
            read.forEachRemaining(logs::add);
        }

        assertThat(logs).hasSize(1);
    }

    private static SingleOutputStreamOperator<RawLog> read(
            StreamExecutionEnvironment environment, WatermarkStrategy<RawLog> times, String... paths) {
        LogFilesSource source = new LogFilesSource(FilesSettings.of(List.of(paths)), Clock.systemUTC(), false);
        return environment.fromSource(source, times, "files").setParallelism(1).uid("files");
    }

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    }

    private String file(String name, String text) throws IOException {
        Path path = Files.writeString(directory.resolve(name), text);
        Files.setLastModifiedTime(path, FileTime.from(CHANGED));
        return path.toString();
    }

    private String gzip(String name, String text) throws IOException {
        Path path = directory.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(text.getBytes(UTF_8));
        }
        Files.setLastModifiedTime(path, FileTime.from(CHANGED));
        return path.toString();
    }

    private static String numbered(String name, int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(Instant.parse("2026-03-01T10:00:00Z").plusMillis(i))
                    .append(' ')
                    .append(name)
                    .append('\n');
        }
        return text.toString();
    }

    /** Fails at the first line behind the first checkpoint, and goes slowly until there is one. */
    private static final class FailOnce extends RichMapFunction<RawLog, String> implements CheckpointListener {
        static final AtomicBoolean FAILED = new AtomicBoolean();
        static volatile CountDownLatch checkpoint = new CountDownLatch(1);
        private int lines;

        static void reset() {
            FAILED.set(false);
            checkpoint = new CountDownLatch(1);
        }

        @Override
        public String map(RawLog log) throws Exception {
            if (checkpoint.getCount() == 0 && FAILED.compareAndSet(false, true)) {
                throw new IllegalStateException("fails once, on purpose");
            }
            if (++lines % 10 == 0 && checkpoint.getCount() > 0) {
                checkpoint.await(5, TimeUnit.MILLISECONDS);
            }
            return log.origin().toString();
        }

        @Override
        public void notifyCheckpointComplete(long id) {
            if (lines > 0) {
                checkpoint.countDown();
            }
        }
    }
}
