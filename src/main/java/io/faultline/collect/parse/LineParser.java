package io.faultline.collect.parse;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.ProcessTag;
import io.faultline.collect.parse.format.Repeats;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.collect.parse.format.TextReader;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.collect.parse.generic.GenericFormats;
import io.faultline.collect.parse.inference.InferenceFormats;
import io.faultline.collect.parse.platform.PlatformFormats;
import io.faultline.collect.parse.training.TrainingFormats;
import io.faultline.collect.parse.user.UserFormats;
import io.faultline.collect.parse.user.UserParser;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.model.QualityMark;
import io.faultline.model.RawLog;
import io.faultline.model.Rejected;
import io.faultline.model.Severity;
import io.faultline.model.TextLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes one event of each record. Asks the parser that understood the stream's last record first, then all in order;
 * what none understands is kept as {@code log.other} of format {@code unknown}. Not thread-safe.
 */
public final class LineParser implements TextReader {

    /** The format of records that no parser understood. */
    public static final String UNKNOWN_FORMAT = "unknown";

    /** The format of records that no parser understood, out of the envelope of a node's syslog daemon. */
    private static final String SYSLOG_FORMAT = "syslog";

    /** The attributes by which decode tells the kinds of envelopes, and the severity's word that is on them. */
    private static final String ENVELOPE = "envelope";

    private static final String LEVEL = "level";

    /** The attribute by which decode tells that it replaced bytes that are no UTF-8. */
    private static final String CHARSET = "charset";

    /** Before it there was nothing of what we read; a machine without a clock writes 1970 or 1980. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private final List<FormatParser> parsers;

    private final AskOrder order;

    /** So many are asked before the one that is remembered: those that the user put before the built-in ones. */
    private final int alwaysFirst;

    private final Timestamps timestamps;
    private @Nullable FormatParser last;

    public LineParser(ParseSettings settings) {
        timestamps = new Timestamps(settings.timeZone());
        // What is told by its words alone comes last.
        UserFormats user = new UserFormats(settings.parsers(), settings.timeZone());
        parsers = new ArrayList<>(user.beforeBuiltIn());
        alwaysFirst = parsers.size();
        parsers.addAll(InferenceFormats.all());
        parsers.addAll(TrainingFormats.all());
        parsers.addAll(PlatformFormats.all());
        parsers.addAll(user.beforeGeneric());
        parsers.addAll(GenericFormats.all(this));
        parsers.addAll(TrainingFormats.withoutHead());
        order = new AskOrder(parsers);
    }

    /**
     * What came of one record.
     *
     * @param rejected what broke the record's grammar; the event is there all the same
     */
    public record Outcome(LogEvent event, StreamMemory memory, @Nullable Rejected rejected) {}

    /** The names of all formats, in the order their parsers are asked. */
    public List<String> formats() {
        return parsers.stream().map(FormatParser::name).toList();
    }

    /**
     * Reads one record.
     *
     * @param memory what is remembered of the record's stream
     * @param arrival when the record came, by the source's clock: its time where neither it nor its stream wrote one
     */
    public Outcome parse(TextLog log, StreamMemory memory, Instant arrival) {
        ParseContext context = new ParseContext(log.observedTimestamp(), timestamps, log.attributes(), memory);
        ParseResult result = read(log.text(), context);
        if (result instanceof ParseResult.Parsed parsed) {
            return understood(log, memory, arrival, parsed, null);
        }
        if (result instanceof ParseResult.Malformed malformed) {
            Rejected rejected = new Rejected(
                    "parse",
                    malformed.reason(),
                    log.origin(),
                    log.observedTimestamp(),
                    malformed.detail(),
                    log.text().getBytes(StandardCharsets.UTF_8));
            return malformed.usable() == null
                    ? unknown(log, memory, arrival, rejected)
                    : understood(log, memory, arrival, malformed.usable(), rejected);
        }
        return unknown(log, memory, arrival, null);
    }

    /**
     * What one format has to do with a record.
     *
     * @param took whether its parser made the event
     * @param because why it did not; empty where it did
     */
    public record Verdict(String format, boolean took, String because) {}

    /** What every format has to do with a record, in the order in which their parsers are asked. */
    public List<Verdict> explain(TextLog log, StreamMemory memory, Instant arrival) {
        String taker = parse(log, memory, arrival).event().format();
        ParseContext context = new ParseContext(log.observedTimestamp(), timestamps, log.attributes(), memory);
        return parsers.stream()
                .map(parser -> parser.name().equals(taker)
                        ? new Verdict(taker, true, "")
                        : new Verdict(parser.name(), false, because(parser, log.text(), context, taker)))
                .toList();
    }

    private static String because(FormatParser parser, String text, ParseContext context, String taker) {
        ParseResult result = read(parser, text, context);
        if (result instanceof ParseResult.Unrecognised) {
            return parser.whyNot(text, context);
        }
        boolean wraps = result instanceof ParseResult.Parsed parsed && parsed.by() != parser;
        return wraps
                ? "holds the record of " + taker + " inside"
                : "would read it too, but " + taker + " is asked before";
    }

    /** What the first parser that understands a text makes of it. */
    @Override
    public ParseResult read(String text, ParseContext context) {
        ParseResult result = ask(text, context);
        if (!(result instanceof ParseResult.Unrecognised)) {
            return result;
        }
        // What third parties print in a process that vLLM or Ray tags, where decode left the tag.
        ProcessTag tag = ProcessTag.read(text);
        if (tag != null && tag.length() < text.length()) {
            result = ask(text.substring(tag.length()), context);
        }
        return tag != null && result instanceof ParseResult.Parsed parsed ? tag.describe(parsed) : result;
    }

    private ParseResult ask(String text, ParseContext context) {
        FormatParser remembered = remembered(context.memory());
        FormatParser[] asked = order.of(text);
        for (int i = 0; i < asked.length; i++) {
            ParseResult result =
                    i == alwaysFirst && remembered != null ? read(remembered, text, context) : ParseResult.UNRECOGNISED;
            FormatParser parser = asked[i];
            if (result instanceof ParseResult.Unrecognised && parser != remembered) {
                result = read(parser, text, context);
            }
            if (!(result instanceof ParseResult.Unrecognised)) {
                return result;
            }
        }
        return ParseResult.UNRECOGNISED;
    }

    private static ParseResult read(FormatParser parser, String text, ParseContext context) {
        return parser.mayRead(text) ? parser.parse(text, context) : ParseResult.UNRECOGNISED;
    }

    /**
     * A format of no family is told by so little that it must wait for its turn, and a user's has the turn that was chosen
     * for it.
     */
    private @Nullable FormatParser remembered(StreamMemory memory) {
        FormatParser parser = last;
        if (parser == null || !parser.name().equals(memory.format())) {
            parser = order.named(memory.format());
            last = parser;
        }
        return parser == null || parser.family() == Family.GENERIC || parser instanceof UserParser ? null : parser;
    }

    private static Outcome understood(
            TextLog log, StreamMemory memory, Instant arrival, ParseResult.Parsed parsed, @Nullable Rejected rejected) {
        Family family = parsed.by().familyIn(memory.family());
        Instant written = parsed.timestamp() != null ? parsed.timestamp() : log.written();
        Attributes attributes = log.attributes().with(parsed.attributes());
        LogEvent event = new LogEvent(
                timestamp(written, memory, log, arrival),
                log.observedTimestamp(),
                severity(parsed, log),
                parsed.severityText(),
                parsed.message(),
                parsed.by().name(),
                parsed.kind(),
                EntityResolver.resolve(
                        parsed.entity(), attributes, family, parsed.by().isUncaught(), log),
                counted(parsed.measures(), log),
                attributes,
                "",
                quality(written, log),
                log.origin(),
                log.stream(),
                log.source());
        boolean stop = parsed.kind() == EventKind.ENGINE_STOP;
        StreamMemory next = new StreamMemory(
                parsed.by().name(),
                family,
                memory.lastTimestamp(),
                memory.lastArrival(),
                stop ? event.timestamp().toEpochMilli() : memory.stopTimestamp(),
                note(parsed, memory.note()));
        return new Outcome(event, dated(next, written, log, arrival), rejected);
    }

    private Outcome unknown(TextLog log, StreamMemory memory, Instant arrival, @Nullable Rejected rejected) {
        Instant inText = leadingTime(log.text());
        Instant written = inText != null ? inText : log.written();
        String envelope = log.attributes().get(ENVELOPE);
        String level = log.attributes().get(LEVEL);
        LogEvent event = new LogEvent(
                timestamp(written, memory, log, arrival),
                log.observedTimestamp(),
                log.severityNumber() == 0 ? Severity.INFO.number() : log.severityNumber(),
                level == null ? "" : level,
                log.text(),
                envelope != null && envelope.endsWith(SYSLOG_FORMAT) ? SYSLOG_FORMAT : UNKNOWN_FORMAT,
                EventKind.LOG_OTHER,
                EntityResolver.resolve(Entity.UNKNOWN, log.attributes(), memory.family(), false, log),
                counted(Measures.NONE, log),
                log.attributes(),
                "",
                quality(written, log),
                log.origin(),
                log.stream(),
                log.source());
        return new Outcome(event, dated(memory, written, log, arrival), rejected);
    }

    private static String note(ParseResult.Parsed parsed, String before) {
        String note = parsed.by().note(parsed, before);
        return note.length() <= StreamMemory.LONGEST_NOTE ? note : before;
    }

    /** Only a driver's echo, which names the process, says how often. */
    private static Measures counted(Measures measures, TextLog log) {
        boolean echo = log.text().startsWith("(") || log.attributes().has("process");
        return echo ? Repeats.counted(measures, log.text()) : measures;
    }

    /** The envelope's word counts only where the line has none and its content is not graded. */
    private static int severity(ParseResult.Parsed parsed, TextLog log) {
        boolean silent = parsed.severityText().isEmpty() && parsed.severityNumber() == Severity.INFO.number();
        return silent && log.severityNumber() != 0 ? log.severityNumber() : parsed.severityNumber();
    }

    /**
     * What came just when it was written is as much later than the record before as it came later. A file's lines came when
     * somebody read the file; they have the time of the line before.
     */
    private static Instant timestamp(@Nullable Instant written, StreamMemory memory, TextLog log, Instant arrival) {
        if (written != null) {
            return written;
        }
        Instant before = log.origin().type() == Origin.Type.KAFKA ? memory.timeOf(arrival) : memory.lastTime();
        return before != null ? before : arrival;
    }

    /** With the time that lines without one may borrow next: not one of a wrong clock, which would make them all late. */
    private static StreamMemory dated(StreamMemory memory, @Nullable Instant written, TextLog log, Instant arrival) {
        boolean usable = written != null
                && !written.isBefore(EARLIEST)
                && !written.isAfter(log.observedTimestamp().plus(Duration.ofDays(1)));
        return usable ? memory.at(Objects.requireNonNull(written), arrival) : memory;
    }

    private static long quality(@Nullable Instant written, TextLog log) {
        long missing = written == null ? QualityMark.TIME_MISSING.bit() : 0;
        long vague = written == null && log.attributes().has(RawLog.NOT_AFTER) ? QualityMark.TIME_VAGUE.bit() : 0;
        boolean cut = log.truncated() || LengthLimits.isCutAt(log.text().length());
        long truncated = cut ? QualityMark.TRUNCATED.bit() : 0;
        long replaced = "replaced".equals(log.attributes().get(CHARSET)) ? QualityMark.CHARSET_REPLACED.bit() : 0;
        return missing | vague | truncated | replaced;
    }

    private @Nullable Instant leadingTime(String text) {
        if (text.length() < 19) {
            return null;
        }
        int from = text.charAt(0) == '[' ? 1 : 0;
        char first = text.charAt(from);
        return first >= '0' && first <= '9' ? timestamps.iso(new Cursor(text, from)) : null;
    }
}
