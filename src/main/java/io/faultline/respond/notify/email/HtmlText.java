package io.faultline.respond.notify.email;

import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.Message;

/** A message as HTML that mail programs show alike: no scripts, no images, everything from logs escaped. */
final class HtmlText {

    private HtmlText() {}

    static String of(Message message, Language language) {
        StringBuilder html = new StringBuilder(2048);
        html.append("<!doctype html><html lang=\"").append(language.id()).append("\"><head><meta charset=\"utf-8\">");
        html.append("</head><body style=\"font-family:sans-serif\">");
        html.append("<h2 style=\"font-size:1.1em\">")
                .append(escaped(message.subject()))
                .append("</h2><table>");
        message.facts().forEach(fact -> html.append("<tr><td style=\"color:#666;vertical-align:top\">")
                .append(escaped(fact.name()))
                .append("</td><td>")
                .append(escaped(fact.value()))
                .append("</td></tr>"));
        html.append("</table>");
        message.links().forEach(link -> html.append("<p><a href=\"")
                .append(escaped(link.url()))
                .append("\">")
                .append(escaped(link.name()))
                .append("</a></p>"));
        append(html, message.evidence(), "<code>", "</code>");
        append(html, message.advice(), "", "");
        append(html, message.others(), "", "");
        return html.append("</body></html>").toString();
    }

    private static void append(StringBuilder html, Message.Passage passage, String before, String after) {
        if (passage.lines().isEmpty()) {
            return;
        }
        html.append("<p>").append(escaped(passage.name())).append("</p><ul>");
        passage.lines().forEach(line -> html.append("<li>")
                .append(before)
                .append(escaped(line))
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
