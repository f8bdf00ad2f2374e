package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.GlogHead;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;
import io.faultline.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * JAX, XLA and TensorFlow: {@code 2026-03-01 10:00:00.123456: E external/xla/a.cc:12] text}; before absl is set up {@code
 * E0000 00:00:1772359200.123456 4711 a.cc:12] text}, whose seconds are those since 1970; and the metrics that CLU writes
 * through absl, {@code I0301 … logging_writer.py:48] [100] global_step=100, grad_norm=1.1, loss=0.17}.
 */
public final class JaxParser extends JobFormat {

    /** Registered twice, tuned down, built for fewer instructions: said at each start, at E and W. */
    private static final String[] BENIGN = {
        "Unable to register cu",
        "Attempting to register factory",
        "Prefetch autotuner tried to allocate",
        "TF-TRT Warning"
    };

    public JaxParser() {
        super("jax");
    }

    @Override
    public String beginnings() {
        return "2DEFIW[";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.startsWith("20") && text.length() > 30) {
            return text.startsWith(": ", 26);
        }
        return GlogHead.mayBegin(text) && (text.startsWith("0000 00:00:", 1) || text.indexOf("logging_writer.py:") > 0);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        if (text.startsWith("20")) {
            return tensorFlow(text, context);
        }
        return text.startsWith("0000 00:00:", 1) ? early(text) : metrics(text, context);
    }

    private ParseResult tensorFlow(String text, ParseContext context) {
        Cursor cursor = new Cursor(text);
        Instant time = context.timestamps().iso(cursor);
        if (time == null || !cursor.take(": ")) {
            return ParseResult.UNRECOGNISED;
        }
        return message(text, cursor, new Draft(this).at(time));
    }

    /** The date of a log that has not begun yet is zero; where the seconds belong, there are those since 1970. */
    private ParseResult early(String text) {
        Measures.Builder seconds = Measures.builder();
        int end = text.indexOf(' ', 12);
        if (end < 0 || !Numbers.put(seconds, "time", 1, text, 12, end)) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(Timestamps.epoch(seconds.build().getOr("time", -1)));
        Cursor cursor = new Cursor(text, end);
        cursor.spaces().number();
        int place = cursor.spaces().position();
        return message(
                text.charAt(0) + " " + text.substring(place),
                new Cursor(text.charAt(0) + " " + text.substring(place)),
                draft);
    }

    /** {@code E external/xla/a.cc:12] text}. */
    private ParseResult message(String text, Cursor cursor, Draft draft) {
        char letter = cursor.peek();
        int severity = SeverityWords.numberOf(letter);
        boolean head = severity > 0 && cursor.take(letter) && cursor.take(' ');
        String place = head ? cursor.until("] ") : null;
        if (place == null || place.indexOf(' ') >= 0 || place.indexOf(':') < 0) {
            return ParseResult.UNRECOGNISED;
        }
        String message = text.substring(cursor.position());
        draft.severity(severity, String.valueOf(letter)).message(message).attribute("source", place);
        if (letter == 'F') {
            draft.kind(EventKind.PROCESS_EXIT)
                    .attribute("outcome", "failure")
                    .attribute("error_message", firstLine(message));
        } else if (isBenign(message)) {
            draft.severity(Severity.INFO);
        } else {
            Faults.refine(draft);
        }
        return draft.parsed();
    }

    private static boolean isBenign(String message) {
        for (String words : BENIGN) {
            if (message.startsWith(words)) {
                return true;
            }
        }
        return false;
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** {@code [100] global_step=100, grad_norm=1.1, loss=0.17}: a step; with a score in it the result of an evaluation. */
    private ParseResult metrics(String text, ParseContext context) {
        GlogHead head = GlogHead.read(text, context);
        if (head == null || !head.file().endsWith("logging_writer.py")) {
            return ParseResult.UNRECOGNISED;
        }
        Cursor cursor = new Cursor(text, head.messageStart());
        long step = cursor.take('[') ? cursor.number() : -1;
        if (step < 0 || !cursor.take("] ")) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(head.timestamp()).message(text.substring(head.messageStart()));
        draft.severity(SeverityWords.numberOf(head.letter()), String.valueOf(head.letter()))
                .measure("step", step);
        boolean evaluation =
                text.indexOf("score=", cursor.position()) > 0 || text.indexOf("validation/", cursor.position()) > 0;
        int start = cursor.position();
        while (start < text.length()) {
            int end = text.indexOf(", ", start);
            end = end < 0 ? text.length() : end;
            int equals = text.indexOf('=', start);
            if (equals > start && equals < end) {
                String key = text.substring(start, equals);
                MetricCells.put(key, nameOf(key, evaluation), 1, text, equals + 1, end, draft);
            }
            start = end + 2;
        }
        draft.kind(evaluation ? EventKind.EVALUATION_RESULT : EventKind.TRAINING_STEP);
        MetricCells.grade(draft);
        return draft.parsed();
    }

    private static @Nullable String nameOf(String key, boolean evaluation) {
        if (evaluation) {
            return switch (key) {
                case "validation/loss", "eval/loss" -> "eval_loss";
                case "train/loss" -> "train_loss";
                case "global_step" -> "step";
                default -> null;
            };
        }
        return MetricNames.of(key);
    }
}
