package io.faultline.collect.decode.envelope;

import static io.faultline.collect.parse.format.Cursor.isDigit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.faultline.collect.decode.envelope.Enclosed.Part;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.model.RawLog.Trouble;
import io.faultline.model.Rejected.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens envelopes until what is left is none. One opener serves one thread.
 *
 * <p>A piece of a line that a container runtime has cut is handed out as the piece it is: what is in it can be told when the
 * line is whole.
 */
public final class Envelopes {

    /** The attribute that names the kinds of envelopes, the outermost first: {@code filebeat/cri}. */
    public static final String ENVELOPE = "envelope";

    /** The attribute that holds the word for the severity as an envelope wrote it. */
    public static final String LEVEL = "level";

    /** CRI in Filebeat in Kafka are two; who nests more wants to see us fail. */
    private static final int DEPTH = 6;

    private final Timestamps timestamps;
    private final int maxBytes;
    private Instant received = Instant.EPOCH;
    private Consumer<Enclosed> out = enclosed -> {};
    private @Nullable Trouble trouble;

    /**
     * @param zone of times that are written without one
     * @param maxBytes what a compressed payload may unpack to
     */
    public Envelopes(ZoneId zone, int maxBytes) {
        this.timestamps = new Timestamps(zone);
        this.maxBytes = maxBytes;
    }

    /** Whether an envelope may begin at a position. Cheap, and wrong at times in one direction only. */
    public static boolean mayOpen(String text, int at) {
        int length = text.length() - at;
        if (length < 16) {
            return false;
        }
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> true;
            case '<' -> isDigit(text.charAt(at + 1));
            case '[' -> text.charAt(at + 1) == '{' || text.charAt(at + 1) == '"' || isStandardOutput(text, at);
            case 'H' -> text.startsWith(Unpacking.GZIP_IN_BASE64, at) || isMonthAndDay(text, at);
            default ->
                isDigit(c)
                        ? (isIso(text, at) || isMonthAndDay(text, at))
                        : Character.isLetter(c) && isMonthAndDay(text, at);
        };
    }

    /** Whether an envelope begins at a position, as far as its beginning tells. */
    public static boolean begins(String text, int at) {
        return at < text.length() && mayOpen(text, at) && (text.charAt(at) != '{' || JsonKind.of(text, at) != null);
    }

    /**
     * Hands out the texts that are in the envelope that a text is.
     *
     * @param sealed the text, and what is known of it from outside
     * @param receivedAt when it came; gives the year to times without one
     * @return false where it is no envelope, and nothing was handed out
     */
    public boolean open(Enclosed sealed, Instant receivedAt, Consumer<Enclosed> taker) {
        received = sealed.observed() != null ? sealed.observed() : receivedAt;
        out = taker;
        trouble = null;
        return one(sealed.text(), sealed);
    }

    /** As {@link #open} for OpenTelemetry's protobuf; false where the bytes are none. */
    public boolean openProtobuf(byte[] bytes, Enclosed sealed, Instant receivedAt, Consumer<Enclosed> taker) {
        received = receivedAt;
        out = taker;
        trouble = null;
        List<OtlpRecord> records = OtlpProtobuf.mayBe(bytes) ? new OtlpProtobuf(new Address(sealed)).read(bytes) : null;
        if (records != null) {
            records.forEach(this::otlp);
        }
        return records != null;
    }

    /** What broke its grammar in the text opened last; null where nothing did. What could be read was handed out. */
    public @Nullable Trouble trouble() {
        return trouble;
    }

    private boolean one(String text, Enclosed outer) {
        if (!mayOpen(text, 0) || depth(outer) >= DEPTH) {
            return false;
        }
        return switch (text.charAt(0)) {
            case '{' -> json(text, outer);
            case '<' -> syslog(text, outer);
            case '[' -> brackets(text, outer);
            default -> text.startsWith(Unpacking.GZIP_IN_BASE64) ? base64(text, outer) : timed(text, outer);
        };
    }

    private static int depth(Enclosed outer) {
        String kinds = outer.attributes().get(ENVELOPE);
        int depth = kinds == null ? 0 : 1;
        for (int i = 0; kinds != null && i < kinds.length(); i++) {
            depth += kinds.charAt(i) == '/' ? 1 : 0;
        }
        return depth;
    }

    /** What was in one envelope may be another. */
    private void inner(String text, Address address) {
        Enclosed enclosed = address.on(text);
        boolean whole = enclosed.part() == Part.WHOLE;
        if (!whole || !one(text, enclosed)) {
            out.accept(enclosed);
        }
    }

    private boolean timed(String text, Enclosed outer) {
        Address address = new Address(outer);
        String cri = isDigit(text.charAt(0)) ? CriLine.read(text, timestamps, address) : null;
        if (cri != null) {
            inner(cri, address);
            return true;
        }
        if (syslog(text, outer)) {
            return true;
        }
        return isDigit(text.charAt(0)) && fluent(outer).file(text);
    }

    private boolean syslog(String text, Enclosed outer) {
        Address address = new Address(outer);
        SyslogLine line = new SyslogLine(timestamps, address);
        String content = line.read(text, received);
        if (content == null) {
            return false;
        }
        if (line.problem() != null) {
            trouble = new Trouble(Reason.MALFORMED, line.problem());
        }
        inner(content, address);
        return true;
    }

    private FluentLine fluent(Enclosed outer) {
        return new FluentLine(timestamps, (record, time, tag) -> {
            Address address = new Address(outer).observed(time).put("tag", tag);
            JsonKind kind = JsonKind.of(record, 0);
            if (kind == null && tag == null) {
                return false;
            }
            boolean plain = kind == null || kind == JsonKind.SHIPPED || kind == JsonKind.DOCKER;
            return plain ? shipped(record, JsonKind.SHIPPED, address, kind == null) : json(record, address.on(record));
        });
    }

    private boolean brackets(String text, Enclosed outer) {
        try {
            return fluent(outer).brackets(text);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean base64(String text, Enclosed outer) {
        byte[] packed = JsonTexts.base64(text);
        if (packed == null || !Unpacking.isPacked(packed)) {
            return false;
        }
        Unpacking.Unpacked unpacked = Unpacking.unpack(packed, maxBytes);
        if (unpacked.trouble() != null) {
            trouble = unpacked.trouble();
            return false;
        }
        String content = new String(unpacked.bytes(), StandardCharsets.UTF_8);
        Enclosed inside = new Address(outer).kind("gzip").on(content);
        if (!one(content, inside)) {
            out.accept(inside);
        }
        return true;
    }

    private boolean json(String text, Enclosed outer) {
        JsonKind kind = JsonKind.of(text, 0);
        if (kind == null) {
            return false;
        }
        return switch (kind) {
            case OTLP -> otlp(text, outer);
            case LOKI -> loki(text, outer);
            case CLOUDWATCH -> cloudWatch(text, outer);
            case JOURNALD, DOCKER, SHIPPED -> shipped(text, kind, new Address(outer), false);
        };
    }

    /** @param unmarked whether nothing but its place says that this is a record with a line in it */
    private boolean shipped(String text, JsonKind kind, Address address, boolean unmarked) {
        ShippedJson object = new ShippedJson(timestamps, text, kind, address);
        String problem = read("object", text, object::read);
        if ((problem != null || unmarked) && !object.foundLine()) {
            trouble = null;
            return false;
        }
        object.finish();
        if (object.isLeftOut()) {
            trouble = new Trouble(
                    Reason.TOO_LONG, "journald left out its MESSAGE as too long; with --all it would be there");
            return true;
        }
        if (problem != null) {
            address.truncated();
        }
        Enclosed enclosed = address.on(object.line());
        if (!object.foundLine() || enclosed.part() != Part.WHOLE || !one(enclosed.text(), enclosed)) {
            out.accept(enclosed);
        }
        return true;
    }

    private boolean otlp(String text, Enclosed outer) {
        OtlpJson logs = new OtlpJson(new Address(outer));
        String problem = read("OTLP", text, logs::read);
        if (problem != null && logs.records().isEmpty()) {
            trouble = null;
            return false;
        }
        logs.records().forEach(this::otlp);
        return true;
    }

    private void otlp(OtlpRecord record) {
        inner(record.text(), record.address());
    }

    private boolean loki(String text, Enclosed outer) {
        Counted counted = new Counted(this::inner);
        LokiPush push = new LokiPush(new Address(outer), counted);
        String problem = read("Loki", text, push::read);
        return isSomething(problem, counted);
    }

    private boolean cloudWatch(String text, Enclosed outer) {
        Counted counted = new Counted(this::inner);
        CloudWatch batch = new CloudWatch(new Address(outer), counted);
        String problem = read("CloudWatch", text, batch::read);
        batch.finish();
        String packed = batch.packed();
        if (packed != null) {
            return base64(packed, outer);
        }
        return isSomething(problem, counted) || problem == null;
    }

    private boolean isSomething(@Nullable String problem, Counted counted) {
        trouble = counted.texts == 0 ? null : trouble;
        return counted.texts > 0 || (problem == null && counted.isUsed());
    }

    /** Hands texts on and counts them. */
    private static final class Counted implements BiConsumer<String, Address> {
        private final BiConsumer<String, Address> next;
        private int texts;

        Counted(BiConsumer<String, Address> next) {
            this.next = next;
        }

        boolean isUsed() {
            return texts > 0;
        }

        @Override
        public void accept(String text, Address address) {
            texts++;
            next.accept(text, address);
        }
    }

    /** Reads an object. */
    private interface Body {
        void read(JsonParser json) throws IOException;
    }

    /** Reads one whole object; says what is wrong with it, and keeps that as the trouble. */
    private @Nullable String read(String name, String text, Body body) {
        String problem = null;
        try (JsonParser json = JsonTexts.parser(text)) {
            json.nextToken();
            body.read(json);
            if (json.nextToken() != null) {
                problem = "there is text behind the envelope's object";
            }
        } catch (JsonProcessingException e) {
            long column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            problem =
                    "the envelope (" + name + ") breaks at column " + column + ": " + firstLine(e.getOriginalMessage());
        } catch (IOException e) {
            problem = "the envelope (" + name + ") breaks: " + e.getMessage();
        }
        if (problem != null) {
            trouble = new Trouble(
                    Reason.MALFORMED, problem + "; one whole JSON object would be right; what was read of it is kept");
        }
        return problem;
    }

    private static String firstLine(@Nullable String text) {
        int end = text == null ? -1 : text.indexOf('\n');
        return text == null ? "" : end < 0 ? text : text.substring(0, end);
    }

    /** {@code 2026-03-01T10:00:00} or with a blank, and more behind it. */
    private static boolean isIso(String text, int at) {
        return text.length() > at + 24
                && text.charAt(at + 4) == '-'
                && text.charAt(at + 7) == '-'
                && text.charAt(at + 13) == ':'
                && text.charAt(at + 16) == ':'
                && isDigit(text.charAt(at + 18));
    }

    /** {@code Mar  1 10:00:00 }, {@code août 25 10:00:00 }, {@code 11月 16 10:00:00 }. */
    private static boolean isMonthAndDay(String text, int at) {
        int blank = at + 1;
        while (blank < at + 7 && blank < text.length() && text.charAt(blank) != ' ') {
            blank++;
        }
        if (blank + 13 > text.length() || text.charAt(blank) != ' ') {
            return false;
        }
        int day = blank + (text.charAt(blank + 1) == ' ' ? 2 : 1);
        int clock = isDigit(text.charAt(day)) ? day + (isDigit(text.charAt(day + 1)) ? 3 : 2) : -1;
        if (clock < 0 || clock + 9 > text.length() || text.charAt(clock - 1) != ' ') {
            return false;
        }
        // a year may stand before the time
        clock = isDigit(text.charAt(clock + 2)) && text.charAt(clock + 4) == ' ' ? clock + 5 : clock;
        return clock + 9 <= text.length() && text.charAt(clock + 2) == ':' && text.charAt(clock + 5) == ':';
    }

    /** {@code [0] tag: }. */
    private static boolean isStandardOutput(String text, int at) {
        int end = at + 1;
        while (end < text.length() && end < at + 12 && isDigit(text.charAt(end))) {
            end++;
        }
        return end > at + 1 && text.startsWith("] ", end) && text.indexOf(": [", end) > 0;
    }
}
