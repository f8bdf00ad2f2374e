package io.faultline.collect.decode;

import io.faultline.collect.source.Binary;
import io.faultline.model.Attributes;
import io.faultline.model.RawLog;
import io.faultline.model.RawLog.Trouble;
import io.faultline.model.Rejected;
import io.faultline.model.Rejected.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of one line's bytes and cleans it: character set, carriage returns, colours, launcher prefixes, progress bars,
 * glued records, in this order. It knows nothing of other lines. One decoder serves one thread.
 */
public final class LineDecoder {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int maxLineBytes;
    private final LauncherPrefixes prefixes = new LauncherPrefixes();

    /** @param maxLineBytes more bytes are not decoded */
    public LineDecoder(int maxLineBytes) {
        this.maxLineBytes = maxLineBytes;
    }

    /** As {@link #decode}; what could not be read or decoded comes back as the record to keep. */
    @Nullable
    Rejected decodeOrReject(RawLog raw, List<Line> lines) {
        Trouble trouble = raw.trouble() == null ? decode(raw, lines) : raw.trouble();
        if (trouble == null) {
            return null;
        }
        String stage = raw.trouble() == null ? "decode" : "source";
        return new Rejected(
                stage, trouble.reason(), raw.origin(), raw.observedTimestamp(), trouble.detail(), raw.payload());
    }

    /** Adds the lines that are in the payload, mostly one; returns why there are none, if so. */
    @Nullable
    Trouble decode(RawLog raw, List<Line> lines) {
        byte[] payload = raw.payload();
        if (payload.length > maxLineBytes) {
            return new Trouble(
                    Reason.TOO_LONG,
                    "the line has " + payload.length + " bytes; at most " + maxLineBytes + " are read");
        }
        if (isPrintableAscii(payload)) {
            clean(raw, new String(payload, StandardCharsets.ISO_8859_1), false, lines);
            return null;
        }
        if (Binary.looksBinary(payload)) {
            return new Trouble(Reason.BINARY, "the line is not text");
        }
        boolean marked = payload.length >= 3
                && payload[0] == (byte) 0xef
                && payload[1] == (byte) 0xbb
                && payload[2] == (byte) 0xbf;
        int start = marked ? 3 : 0;
        String text = new String(payload, start, payload.length - start, StandardCharsets.UTF_8);
        boolean replaced = text.indexOf('\uFFFD') >= 0;
        if (text.indexOf('\n') >= 0) {
            severalLines(raw, text, replaced, lines);
        } else {
            carriageReturns(raw, text, replaced, lines);
        }
        return null;
    }

    /** A Kafka record may hold lines that a shipper has joined already. */
    private void severalLines(RawLog raw, String text, boolean replaced, List<Line> lines) {
        String plain = AnsiCodes.strip(text.replace("\r\n", "\n").stripTrailing());
        prefixes.start();
        int start = prefixes.peel(plain, 0);
        lines.add(new Line(raw, plain.substring(start), prefixes.attributes(), replaced, true));
    }

    private void carriageReturns(RawLog raw, String text, boolean replaced, List<Line> lines) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        int from = 0;
        for (int at = text.indexOf('\r'); at >= 0 && at < end; at = text.indexOf('\r', at + 1)) {
            if (Prompts.isOpen(text, from, at)) {
                continue;
            }
            if (at > from) {
                clean(raw, text.substring(from, at), replaced, lines);
            }
            from = at + 1;
        }
        clean(raw, text.substring(from, end).replace('\r', '\n'), replaced, lines);
    }

    private void clean(RawLog raw, String coloured, boolean replaced, List<Line> lines) {
        String text = AnsiCodes.strip(coloured);
        if (text.isEmpty() || text.charAt(0) == '{') {
            lines.add(new Line(raw, text, Attributes.NONE, replaced, false));
            return;
        }
        int from = 0;
        int next = 0;
        while (next >= 0) {
            prefixes.start();
            int start = prefixes.peel(text, from);
            next = GluedRecords.next(text, start);
            String one = next < 0 ? text : text.substring(0, next);
            int behindBar = ProgressBars.end(one, start);
            boolean bar = behindBar > start && !Prompts.isOpen(one, start, behindBar);
            start = bar ? prefixes.peel(one, behindBar) : start;
            if (!bar || start < one.length()) {
                lines.add(new Line(raw, one.substring(start), prefixes.attributes(), replaced, false));
            }
            from = next;
        }
    }

    /** Eight bytes at a time: a byte below a blank or above 127 leaves its highest bit set. */
    private static boolean isPrintableAscii(byte[] bytes) {
        int i = 0;
        long odd = 0;
        for (; i + 8 <= bytes.length; i += 8) {
            long eight = (long) LONGS.get(bytes, i);
            odd |= (eight - 0x2020202020202020L) | eight;
        }
        odd &= 0x8080808080808080L;
        for (; i < bytes.length; i++) {
            odd |= bytes[i] < ' ' ? 1 : 0;
        }
        return odd == 0;
    }
}
