package io.faultline.collect.mine;

import io.faultline.model.Attributes;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What mining tells, as events. */
final class MinedEvents {

    /** A list of more values is cut off: each would become a field of the document. */
    private static final int MOST_VALUES = 16;

    /** {@code value_1}, {@code value_2}, … */
    private static final String[] KEYS =
            IntStream.rangeClosed(1, MOST_VALUES).mapToObj(i -> "value_" + i).toArray(String[]::new);

    private static final int INFO = 9;

    private MinedEvents() {}

    /** The event with its template's id and, as {@code value_1}, …, {@code value_types}, its values. */
    static LogEvent withTemplate(LogEvent event, Template template, List<Value> values) {
        return event.withTemplate(
                template.id(), values.isEmpty() ? event.attributes() : with(event.attributes(), values));
    }

    private static Attributes with(Attributes attributes, List<Value> values) {
        int count = Math.min(values.size(), MOST_VALUES);
        String[] keys = Arrays.copyOf(KEYS, count + 1);
        String[] texts = new String[count + 1];
        StringBuilder types = new StringBuilder();
        for (int i = 0; i < count; i++) {
            texts[i] = values.get(i).text();
            types.append(i == 0 ? "" : " ").append(values.get(i).type().id());
        }
        keys[count] = "value_types";
        texts[count] = types.toString();
        return attributes.with(new Attributes(keys, texts));
    }

    /** The event that tells rules of a new template, or of one that went into another, found at this line. */
    static LogEvent ofChange(TemplateChange change, LogEvent line) {
        Template template = change.template();
        Template successor = change.successor();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("template", template.id());
        attributes.put("template_text", template.text());
        attributes.put("template_types", template.typed());
        attributes.put("template_state", successor == null ? "new" : "merged");
        if (successor != null) {
            attributes.put("successor", successor.id());
        }
        return new LogEvent(
                line.timestamp(),
                line.observedTimestamp(),
                INFO,
                "",
                (successor == null ? "new template: " : "merged template: ") + template.text(),
                line.format(),
                EventKind.LOG_TEMPLATE,
                line.entity(),
                Measures.NONE,
                Attributes.of(attributes),
                template.id(),
                line.quality(),
                line.origin(),
                line.stream(),
                line.source());
    }
}
