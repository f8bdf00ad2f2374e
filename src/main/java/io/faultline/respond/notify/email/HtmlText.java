package io.faultline.respond.notify.email;

import io.faultline.respond.notify.channel.Message;
import java.util.List;

/** A message as HTML that mail programs show alike: no scripts, no images, everything from logs escaped. */
final class HtmlText {

    private HtmlText() {}

    static String of(Message message) {
        StringBuilder html = new StringBuilder(2048);
        html.append("<!doctype html><html lang=\"")
                .append(escaped(message.language()))
                .append("\"><head><meta charset=\"utf-8\">");
        html.append("</head><body style=\"font-family:sans-serif\">");
        html.append("<h2 style=\"font-size:1.1em\">")
                .append(escaped(message.subject()))
                .append("</h2>");
        boolean inTable = false;
        for (Message.Part part : message.parts()) {
            if (part instanceof Message.Fact != inTable) {
                html.append(inTable ? "</table>" : "<table>");
                inTable = !inTable;
            }
            append(html, part);
        }
        return html.append(inTable ? "</table>" : "").append("</body></html>").toString();
    }

    private static void append(StringBuilder html, Message.Part part) {
        if (part instanceof Message.Fact fact) {
            html.append("<tr><td style=\"color:#666;vertical-align:top\">")
                    .append(escaped(fact.name()))
                    .append("</td><td>")
                    .append(escaped(fact.value()))
                    .append("</td></tr>");
        } else if (part instanceof Message.Link link) {
            html.append("<p><a href=\"")
                    .append(escaped(link.url()))
                    .append("\">")
                    .append(escaped(link.name()))
                    .append("</a></p>");
        } else if (part instanceof Message.Passage passage) {
            html.append("<p>").append(escaped(passage.name())).append("</p>");
            boolean quoted = passage.quoted();
            append(html, passage.items(), quoted ? "<code>" : "", quoted ? "</code>" : "");
        } else if (part instanceof Message.Sentence sentence) {
            html.append("<p>").append(escaped(sentence.text())).append("</p>");
        }
    }

    private static void append(StringBuilder html, List<String> items, String before, String after) {
        html.append("<ul>");
        items.forEach(item -> html.append("<li>")
                .append(before)
                .append(escaped(item))
                .append(after)
                .append("</li>"));
        html.append("</ul>");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
