package io.faultline.collect.source;

import io.faultline.model.RawLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads on behind lines without a time until one has a time. Where that is long after the time before them, they get a
 * header with it: an idle server's access lines of three hours look like those of one second otherwise.
 */
final class LookAhead {

    /** Lines between two times that lie no further apart happened at either, near enough. */
    private static final long NEAR = Duration.ofMinutes(1).toMillis();

    /** Five hours of two probes every ten seconds; of more nothing is known. */
    private static final int MAX_LINES = 4_000;

    private static final int MAX_BYTES = 512 << 10;

    private final Supplier<@Nullable ReadLine> file;
    private final Deque<ReadLine> ready = new ArrayDeque<>();

    /** @param file gives the next line, null at the end and after that */
    LookAhead(Supplier<@Nullable ReadLine> file) {
        this.file = file;
    }

    @Nullable
    ReadLine next() {
        if (!ready.isEmpty()) {
            return ready.poll();
        }
        ReadLine line = file.get();
        if (line == null || !isUndated(line)) {
            return line;
        }
        read(line);
        return ready.poll();
    }

    private void read(ReadLine first) {
        Deque<ReadLine> undated = new ArrayDeque<>();
        int bytes = 0;
        ReadLine line = first;
        while (line != null && isUndated(line)) {
            undated.add(line);
            bytes += line.log().payload().length;
            line = undated.size() < MAX_LINES && bytes < MAX_BYTES ? file.get() : null;
        }
        ReadLine next = line;
        undated.forEach(before -> ready.add(next != null && isLongAfter(next, before) ? open(before, next) : before));
        if (next != null) {
            ready.add(next);
        }
    }

    private static boolean isLongAfter(ReadLine next, ReadLine before) {
        return next.after().time() > before.after().time() + NEAR;
    }

    private static boolean isUndated(ReadLine line) {
        return !line.dated() && line.log().trouble() == null && line.after().time() != TimeSniffer.NONE;
    }

    private static ReadLine open(ReadLine line, ReadLine next) {
        RawLog log = line.log();
        String time = Instant.ofEpochMilli(next.after().time()).toString();
        return line.with(new RawLog(
                log.origin(),
                log.observedTimestamp(),
                log.stream(),
                log.payload(),
                log.headers().with(RawLog.NOT_AFTER, time)));
    }
}
