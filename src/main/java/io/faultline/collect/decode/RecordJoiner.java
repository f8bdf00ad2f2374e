package io.faultline.collect.decode;

import io.faultline.collect.decode.OpenRecord.Mode;
import io.faultline.collect.decode.envelope.Enclosed.Part;
import io.faultline.model.TextLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins the lines that are one record: tracebacks with the error that they explain, chained ones too, torchelastic's
 * reports, indented lines, wrapped Megatron iterations. Lines are joined within one writer only, never because they are
 * neighbours: many ranks write at once.
 *
 * <p>A line whose format has one line a record goes out at once; so does a text without a head, unless it tells of an
 * error, which a traceback may follow. All others wait for the writer's next line, until a limit, or until the writer was
 * silent for long enough.
 *
 * <p>vLLM repeats its prefix on every line of a record, and two records of one second and one place in the source have the
 * same prefix. So the prefix alone joins nothing: the text behind it must continue what is open.
 */
public final class RecordJoiner {

    /** What PyTorch writes behind a CUDA error, without indentation. */
    private static final String[] CUDA_NOTES = {
        "CUDA kernel errors might", "For debugging consider", "Compile with ", "Device-side assertions"
    };

    /** In some releases the message of a device out of memory has a second line. */
    private static final String OUT_OF_MEMORY_NOTE = " has a total capac";

    /** A wrapped record has a handful of lines; what goes on longer was never one. */
    private static final int MAX_WRAPPED_LINES = 8;

    /** A quotation that is still open after so many lines was cut; its lines are then read as if it were none. */
    private static final int MAX_QUOTED_LINES = 100;

    /** Docker cuts lines into pieces of 16 KiB; a shorter one without a line end is cut by nobody. */
    private static final int PIECE = 16 * 1024;

    private final DecodeSettings limits;
    private final LineDecoder decoder;

    /** @param decoder reads the lines that were put together of pieces */
    public RecordJoiner(DecodeSettings limits, LineDecoder decoder) {
        this.limits = limits;
        this.decoder = decoder;
    }

    /**
     * Takes the next line; whole records go out, in the order they became whole.
     *
     * @param dueInLogTime when the line's record is whole if nothing follows, by the time of the lines
     * @param dueOnClock the same by the clock
     * @return what is open now
     */
    OpenRecords add(OpenRecords open, Line line, long dueInLogTime, long dueOnClock, Consumer<TextLog> out) {
        if (line.part() != Part.WHOLE) {
            return addPiece(open, line, dueInLogTime, dueOnClock, out);
        }
        Shape shape = line.whole() ? Shape.COMPLETE : Heads.shape(line.text());
        int index = open.isEmpty() ? -1 : indexOf(open, line, shape);
        if (index >= 0) {
            OpenRecord record = open.records()[index];
            if (record.mode() == Mode.OBJECT) {
                return addToObject(open, index, line, dueInLogTime, dueOnClock, out);
            }
            int prefix = shape == Shape.VLLM && record.mode() != Mode.QUOTED && isContinued(record, line.text())
                    ? record.prefix().length()
                    : 0;
            String text = line.text().substring(prefix);
            Mode next = prefix == 0 ? follow(record, shape, text, false) : follow(record, plainShape(text), text, true);
            if (next != null && fits(record, text)) {
                String more = next == Mode.HISTORY ? text.substring(Heads.driverHistory(text)) : text;
                OpenRecord longer = record.with(line, more, next, dueInLogTime, dueOnClock);
                return next == Mode.WHOLE ? close(open, index, longer, out) : evict(open.replace(index, longer), out);
            }
            send(record, next != null, out);
            open = open.without(index);
        }
        Mode mode = line.text().equals("{") ? Mode.OBJECT : opens(shape, line.text());
        if (mode == Mode.WHOLE) {
            if (shape != Shape.BLANK) {
                out.accept(TextLogs.of(line));
            }
            return open;
        }
        String prefix = shape == Shape.VLLM ? line.text().substring(0, Heads.vllmPrefix(line.text())) : "";
        return evict(open.with(OpenRecord.of(line, prefix, mode, dueInLogTime, dueOnClock)), out);
    }

    /** Sends out what is whole by now, by either time. */
    OpenRecords expire(OpenRecords open, long logTime, long clock, Consumer<TextLog> out) {
        OpenRecords left = open;
        int sent = 0;
        for (int i = 0; i < open.records().length; i++) {
            OpenRecord record = open.records()[i];
            if (record.dueInLogTime() <= logTime || record.dueOnClock() <= clock) {
                send(record, false, out);
                left = left.without(i - sent++);
            }
        }
        return left;
    }

    /** A piece of a line that a container runtime has cut; the line is read when its last piece is here. */
    private OpenRecords addPiece(
            OpenRecords open, Line piece, long dueInLogTime, long dueOnClock, Consumer<TextLog> out) {
        int index = open.isEmpty() ? -1 : open.piecesOf(piece.from().source(), piece.writer());
        OpenRecords left = open;
        if (index >= 0) {
            OpenRecord before = open.records()[index];
            if (!isAnotherLine(before, piece) && before.lines().length < limits.maxRecordLines()) {
                OpenRecord longer = before.with(piece, piece.text(), Mode.PIECES, dueInLogTime, dueOnClock);
                boolean whole = piece.part() == Part.LAST;
                return whole
                        ? addFinished(open.without(index), longer, dueInLogTime, dueOnClock, out)
                        : evict(open.replace(index, longer), out);
            }
            send(before, true, out);
            left = open.without(index);
        }
        OpenRecord first = OpenRecord.of(piece, "", Mode.PIECES, dueInLogTime, dueOnClock);
        return piece.part() == Part.LAST
                ? addFinished(left, first, dueInLogTime, dueOnClock, out)
                : evict(left.with(first), out);
    }

    /** Docker does not say that it cut a line, it leaves out the line end; some shippers leave it out always. */
    private static boolean isAnotherLine(OpenRecord before, Line piece) {
        return piece.part() == Part.UNENDED
                && before.lines()[before.lines().length - 1].length() < PIECE / 4
                && switch (Heads.shape(piece.text())) {
                    case HEAD, VLLM, COMPLETE, TRACEBACK -> true;
                    default -> false;
                };
    }

    private OpenRecords addFinished(
            OpenRecords open, OpenRecord whole, long dueInLogTime, long dueOnClock, Consumer<TextLog> out) {
        List<Line> lines = new ArrayList<>(1);
        decoder.finish(whole.from(), whole.rebuilt(), whole.writer(), lines);
        OpenRecords after = open;
        for (Line line : lines) {
            after = add(after, line, dueInLogTime, dueOnClock, out);
        }
        return after;
    }

    /** A line of a JSON object that is written over several: {@code journalctl -o json-pretty}, {@code kubectl -o json}. */
    private OpenRecords addToObject(
            OpenRecords open, int index, Line line, long dueInLogTime, long dueOnClock, Consumer<TextLog> out) {
        char first = line.text().isEmpty() ? ' ' : line.text().charAt(0);
        OpenRecord object = open.records()[index];
        if (!line.whole() && fits(object, line.text()) && (first == ' ' || first == '\t' || first == '}')) {
            OpenRecord longer = object.with(line, line.text(), Mode.OBJECT, dueInLogTime, dueOnClock);
            return first == '}'
                    ? addFinished(open.without(index), longer, dueInLogTime, dueOnClock, out)
                    : evict(open.replace(index, longer), out);
        }
        send(object, true, out);
        return add(open.without(index), line, dueInLogTime, dueOnClock, out);
    }

    /** Sends a record out as it is. */
    private void send(OpenRecord record, boolean cut, Consumer<TextLog> out) {
        if (record.mode() == Mode.QUOTED) {
            // The quotation never ended: lines of their own.
            for (String line : record.lines()) {
                out.accept(TextLogs.of(record.from(), line, record.writer(), cut));
            }
            return;
        }
        if (record.mode() != Mode.PIECES && record.mode() != Mode.OBJECT) {
            out.accept(record.whole(cut));
            return;
        }
        List<Line> lines = new ArrayList<>(1);
        decoder.finish(record.from(), record.rebuilt(), record.writer(), lines);
        for (Line line : lines) {
            out.accept(TextLogs.of(line.from(), line.text(), line.writer(), true));
        }
    }

    /** The writer's record; a wrapped line has lost its writer's prefix and belongs to the record wrapped last. */
    private static int indexOf(OpenRecords open, Line line, Shape shape) {
        String source = line.from().source();
        int index = open.of(source, line.writer());
        for (int i = 0; i < open.records().length && index < 0; i++) {
            index = open.records()[i].quotes(source, line.writer()) ? i : -1;
        }
        boolean wrapped = index < 0
                && line.writer().isEmpty()
                && (shape == Shape.PLAIN || shape == Shape.INDENTED)
                && line.text().indexOf('|') >= 0;
        for (int i = open.records().length - 1; wrapped && index < 0 && i >= 0; i--) {
            OpenRecord record = open.records()[i];
            boolean mine =
                    record.mode() == Mode.WRAPPED && record.from().source().equals(source);
            index = mine ? i : -1;
        }
        return index;
    }

    /** What a line that continues nothing begins. */
    private static Mode opens(Shape shape, String text) {
        if (shape != Shape.BLANK && opensQuotation(text)) {
            return Mode.QUOTED;
        }
        return switch (shape) {
            case BLANK -> Mode.WHOLE;
            case COMPLETE -> Heads.isSilentProcessor(text) ? Mode.HISTORY : Mode.WHOLE;
            case HEAD -> text.endsWith("Traceback (most recent call last):") ? Mode.TRACEBACK : Mode.HEAD;
            case FRAME -> Mode.HEAD;
            case INDENTED -> isTraceback(text, 0) ? Mode.TRACEBACK : Mode.HEAD;
            case VLLM -> isTraceback(text, Heads.vllmPrefix(text)) ? Mode.TRACEBACK : Mode.HEAD;
            case WRAPPED -> Mode.WRAPPED;
            case TRACEBACK -> Mode.TRACEBACK;
            case CHAIN -> Mode.CHAINED;
            case RULE -> Mode.REPORT;
            case PLAIN -> tellsOfAnError(text) || Heads.isDeadProcess(text) ? Mode.HEAD : Mode.WHOLE;
        };
    }

    /** A traceback, or the middle of one whose beginning was not seen. */
    private static boolean isTraceback(String text, int at) {
        return text.startsWith("Traceback (", at) || text.startsWith("  File \"", at);
    }

    /** What an open record is after a line, or null if the line is none of its own. */
    private static @Nullable Mode follow(OpenRecord record, Shape shape, String text, boolean repeated) {
        if (record.mode() == Mode.QUOTED) {
            return quoted(record, text);
        }
        if (record.mode() == Mode.HISTORY) {
            return Heads.driverHistory(text) >= 0 ? Mode.HISTORY : null;
        }
        if (shape == Shape.COMPLETE || shape == Shape.HEAD || shape == Shape.VLLM || shape == Shape.WRAPPED) {
            return null;
        }
        return switch (record.mode()) {
            case HEAD ->
                switch (shape) {
                    case BLANK, INDENTED, FRAME -> Mode.HEAD;
                    case TRACEBACK ->
                        repeated || tellsOfAnError(record.lines()[0]) || Heads.isDeadProcess(record.lines()[0])
                                ? Mode.TRACEBACK
                                : null;
                    case PLAIN -> isCudaNote(text) || Heads.isBlockLine(record.lines()[0], text) ? Mode.HEAD : null;
                    default -> null;
                };
            case TRACEBACK ->
                switch (shape) {
                    case BLANK, INDENTED -> Mode.TRACEBACK;
                    case CHAIN -> Mode.CHAINED;
                    case PLAIN -> Heads.isExceptionLine(text) ? Mode.EXCEPTION : null;
                    default -> null;
                };
            case EXCEPTION ->
                switch (shape) {
                    case BLANK, INDENTED, FRAME -> Mode.EXCEPTION;
                    case CHAIN -> Mode.CHAINED;
                    case PLAIN -> isMoreOfTheException(record, text, repeated) ? Mode.EXCEPTION : null;
                    default -> null;
                };
            case CHAINED ->
                switch (shape) {
                    case BLANK -> Mode.CHAINED;
                    case TRACEBACK, INDENTED -> Mode.TRACEBACK;
                    default -> null;
                };
            case REPORT ->
                shape == Shape.RULE && record.lines().length > 1
                        ? Mode.WHOLE
                        : record.lines().length > 1 || text.contains("FAILED") ? Mode.REPORT : null;
            case WRAPPED ->
                text.indexOf('|') < 0 || record.lines().length >= MAX_WRAPPED_LINES
                        ? null
                        : Heads.endsWithBar(text) ? Mode.WHOLE : Mode.WRAPPED;
            case HISTORY, QUOTED, WHOLE, PIECES, OBJECT -> null;
        };
    }

    /** Whether a user's text goes on behind the line's end. JSON has none of those. */
    private static boolean opensQuotation(String text) {
        return (text.contains("rompt") || text.contains("ontent"))
                && text.charAt(0) != '{'
                && Prompts.isOpen(text, 0, text.length());
    }

    private static @Nullable Mode quoted(OpenRecord record, String text) {
        if (record.lines().length >= MAX_QUOTED_LINES) {
            return null;
        }
        String first = record.lines()[0];
        char quote = first.charAt(Prompts.opening(first, 0, first.length()) - 1);
        return Prompts.closing(text, 0, text.length(), quote) < 0 ? Mode.QUOTED : Mode.WHOLE;
    }

    /** With vLLM's prefix: any text but that of the record's own head, which would be the next call of the same place. */
    private static boolean isMoreOfTheException(OpenRecord record, String text, boolean repeated) {
        return isCudaNote(text)
                || (repeated
                        && !record.lines()[0].startsWith(
                                text.substring(0, Math.min(12, text.length())),
                                record.prefix().length()));
    }

    private static boolean isCudaNote(String text) {
        for (String note : CUDA_NOTES) {
            if (text.startsWith(note)) {
                return true;
            }
        }
        return text.startsWith("GPU ") && text.contains(OUT_OF_MEMORY_NOTE);
    }

    private static boolean isContinued(OpenRecord record, String text) {
        return !record.prefix().isEmpty() && text.startsWith(record.prefix());
    }

    /** The shape of the text behind vLLM's prefix, where no head can come again. */
    private static Shape plainShape(String text) {
        Shape shape = Heads.shape(text);
        return switch (shape) {
            case BLANK, INDENTED, TRACEBACK, CHAIN, FRAME -> shape;
            default -> Shape.PLAIN;
        };
    }

    private static boolean tellsOfAnError(String text) {
        return text.contains("rror")
                || text.contains("xception")
                || text.contains("ERROR")
                || text.contains("CRITICAL")
                || text.contains("WARN")
                || text.contains("Warning: ")
                || text.contains("FATAL")
                || text.contains("ailed");
    }

    private boolean fits(OpenRecord record, String text) {
        return record.lines().length < limits.maxRecordLines()
                && record.chars() + text.length() < limits.maxRecordChars();
    }

    private static OpenRecords close(OpenRecords open, int index, OpenRecord whole, Consumer<TextLog> out) {
        out.accept(whole.whole(false));
        return open.without(index);
    }

    /** The oldest go first when too much is open at once. */
    private OpenRecords evict(OpenRecords open, Consumer<TextLog> out) {
        OpenRecords left = open;
        while (!left.isEmpty() && left.chars() > limits.maxOpenChars()) {
            send(left.records()[0], true, out);
            left = left.without(0);
        }
        return left;
    }
}
