package io.faultline.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path work;

    @Test
    void stopsTheServerWhenItIsClosed() {
        ServerProcess process = start("sleep", "600");
        process.awaitReady(PATIENCE, () -> process.pid() > 0);
        ProcessHandle server = ProcessHandle.of(process.pid()).orElseThrow();

        process.close();

        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void stopsTheServerWhenTheJvmThatStartedItIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        StackFiles.java(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcessTest.class.getName(),
                        work.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("jvm.log").toFile())
                .start();
        Path pidFile = work.resolve("orphan.pid");
        await().atMost(PATIENCE).until(() -> Files.exists(pidFile) && Files.size(pidFile) > 0);
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();

        jvm.destroyForcibly();

        await().atMost(PATIENCE).until(() -> !server.isAlive());
    }

    @Test
    void quotesTheLastWordsOfAServerThatEnds() {
        ServerProcess process = start("/bin/sh", "-c", "echo no such disk; exit 3");

        assertThatThrownBy(() -> process.awaitReady(PATIENCE, () -> false))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("server ended with 3 before it was ready")
                .hasMessageEndingWith("no such disk");
        process.close();
    }

    @Test
    void quotesTheLastWordsOfAServerThatHangs() {
        ServerProcess process = start("/bin/sh", "-c", "echo waiting for a friend; exec sleep 600");

        assertThatThrownBy(() -> process.awaitReady(Duration.ofSeconds(1), () -> false))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("server is not ready after 1 s")
                .hasMessageEndingWith("waiting for a friend");
        process.close();
    }

    /** The JVM that is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        ServerProcess.start("orphan", Path.of(arguments[0]), List.of("sleep", "600"), Map.of());
        Thread.currentThread().join();
    }

    private ServerProcess start(String... command) {
        return ServerProcess.start("server", work, List.of(command), Map.of());
    }
}
