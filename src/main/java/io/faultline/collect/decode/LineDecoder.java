package io.faultline.collect.decode;

import io.faultline.collect.decode.envelope.Enclosed;
import io.faultline.collect.decode.envelope.Enclosed.Part;
import io.faultline.collect.decode.envelope.Envelopes;
import io.faultline.collect.decode.envelope.Unpacking;
import io.faultline.collect.source.Binary;
import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.model.RawLog.Trouble;
import io.faultline.model.Rejected;
import io.faultline.model.Rejected.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of one payload's bytes and cleans it: compression, character set, envelopes, carriage returns, colours, launcher
 * prefixes, progress bars, glued records, in this order. It knows nothing of other payloads. One decoder serves one thread.
 */
public final class LineDecoder {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Logs shrink to a tenth; a payload that grows more than this was made to. */
    private static final int MOST_GROWTH = 16;

    private final int maxLineBytes;
    private final Envelopes envelopes;
    private final LauncherPrefixes prefixes = new LauncherPrefixes();
    private @Nullable Trouble trouble;
    /** How far the bar is that was drawn last on the line being read. */
    private @Nullable String progress;

    /**
     * @param maxLineBytes more bytes are not decoded
     * @param timeZone of envelopes' times that are written without one
     */
    public LineDecoder(int maxLineBytes, ZoneId timeZone) {
        this.maxLineBytes = maxLineBytes;
        this.envelopes = new Envelopes(timeZone, largest());
    }

    /** As {@link #decode}; what could not be read or decoded comes back as the record to keep. */
    @Nullable
    Rejected decodeOrReject(RawLog raw, List<Line> lines) {
        Trouble found = raw.trouble() == null ? decode(raw, lines) : raw.trouble();
        if (found == null) {
            return null;
        }
        String stage = raw.trouble() == null ? "decode" : "source";
        return new Rejected(
                stage, found.reason(), raw.origin(), raw.observedTimestamp(), found.detail(), raw.payload());
    }

    /** Adds the lines that are in the payload, mostly one; returns what could not be read of it, if so. */
    @Nullable
    Trouble decode(RawLog raw, List<Line> lines) {
        byte[] payload = raw.payload();
        trouble = null;
        progress = null;
        if (payload.length > maxLineBytes) {
            return new Trouble(
                    Reason.TOO_LONG,
                    "the line has " + payload.length + " bytes; at most " + maxLineBytes + " are read");
        }
        if (isPrintableAscii(payload)) {
            text(Provenance.of(raw, null), new String(payload, StandardCharsets.ISO_8859_1), lines);
        } else if (Unpacking.isPacked(payload)) {
            packed(raw, payload, lines);
        } else {
            bytes(raw, payload, lines);
        }
        return trouble;
    }

    /** Cleans a line that was put together of its pieces; adds what is in it. */
    void finish(Provenance from, String text, Attributes writer, List<Line> lines) {
        int first = lines.size();
        if (!open(from, from.enclosing(text, true), writer, lines)) {
            plain(from, text, writer, lines);
        }
        for (int i = first; i < lines.size(); i++) {
            Line line = lines.get(i);
            Provenance numbered = line.from().part(from.origin().part() + i - first);
            lines.set(i, new Line(numbered, line.text(), line.writer(), line.whole(), line.part()));
        }
    }

    private void packed(RawLog raw, byte[] payload, List<Line> lines) {
        Unpacking.Unpacked unpacked = Unpacking.unpack(payload, largest());
        trouble = unpacked.trouble();
        if (trouble == null) {
            bytes(raw, unpacked.bytes(), lines);
        }
    }

    private int largest() {
        return (int) Math.min(Integer.MAX_VALUE - 8L, (long) maxLineBytes * MOST_GROWTH);
    }

    private void bytes(RawLog raw, byte[] payload, List<Line> lines) {
        Provenance from = Provenance.of(raw, null);
        boolean otlp = envelopes.openProtobuf(
                payload,
                from.enclosing("", false),
                raw.observedTimestamp(),
                enclosed -> add(from, enclosed, Attributes.NONE, lines));
        if (otlp) {
            return;
        }
        String type = raw.headers().get("content-type");
        if (type != null && type.endsWith("/x-protobuf")) {
            trouble = new Trouble(
                    Reason.MALFORMED,
                    "the header content-type says " + type
                            + ", but the payload is no ExportLogsServiceRequest; one with a log record would be right");
            return;
        }
        int start = 0;
        int end = payload.length;
        if (!Charsets.isUtf16(payload)) {
            while (start < end && payload[start] == 0) {
                start++;
            }
            while (end > start && payload[end - 1] == 0) {
                end--;
            }
            // A machine that went down leaves zeros where the file had grown already, a truncated copy before its first
            // line.
            boolean padded = end - start < payload.length;
            byte[] kept = padded ? java.util.Arrays.copyOfRange(payload, start, end) : payload;
            if (kept.length == 0 ? padded : Binary.looksBinary(kept)) {
                trouble = new Trouble(Reason.BINARY, "the line is not text");
                return;
            }
        }
        Charsets.Decoded decoded = Charsets.decode(payload, start, end);
        Provenance known = from.withCharset(decoded.charset());
        int more = decoded.text().indexOf('\n');
        if (more < 0) {
            text(known, decoded.text(), lines);
        } else {
            severalLines(known, decoded.text(), more, lines);
        }
    }

    /** A payload of several lines is several envelopes, one envelope written over several lines, or a record that was joined. */
    private void severalLines(Provenance from, String text, int lineEnd, List<Line> lines) {
        boolean more = Envelopes.begins(text, 0) && Envelopes.begins(text, lineEnd + 1);
        if (!more) {
            text(from, text.stripTrailing(), lines);
            return;
        }
        int start = 0;
        for (int end = lineEnd; start < text.length(); end = text.indexOf('\n', start)) {
            int stop = end < 0 ? text.length() : end;
            if (stop > start) {
                text(from, text.substring(start, stop), lines);
            }
            start = stop + 1;
        }
    }

    private void text(Provenance from, String text, List<Line> lines) {
        if (!Envelopes.mayOpen(text, 0) || !open(from, sealed(from, text), Attributes.NONE, lines)) {
            plain(from, text, Attributes.NONE, lines);
        }
    }

    /** A container's log file says in its path whose it is. */
    private static Enclosed sealed(Provenance from, String text) {
        Origin origin = from.origin();
        boolean container = origin.type() == Origin.Type.FILE
                && (origin.name().contains("/log/pods/") || origin.name().contains("/containers/"));
        Enclosed sealed = from.enclosing(text, false);
        return container ? Enclosed.of(text, from.attributes().with("log.file.path", origin.name())) : sealed;
    }

    private boolean open(Provenance from, Enclosed sealed, Attributes writer, List<Line> lines) {
        boolean opened =
                envelopes.open(sealed, from.observedTimestamp(), enclosed -> add(from, enclosed, writer, lines));
        if (opened && envelopes.trouble() != null) {
            trouble = envelopes.trouble();
        }
        return opened;
    }

    private void add(Provenance from, Enclosed enclosed, Attributes writer, List<Line> lines) {
        Provenance inside = from.of(enclosed);
        if (enclosed.part() == Part.WHOLE) {
            plain(inside, enclosed.text(), writer, lines);
        } else {
            lines.add(new Line(inside.part(lines.size()), enclosed.text(), writer, false, enclosed.part()));
        }
    }

    /** What is in no envelope, or in none any more. */
    private void plain(Provenance from, String text, Attributes writer, List<Line> lines) {
        if (text.indexOf('\n') >= 0) {
            joined(from, text, writer, lines);
        } else if (text.indexOf('\r') >= 0) {
            carriageReturns(from, text, writer, lines);
        } else {
            clean(from, text, writer, lines);
        }
    }

    /** A record whose lines a shipper has joined already. */
    private void joined(Provenance from, String text, Attributes outer, List<Line> lines) {
        String plain = AnsiCodes.strip(text.replace("\r\n", "\n").stripTrailing());
        prefixes.start();
        int start = prefixes.peel(plain, 0);
        Attributes writer = outer.with(prefixes.attributes());
        lines.add(new Line(from.part(lines.size()), plain.substring(start), writer, true, Part.WHOLE));
    }

    private void carriageReturns(Provenance from, String text, Attributes writer, List<Line> lines) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        int start = 0;
        for (int at = text.indexOf('\r'); at >= 0 && at < end; at = text.indexOf('\r', at + 1)) {
            if (Prompts.isOpen(text, start, at)) {
                continue;
            }
            if (at > start) {
                clean(from, text.substring(start, at), writer, lines);
            }
            start = at + 1;
        }
        clean(from, text.substring(start, end).replace('\r', '\n'), writer, lines);
    }

    private void clean(Provenance from, String coloured, Attributes outer, List<Line> lines) {
        String text = AnsiCodes.strip(coloured);
        if (text.isEmpty() || text.charAt(0) == '{' || isMember(text)) {
            lines.add(new Line(from.part(lines.size()), text, ofBar(text, outer)));
            return;
        }
        int at = 0;
        int next = 0;
        while (next >= 0) {
            prefixes.start();
            int start = prefixes.peel(text, at);
            if (start > 0 && Envelopes.mayOpen(text, start)) {
                Attributes writer = outer.with(prefixes.attributes());
                if (open(from, from.enclosing(text.substring(start), false), writer, lines)) {
                    return;
                }
            }
            next = GluedRecords.next(text, start);
            String one = next < 0 ? text : text.substring(0, next);
            int behindBar = ProgressBars.end(one, start);
            boolean bar = behindBar > start && !Prompts.isOpen(one, start, behindBar);
            progress = bar ? ProgressBars.progress(one, start, behindBar) : progress;
            start = bar ? prefixes.peel(one, behindBar) : start;
            if (!bar || start < one.length()) {
                Attributes writer = outer.with(prefixes.attributes());
                String rest = one.substring(start);
                lines.add(new Line(named(from, writer).part(lines.size()), rest, ofBar(rest, writer)));
            }
            at = next;
        }
    }

    /** A container that kubectl or compose names before the line is a log of its own. */
    private static Provenance named(Provenance from, Attributes writer) {
        String container = writer.isEmpty() ? null : writer.get("container");
        if (container == null) {
            return from;
        }
        String pod = writer.get("pod");
        return from.withSource(pod == null ? container : pod + "/" + container);
    }

    /** {@code   "key": …} of JSON that was written over several lines. */
    private static boolean isMember(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) <= ' ') {
            i++;
        }
        return i > 0 && i < text.length() && text.charAt(i) == '"' && text.indexOf(':', i) > 0;
    }

    /** The metrics that Hugging Face's Trainer prints between two drawings of its bar are of the step that the bar shows. */
    private Attributes ofBar(String text, Attributes attributes) {
        return progress != null && text.startsWith("{'") ? attributes.with("progress", progress) : attributes;
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
