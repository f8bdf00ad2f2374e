package io.faultline.collect.decode;

import io.faultline.model.Attributes;
import io.faultline.model.TextLog;
import java.util.Arrays;

/**
 * A record that further lines may continue.
 *
 * @param from where its first line comes from
 * @param writer which process of the source writes it
 * @param prefix the prefix that vLLM repeats on every line; else empty
 * @param lines its lines so far
 * @param chars their length
 * @param mode what may follow
 * @param dueInLogTime when it is whole by the time of the lines, in epoch milliseconds
 * @param dueOnClock when it is whole by the machine's clock, in epoch milliseconds
 */
public record OpenRecord(
        Provenance from,
        Attributes writer,
        String prefix,
        String[] lines,
        int chars,
        Mode mode,
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
        /** What the NVIDIA driver tells of its last calls. */
        HISTORY,
        /** Any text until the closing rule. */
        REPORT,
        /** The rest of a wrapped line. */
        WRAPPED,
        /** Any text until the quotation of a user's text ends. */
        QUOTED,
        /** More pieces of the line that a container runtime has cut. */
        PIECES,
        /** The members of a JSON object that is written over several lines, until its closing brace. */
        OBJECT,
        /** Nothing. */
        WHOLE
    }

    static OpenRecord of(Line line, String prefix, Mode mode, long dueInLogTime, long dueOnClock) {
        return new OpenRecord(
                line.from(),
                line.writer(),
                prefix,
                new String[] {line.text()},
                line.text().length(),
                mode,
                dueInLogTime,
                dueOnClock);
    }

    OpenRecord with(Line line, String text, Mode next, long newDueInLogTime, long newDueOnClock) {
        String[] more = Arrays.copyOf(lines, lines.length + 1);
        more[lines.length] = text;
        return new OpenRecord(
                from.withCharset(line.from().charset()),
                writer,
                prefix,
                more,
                chars + text.length() + 1,
                next,
                newDueInLogTime,
                newDueOnClock);
    }

    /**
     * Whether a writer's line is in its open quotation: that of the same process, and of any that the line itself claims to be
     * of beyond that, for the user can write prefixes too, but not take those away that the launcher writes before each line.
     */
    boolean quotes(String source, Attributes lineWriter) {
        if (mode != Mode.QUOTED || !source.equals(from.source())) {
            return false;
        }
        for (int i = 0; i < writer.size(); i++) {
            if (!writer.values()[i].equals(lineWriter.get(writer.keys()[i]))) {
                return false;
            }
        }
        return true;
    }

    TextLog whole(boolean truncated) {
        String text = lines.length == 1 ? lines[0] : mode == Mode.WRAPPED || isUnwrapped() ? unwrapped() : joined();
        return TextLogs.of(from, text, writer, truncated);
    }

    /** The line that pieces of it make, or the lines of a JSON object as they were. */
    String rebuilt() {
        return String.join(mode == Mode.PIECES ? "" : "\n", lines);
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
