package io.faultline.respond.notify.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
        message.parts().forEach(part -> lines.addAll(lines(part)));
        return lines;
    }

    private static List<String> lines(Message.Part part) {
        if (part instanceof Message.Fact fact) {
            return List.of("> " + plain(fact.name()) + ": " + plain(fact.value()));
        } else if (part instanceof Message.Link link) {
            return List.of("[" + plain(link.name()) + "](" + link.url() + ")");
        } else if (part instanceof Message.Passage passage) {
            Stream<String> items = passage.items().stream().map(item -> "- " + plain(item));
            return Stream.concat(Stream.of("**" + plain(passage.name()) + "**"), items)
                    .toList();
        }
        return part.lines().stream().map(MarkdownText::plain).toList();
    }

    /** A text that means itself. */
    public static String plain(String text) {
        return text.replace('<', '＜').replace("](", "] (");
    }
}
