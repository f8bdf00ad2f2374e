package io.faultline.collect.decode;

import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.TextLog;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A record that further lines may continue.
 *
 * @param origin where its first line was read
 * @param observedTimestamp when that was seen
 * @param stream where it was read
 * @param headers what came with its first line
 * @param writer which process of the stream writes it
 * @param prefix the prefix that vLLM repeats on every line; else empty
 * @param lines its lines so far
 * @param chars their length
 * @param mode what may follow
 * @param charsetReplaced whether bytes of it were replaced
 * @param dueInLogTime when it is whole by the time of the lines, in epoch milliseconds
 * @param dueOnClock when it is whole by the machine's clock, in epoch milliseconds
 */
public record OpenRecord(
        Origin origin,
        Instant observedTimestamp,
        String stream,
        Attributes headers,
        Attributes writer,
        String prefix,
        String[] lines,
        int chars,
        Mode mode,
        boolean charsetReplaced,
        long dueInLogTime,
        long dueOnClock) {

    /** What may follow. */
    public enum Mode {
        /** Indented lines, or a traceback if the head tells of an error. */
        HEAD,
        /** The frames of a traceback, until its exception. */
        TRACEBACK,
        /** The exception was there: more of its text, or a chained traceback. */
        EXCEPTION,
        /** Two tracebacks are chained and the second must come now. */
        CHAINED,
        /** Any text until the closing rule. */
        REPORT,
        /** The rest of a wrapped line. */
        WRAPPED,
        /** Any text until the quotation of a user's text ends. */
        QUOTED,
        /** Nothing. */
        WHOLE
    }

    static OpenRecord of(Line line, String prefix, Mode mode, long dueInLogTime, long dueOnClock) {
        return new OpenRecord(
                line.raw().origin(),
                line.raw().observedTimestamp(),
                line.raw().stream(),
                line.raw().headers(),
                line.writer(),
                prefix,
                new String[] {line.text()},
                line.text().length(),
                mode,
                line.charsetReplaced(),
                dueInLogTime,
                dueOnClock);
    }

    OpenRecord with(Line line, String text, Mode next, long newDueInLogTime, long newDueOnClock) {
        String[] more = Arrays.copyOf(lines, lines.length + 1);
        more[lines.length] = text;
        return new OpenRecord(
                origin,
                observedTimestamp,
                stream,
                headers,
                writer,
                prefix,
                more,
                chars + text.length() + 1,
                next,
                charsetReplaced || line.charsetReplaced(),
                newDueInLogTime,
                newDueOnClock);
    }

    /**
     * Whether a writer's line is in its open quotation: that of the same process, and of any that the line itself claims to be
     * of beyond that, for the user can write prefixes too, but not take those away that the launcher writes before each line.
     */
    boolean quotes(Attributes lineWriter) {
        if (mode != Mode.QUOTED) {
            return false;
        }
        for (int i = 0; i < writer.size(); i++) {
            if (!writer.values()[i].equals(lineWriter.get(writer.keys()[i]))) {
                return false;
            }
        }
        return true;
    }

    /** What it turned out to be: one record, or lines of their own where a quotation never ended. */
    void release(boolean truncated, Consumer<TextLog> out) {
        if (mode != Mode.QUOTED) {
            out.accept(whole(truncated));
            return;
        }
        for (String line : lines) {
            out.accept(
                    TextLogs.of(origin, observedTimestamp, stream, line, headers, writer, charsetReplaced, truncated));
        }
    }

    TextLog whole(boolean truncated) {
        String text = lines.length == 1 ? lines[0] : mode == Mode.WRAPPED || isUnwrapped() ? unwrapped() : joined();
        return TextLogs.of(origin, observedTimestamp, stream, text, headers, writer, charsetReplaced, truncated);
    }

    private boolean isUnwrapped() {
        return mode == Mode.WHOLE && Heads.shape(lines[0]) == Shape.WRAPPED;
    }

    private String joined() {
        int last = lines.length;
        while (last > 1 && lines[last - 1].isBlank()) {
            last--;
        }
        return String.join("\n", Arrays.asList(lines).subList(0, last));
    }

    /** The record as it was before it was wrapped: one line. */
    private String unwrapped() {
        StringBuilder text = new StringBuilder(chars);
        for (String line : lines) {
            boolean glue = text.length() > 0 && text.charAt(text.length() - 1) != ' ' && !line.startsWith(" ");
            text.append(glue ? " " : "").append(line);
        }
        return text.toString();
    }
}
