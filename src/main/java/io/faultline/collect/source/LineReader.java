package io.faultline.collect.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into lines and never holds more than one line of the longest accepted length: of a longer one it keeps the
 * beginning, counts the rest and goes on at the next line.
 */
final class LineReader {

    /** What {@link #next()} came upon. */
    enum Found {
        LINE,
        TOO_LONG,
        END
    }

    private static final int PEEKED = 8 * 1024;

    private final InputStream in;
    private final int maxLineBytes;
    private final int keptOfTooLong;
    private final byte[] buffer = new byte[64 * 1024];
    private int from;
    private int limit;
    private byte[] line = {};
    private byte[] gathered = {};
    private int gatheredBytes;
    private long length;
    private long position;
    private @Nullable IOException deferred;

    /**
     * @param position how many bytes were read before this stream begins
     * @param keptOfTooLong bytes to keep of a line that is too long
     */
    LineReader(InputStream in, int maxLineBytes, int keptOfTooLong, long position) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
        this.keptOfTooLong = keptOfTooLong;
        this.position = position;
    }

    /** Goes to the next line; the last one needs no line end. */
    Found next() throws IOException {
        gatheredBytes = 0;
        length = 0;
        while (true) {
            int end = from;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            boolean whole = end < limit;
            if (whole && length == 0 && end - from <= maxLineBytes) {
                line = Arrays.copyOfRange(buffer, from, end);
                length = line.length;
                position += length + 1;
                from = end + 1;
                return Found.LINE;
            }
            gather(from, end);
            from = whole ? end + 1 : end;
            position += whole ? 1 : 0;
            if (whole || (!fill() && length > 0)) {
                return finish();
            }
            if (from == limit) {
                return Found.END;
            }
        }
    }

    /** The bytes of the line found last; the beginning of them if it was too long. */
    byte[] line() {
        return line;
    }

    /** The true length in bytes of the line found last. */
    long length() {
        return length;
    }

    /** Bytes read up to the end of the line found last. */
    long position() {
        return position;
    }

    /** What was read of a line whose end could not be reached. */
    byte[] unfinished() {
        return Arrays.copyOf(gathered, Math.min(gatheredBytes, keptOfTooLong));
    }

    /** As {@link #peek()}, but only what comes at once: a pipe may be silent for hours behind its first line. */
    byte[] peekSome() {
        try {
            limit = limit == 0 ? Math.max(0, in.read(buffer, 0, buffer.length)) : limit;
        } catch (IOException e) {
            deferred = e;
        }
        return Arrays.copyOf(buffer, Math.min(limit, PEEKED));
    }

    /** The first bytes, up to 8 KiB, without going on. Trouble behind them is told when reading comes to it. */
    byte[] peek() {
        try {
            for (int read = 0; read >= 0 && limit < PEEKED; limit += Math.max(0, read)) {
                read = in.read(buffer, limit, buffer.length - limit);
            }
        } catch (IOException e) {
            deferred = e;
        }
        return Arrays.copyOf(buffer, Math.min(limit, PEEKED));
    }

    private Found finish() {
        line = Arrays.copyOf(gathered, gatheredBytes);
        gathered = gathered.length > buffer.length ? new byte[0] : gathered;
        return length > maxLineBytes ? Found.TOO_LONG : Found.LINE;
    }

    private void gather(int start, int end) {
        int count = end - start;
        length += count;
        position += count;
        int wanted = length > maxLineBytes ? keptOfTooLong : (int) length;
        int more = Math.min(wanted - gatheredBytes, count);
        if (more > 0) {
            if (gathered.length < wanted) {
                gathered = Arrays.copyOf(gathered, Math.max(wanted, Math.min(gathered.length * 2, maxLineBytes)));
            }
            System.arraycopy(buffer, start, gathered, gatheredBytes, more);
            gatheredBytes += more;
        } else if (length > maxLineBytes) {
            gatheredBytes = Math.min(gatheredBytes, keptOfTooLong);
        }
    }

    private boolean fill() throws IOException {
        if (deferred != null) {
            throw deferred;
        }
        int read = in.read(buffer, 0, buffer.length);
        from = 0;
        limit = Math.max(0, read);
        return read > 0;
    }
}
