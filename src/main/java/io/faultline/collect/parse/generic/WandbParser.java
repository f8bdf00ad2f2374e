package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.EventKind;

/** What Weights &amp; Biases prints to the console: {@code wandb: …}, in its summary a metric and its last value a line. */
public final class WandbParser implements FormatParser {

    private static final String HEAD = "wandb: ";

    @Override
    public String name() {
        return "wandb";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return "w";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith(HEAD) || text.equals("wandb:");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        Cursor cursor = new Cursor(text, Math.min(HEAD.length(), text.length())).spaces();
        int start = cursor.position();
        String first = cursor.word();
        int severity = SeverityWords.numberOf(first);
        if (severity > 0 && cursor.take(' ')) {
            draft.severity(severity, first).message(cursor.spaces().rest());
        } else {
            String value = cursor.spaces().word();
            boolean alone = cursor.spaces().atEnd() && !first.isEmpty() && !value.isEmpty();
            if (alone && Numbers.put(draft.measures(), "value", 1, value, 0, value.length())) {
                draft.kind(EventKind.METRIC_SAMPLE).attribute("metric", first);
            }
            draft.message(text.substring(start));
        }
        Faults.refine(draft);
        return draft.parsed();
    }
}
