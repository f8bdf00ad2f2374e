package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import java.time.Instant;

/**
 * A line of MLflow's file store, {@code mlruns/<experiment>/<run>/metrics/<key>}: milliseconds, value, step. The metric's
 * name is the file's and stands in no line.
 */
public final class MlflowParser implements FormatParser {

    private static final int MILLIS_DIGITS = 13;

    @Override
    public String name() {
        return "mlflow";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return "1";
    }

    @Override
    public boolean mayRead(String text) {
        return text.length() > MILLIS_DIGITS + 3
                && text.length() < 80
                && text.charAt(0) == '1'
                && text.charAt(MILLIS_DIGITS) == ' ';
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Cursor cursor = new Cursor(text);
        long millis = cursor.number();
        if (millis < 0 || cursor.position() != MILLIS_DIGITS || !cursor.take(' ')) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(Instant.ofEpochMilli(millis)).message(text);
        String value = cursor.word();
        boolean number = cursor.take(' ') && Numbers.put(draft.measures(), "value", 1, value, 0, value.length());
        int start = cursor.position();
        cursor.take('-');
        boolean step = number && cursor.number() >= 0 && cursor.spaces().atEnd();
        if (!step || !Numbers.put(draft.measures(), "step", 1, text, start, text.length())) {
            return ParseResult.UNRECOGNISED;
        }
        return draft.kind(EventKind.METRIC_SAMPLE).parsed();
    }
}
