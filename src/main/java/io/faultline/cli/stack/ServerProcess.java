package io.faultline.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One server as a child process. Between it and this process stands a small shell that waits for the end of its standard
 * input: that ends when this process closes it and also when this process is killed, and then the server is stopped.
 */
final class ServerProcess implements AutoCloseable {

    /** {@code $0} is the file for the server's process id, the arguments are its command. */
    private static final String GUARD =
            """
            exec 3<&0 </dev/null
            "$@" 3<&- &
            server=$!
            echo "$server" >"$0"
            ( read -r line <&3; kill -TERM "$server" 2>/dev/null; sleep 10; kill -KILL "$server" 2>/dev/null ) &
            guard=$!
            exec 3<&-
            trap 'kill -TERM "$server" 2>/dev/null' TERM INT
            wait "$server"
            code=$?
            while kill -0 "$server" 2>/dev/null; do wait "$server"; code=$?; done
            kill -KILL "$guard" 2>/dev/null
            exit "$code"
            """;

    private static final Duration PATIENCE_TO_STOP = Duration.ofSeconds(15);
    private static final int QUOTED_LINES = 40;
    private static final long POLL_MILLIS = 100;

    private final String name;
    private final Process guard;
    private final Path log;
    private final Path pidFile;
    private final Thread hook;

    private ServerProcess(String name, Process guard, Path log, Path pidFile) {
        this.name = name;
        this.guard = guard;
        this.log = log;
        this.pidFile = pidFile;
        this.hook = new Thread(this::stop, "stop-" + name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says whether a server can be used; an {@link IOException} means not yet. */
    interface Probe {
        boolean isReady() throws IOException, InterruptedException;
    }

    /** Starts a command; what it says is appended to {@code NAME.log} in the work directory. */
    static ServerProcess start(String name, Path work, List<String> command, Map<String, String> environment) {
        try {
            Files.createDirectories(work);
            endEarlier(name, work);
            Path pidFile = work.resolve(name + ".pid");
            Files.deleteIfExists(pidFile);
            Path log = work.resolve(name + ".log");
            List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, pidFile.toString()));
            guarded.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(guarded)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // what the caller's shell set for its own JVMs is not meant for the servers
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"));
            builder.environment().putAll(environment);
            return new ServerProcess(name, builder.start(), log, pidFile);
        } catch (IOException e) {
            throw new ServerException("can not start " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the server is gone that an earlier run, killed a moment ago, started in this work directory; it would hold
     * the data and the port. What its process id was given to since is left alone.
     */
    static void endEarlier(String name, Path work) {
        Path pidFile = work.resolve(name + ".pid");
        try {
            String pid = Files.exists(pidFile) ? Files.readString(pidFile).strip() : "";
            if (pid.isEmpty()) {
                return;
            }
            Instant written = Files.getLastModifiedTime(pidFile).toInstant();
            ProcessHandle.of(Long.parseLong(pid))
                    .filter(handle -> handle.info()
                            .startInstant()
                            .filter(start -> start.isBefore(written.plusSeconds(1)))
                            .isPresent())
                    .ifPresent(ServerProcess::end);
        } catch (IOException e) {
            throw new ServerException("can not read " + pidFile, e);
        }
    }

    private static void end(ProcessHandle server) {
        try {
            server.onExit()
                    .orTimeout(PATIENCE_TO_STOP.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) { // its guard should have stopped it by now
            server.destroyForcibly();
            server.onExit().join();
        }
    }

    /** Waits until the probe says yes; the server's last words are in the exception if it does not. */
    void awaitReady(Duration patience, Probe probe) {
        long deadline = System.nanoTime() + patience.toNanos();
        String last = "";
        try {
            while (System.nanoTime() < deadline) {
                if (!guard.isAlive()) {
                    throw failure("ended with " + guard.exitValue() + " before it was ready");
                }
                try {
                    if (probe.isReady()) {
                        return;
                    }
                } catch (IOException e) {
                    last = " (" + e + ")";
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while " + name + " started", e);
        }
        throw failure("is not ready after " + patience.toSeconds() + " s" + last);
    }

    boolean isAlive() {
        return guard.isAlive();
    }

    /** Kills the server as a power cut would, and waits until it is gone. */
    void kill() {
        ProcessHandle server = server();
        if (server != null) {
            server.destroyForcibly();
        }
        await(guard, PATIENCE_TO_STOP);
        close();
    }

    /** Asks the server to stop and kills it where it does not. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is going down: the hook runs already
        }
    }

    /** The server's process id; -1 where it never started. */
    long pid() {
        ProcessHandle server = server();
        return server == null ? -1 : server.pid();
    }

    /** The exception for a server that is not as it should be. */
    ServerException failure(String what) {
        return new ServerException(name + " " + what + "; the end of " + log + ":\n" + tail());
    }

    private void stop() {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            guard.destroy();
        }
        if (!await(guard, PATIENCE_TO_STOP)) {
            ProcessHandle server = server();
            if (server != null) {
                server.destroyForcibly();
            }
            guard.destroyForcibly();
        }
    }

    private static boolean await(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private @Nullable ProcessHandle server() {
        try {
            String pid = Files.exists(pidFile) ? Files.readString(pidFile).strip() : "";
            return pid.isEmpty()
                    ? null
                    : ProcessHandle.of(Long.parseLong(pid))
                            .filter(handle -> guard.children().anyMatch(handle::equals))
                            .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
        } catch (IOException e) {
            return "(can not be read: " + e + ")";
        }
    }
}
