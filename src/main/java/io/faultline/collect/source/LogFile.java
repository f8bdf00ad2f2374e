package io.faultline.collect.source;

import com.github.luben.zstd.ZstdInputStream;
import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.model.RawLog.Trouble;
import io.faultline.model.Rejected;
import io.faultline.model.Rejected.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file, read line by line from where it was left. Whatever is wrong with it comes out as a line with a {@link Trouble},
 * after which the file goes on (a line too long) or ends (all else).
 */
final class LogFile implements AutoCloseable {

    private static final byte[] NOTHING = {};

    /** How far to look for the first time of a file, in lines. */
    private static final int LINES_TO_FIRST_TIME = 200;

    private final LookAhead lookAhead = new LookAhead(this::read);
    private final int index;
    private final FileOpener opener;
    private final int maxLineBytes;
    private final ZoneId timeZone;
    private final boolean pipe;
    private FilePosition position;
    private Instant observed = Instant.EPOCH;
    private TimeSniffer sniffer;
    private boolean compressed;
    private @Nullable InputStream in;
    private @Nullable LineReader reader;

    LogFile(int index, FilePosition position, FileOpener opener, FilesSettings settings) {
        this.index = index;
        this.position = position;
        this.opener = opener;
        this.maxLineBytes = settings.maxLineBytes();
        this.timeZone = settings.timeZone();
        this.sniffer = new TimeSniffer(0, timeZone);
        this.pipe = position.isPipe();
    }

    FilePosition position() {
        return position;
    }

    /**
     * Finds the time at which the file begins, without keeping it open: its first line with a time, else its last change.
     * What can be read but once can not be looked into and begins before everything.
     */
    long beginning() {
        if (position.time() != TimeSniffer.NONE || pipe || position.ended()) {
            return position.time();
        }
        long begins = TimeSniffer.NONE;
        try (InputStream bytes = opener.open(position.path());
                InputStream plain = Decompression.of(position.path(), bytes)) {
            long changed = opener.lastChange(position.path());
            TimeSniffer first = new TimeSniffer(changed, timeZone);
            LineReader lines = new LineReader(plain, 4 * 1024, 1024, 0);
            for (int i = 0; begins == TimeSniffer.NONE && i < LINES_TO_FIRST_TIME; i++) {
                if (lines.next() == LineReader.Found.END) {
                    break;
                }
                begins = first.sniff(lines.line());
            }
            begins = begins == TimeSniffer.NONE ? changed : begins;
            position = position.opened(changed, begins);
        } catch (IOException e) {
            // told when the file is read
            return TimeSniffer.NONE;
        }
        return begins;
    }

    /** The next line, or null at the end. */
    @Nullable
    ReadLine next() {
        return pipe ? read() : lookAhead.next();
    }

    private @Nullable ReadLine read() {
        if (position.ended()) {
            return null;
        }
        try {
            LineReader lines = reader == null ? open() : reader;
            if (position.bytes() == 0) {
                byte[] head = pipe ? lines.peekSome() : lines.peek();
                if (Binary.looksBinary(head)) {
                    return end(Reason.BINARY, Binary.describe(position.path(), head), head);
                }
            }
            return switch (lines.next()) {
                case LINE -> line(lines, null);
                case TOO_LONG ->
                    line(
                            lines,
                            new Trouble(
                                    Reason.TOO_LONG,
                                    "the line has " + lines.length() + " bytes; at most " + maxLineBytes
                                            + " are read (max-line-bytes)"));
                case END -> {
                    position = position.end();
                    close();
                    yield null;
                }
            };
        } catch (IOException e) {
            boolean damaged = compressed && !(e instanceof FileSystemException);
            String where = position.path() + " after line " + position.lines();
            return damaged
                    ? end(Reason.CORRUPT_COMPRESSION, "compressed data ends or is damaged in " + where + why(e), rest())
                    : end(Reason.UNREADABLE, "can not read on in " + where + why(e), rest());
        }
    }

    @Override
    public void close() {
        if (in != null && !position.isStandardInput()) {
            try {
                in.close();
            } catch (IOException e) {
                // it was only read: nothing can be lost by not closing it
            }
        }
        in = null;
        reader = null;
    }

    private LineReader open() throws IOException {
        beginning();
        if (position.lastChange() == TimeSniffer.NONE) {
            position = position.opened(opener.lastChange(position.path()), position.time());
        }
        observed = Instant.ofEpochMilli(position.lastChange());
        sniffer = new TimeSniffer(position.lastChange(), timeZone);
        InputStream bytes = opener.open(position.path());
        in = bytes;
        String name = position.path();
        compressed = name.endsWith(".gz") || name.endsWith(".zst");
        InputStream plain = Decompression.of(name, bytes);
        compressed = compressed || plain instanceof GZIPInputStream || plain instanceof ZstdInputStream;
        in = plain;
        if (!pipe) {
            plain.skipNBytes(position.bytes());
        }
        LineReader lines = new LineReader(plain, maxLineBytes, Rejected.MAX_PAYLOAD, position.bytes());
        reader = lines;
        return lines;
    }

    private ReadLine line(LineReader lines, @Nullable Trouble trouble) {
        long sniffed = sniffer.sniff(lines.line());
        position = position.after(lines.position(), sniffed == TimeSniffer.NONE ? position.time() : sniffed);
        return readLine(lines.line(), sniffed != TimeSniffer.NONE, trouble);
    }

    private ReadLine end(Reason reason, String detail, byte[] payload) {
        position = position.end();
        observed = observed.equals(Instant.EPOCH) ? Instant.ofEpochMilli(opener.now()) : observed;
        close();
        return readLine(payload, false, new Trouble(reason, detail));
    }

    private ReadLine readLine(byte[] payload, boolean dated, @Nullable Trouble trouble) {
        Origin origin = position.isStandardInput()
                ? Origin.stdin(position.lines())
                : Origin.file(position.path(), position.lines());
        RawLog log = new RawLog(origin, observed, position.path(), payload, Attributes.NONE, trouble);
        return new ReadLine(log, index, position, dated);
    }

    private byte[] rest() {
        return reader == null ? NOTHING : reader.unfinished();
    }

    private static String why(IOException e) {
        String text = e.getMessage() == null ? "" : ": " + e.getMessage();
        return " (" + e.getClass().getSimpleName() + text + ")";
    }
}
