package io.faultline.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FlinkServersIT {

    private static final Path WORK = Path.of("target/it/flink-servers");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static FlinkCluster cluster;
    private static Path jar;

    @BeforeAll
    static void start() throws IOException {
        Directories.delete(WORK);
        cluster = FlinkCluster.start(
                        StackFiles.prepare(Path.of("")), WORK, 2, Map.of("execution.checkpointing.interval", "500"))
                .awaitReady();
        jar = jarOf(EndlessJob.class, WORK.resolve("endless.jar"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void goesOnFromItsCheckpointWhenATaskManagerIsKilled() {
        String job = cluster.submit(jar, EndlessJob.class.getName(), "4");
        cluster.waitForRunning(job, PATIENCE);
        cluster.waitForCheckpoint(job, PATIENCE);

        cluster.killTaskManager(1);
        cluster.startTaskManager();
        cluster.waitForRestarts(job, 1, PATIENCE);
        cluster.waitForRunning(job, PATIENCE);
        cluster.waitForCheckpoint(job, PATIENCE);

        assertThat(cluster.exceptions(job)).containsAnyOf("remote task manager", "TaskManager with id taskmanager-1");
        assertThat(cluster.metrics()).contains("flink_taskmanager_job_task_operator_numRecordsIn");
        String savepoint = cluster.stopWithSavepoint(job, PATIENCE);
        cluster.waitForState(job, JobState.FINISHED, PATIENCE);

        String second = cluster.submitFrom(savepoint, jar, EndlessJob.class.getName(), "2");
        cluster.waitForRunning(second, PATIENCE);
        cluster.cancel(second);
        cluster.waitForState(second, JobState.CANCELED, PATIENCE);
    }

    @Test
    void tellsWhyAJobCanNotStart() {
        assertThatThrownBy(() -> cluster.submit(jar, EndlessJob.class.getName(), "many"))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("NumberFormatException");
    }

    private static Path jarOf(Class<?> type, Path jar) throws IOException {
        Path classes = Path.of("target/test-classes");
        Path directory = classes.resolve(type.getPackageName().replace('.', '/'));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.list(directory)) {
            List<Path> own = files.filter(file -> file.getFileName().toString().startsWith(type.getSimpleName()))
                    .toList();
            for (Path file : own) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
            }
        }
        return jar;
    }
}
