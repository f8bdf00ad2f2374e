package io.faultline.collect.source;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads on a thread of its own and hands over what it has, so that a slow disk or a silent standard input never holds up a
 * checkpoint. It runs ahead by a bounded number of lines and bytes.
 */
final class ReadAhead implements AutoCloseable {

    private static final int MAX_LINES = 2_000;
    private static final long MAX_BYTES = 4L << 20;

    private final Object lock = new Object();
    private final MergedFiles files;
    private final Thread thread;
    private List<ReadLine> filling = new ArrayList<>();
    private long bytes;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    ReadAhead(MergedFiles files) {
        this.files = files;
        this.thread = new Thread(this::read, "faultline-read-files");
        thread.setDaemon(true);
        thread.start();
    }

    /** What was read since the last call, in order; empty when nothing is there yet or nothing is left. */
    List<ReadLine> take() {
        synchronized (lock) {
            if (failure != null) {
                throw new IllegalStateException("reading files failed", failure);
            }
            if (filling.isEmpty()) {
                return List.of();
            }
            List<ReadLine> taken = filling;
            filling = new ArrayList<>(MAX_LINES);
            bytes = 0;
            available = ended ? available : new CompletableFuture<>();
            lock.notifyAll();
            return taken;
        }
    }

    /** Whether everything was read and taken. */
    boolean isDone() {
        synchronized (lock) {
            return ended && filling.isEmpty() && failure == null;
        }
    }

    /** Completes when there is something to take, or nothing will ever come. */
    CompletableFuture<Void> available() {
        synchronized (lock) {
            return available;
        }
    }

    /** Does not wait for the thread: a read from standard input can not be interrupted. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        thread.interrupt();
    }

    private void read() {
        try (files) {
            for (ReadLine line = files.next(); line != null && put(line); line = files.next()) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            synchronized (lock) {
                failure = e;
            }
        } finally {
            end();
        }
    }

    private boolean put(ReadLine line) throws InterruptedException {
        synchronized (lock) {
            while (!closed && (filling.size() >= MAX_LINES || bytes >= MAX_BYTES)) {
                lock.wait();
            }
            filling.add(line);
            bytes += line.log().payload().length;
            if (filling.size() == 1) {
                available.complete(null);
            }
            return !closed;
        }
    }

    private void end() {
        synchronized (lock) {
            ended = true;
            available.complete(null);
        }
    }
}
