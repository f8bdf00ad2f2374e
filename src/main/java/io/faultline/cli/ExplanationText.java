package io.faultline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.collect.parse.LineParser;
import io.faultline.model.LogEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Which parser took a record and why the others did not, for people and for scripts. */
final class ExplanationText {

    private static final int LONGEST_LINE = 160;

    private ExplanationText() {}

    /** The record, what it became, and the reasons; formats with the same reason share a line. */
    static String of(LogReader.Explanation explanation) {
        LogEvent event = explanation.event();
        StringBuilder text = new StringBuilder();
        text.append(event.origin())
                .append("  ")
                .append(firstLine(explanation.text()))
                .append('\n');
        boolean taken = explanation.verdicts().stream().anyMatch(LineParser.Verdict::took);
        text.append("  ")
                .append(
                        taken
                                ? "taken by " + event.format() + ": "
                                        + event.kind().id()
                                : "taken by no parser");
        event.measures()
                .toMap()
                .forEach((name, value) ->
                        text.append(' ').append(name).append('=').append(number(value)));
        Map<String, StringBuilder> reasons = new LinkedHashMap<>();
        for (LineParser.Verdict verdict : explanation.verdicts()) {
            if (!verdict.took()) {
                StringBuilder formats = reasons.computeIfAbsent(verdict.because(), because -> new StringBuilder());
                formats.append(formats.isEmpty() ? "" : ", ").append(verdict.format());
            }
        }
        reasons.forEach((because, formats) ->
                text.append("\n  not ").append(formats).append(": ").append(because));
        return text.append('\n').toString();
    }

    static String json(LogReader.Explanation explanation) {
        LogEvent event = explanation.event();
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("file", event.origin().name())
                .put("line", event.origin().position())
                .put("text", explanation.text())
                .put("format", event.format())
                .put("kind", event.kind().id());
        ArrayNode others = node.putArray("others");
        for (LineParser.Verdict verdict : explanation.verdicts()) {
            if (!verdict.took()) {
                others.addObject().put("format", verdict.format()).put("because", verdict.because());
            }
        }
        return node.toString();
    }

    private static String firstLine(String text) {
        int newline = text.indexOf('\n');
        String line = newline < 0 ? text : text.substring(0, newline) + " …";
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }
}
