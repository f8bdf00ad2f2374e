package io.faultline.respond.notify.channel;

import java.util.ArrayList;
import java.util.List;

/**
 * A message in the Markdown that chat programs share. What comes from logs can neither mention anybody nor become a link
 * or a tag: {@code <} is written as its full-width twin, and {@code ](} is torn apart. Escapes would be safer to read
 * back, but not every program knows them.
 */
public final class MarkdownText {

    private MarkdownText() {}

    /** The lines, the subject first, the most important first. */
    public static List<String> lines(Message message) {
        List<String> lines = new ArrayList<>();
        lines.add("**" + plain(message.subject()) + "**");
        message.facts().forEach(fact -> lines.add("> " + plain(fact.name()) + ": " + plain(fact.value())));
        message.links().forEach(link -> lines.add("[" + plain(link.name()) + "](" + link.url() + ")"));
        message.passages().forEach(passage -> {
            lines.add("**" + plain(passage.name()) + "**");
            passage.lines().forEach(line -> lines.add("- " + plain(line)));
        });
        return lines;
    }

    /** A text that means itself. */
    public static String plain(String text) {
        return text.replace('<', '＜').replace("](", "] (");
    }
}
