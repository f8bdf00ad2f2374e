package io.faultline.respond.notify.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.FittedText;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.MentionSettings;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.Wording;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Posts a notice in Slack's mrkdwn to an incoming webhook (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).
 * {@code &}, {@code <} and {@code >} of logs are escaped as Slack asks, so that {@code <!channel>} mentions nobody.
 */
final class SlackChannel implements Channel {

    /** Slack advises at most 4000 characters a text; in bytes that is on the safe side. */
    static final int MAX_BYTES = 4000;

    /** What Slack calls everybody who is active, in the channel, or in the workspace. */
    static final Set<String> EVERYBODY = Set.of("here", "channel", "everyone");

    private final URI url;
    private final MentionSettings mention;
    private final Wording wording;
    private final HttpPost http;

    SlackChannel(SlackSettings settings, ChannelContext context) {
        this.url = URI.create(settings.url().value());
        this.mention = settings.mention();
        this.wording = context.wording();
        this.http = new HttpPost(context.timeout());
    }

    @Override
    public Receipt deliver(Notice notice) {
        ObjectNode body = Json.object();
        body.put("text", preview(notice));
        // a log may hold an address, and Slack would fetch it to show what is there
        body.put("unfurl_links", false);
        body.put("unfurl_media", false);
        return http.send(url, Map.of("Content-Type", "application/json"), Json.bytes(body), SlackChannel::receipt);
    }

    @Override
    public String preview(Notice notice) {
        List<String> lines = lines(wording.message(notice));
        List<String> names = mention.in(notice);
        if (!names.isEmpty()) {
            lines.add(1, names.stream().map(SlackChannel::mentioned).collect(Collectors.joining(" ")));
        }
        return FittedText.of(lines, MAX_BYTES, wording::more);
    }

    private static String mentioned(String name) {
        if (EVERYBODY.contains(name)) {
            return "<!" + name + ">";
        }
        return SlackSettings.isId(name, "S") ? "<!subteam^" + name + ">" : "<@" + name + ">";
    }

    private static List<String> lines(Message message) {
        List<String> lines = new ArrayList<>();
        lines.add("*" + plain(message.subject()) + "*");
        message.parts().forEach(part -> lines.addAll(lines(part)));
        return lines;
    }

    private static List<String> lines(Message.Part part) {
        if (part instanceof Message.Fact fact) {
            return List.of("_" + plain(fact.name()) + "_: " + plain(fact.value()));
        } else if (part instanceof Message.Link link) {
            return List.of("<" + plain(link.url()) + "|" + plain(link.name()) + ">");
        } else if (part instanceof Message.Passage passage) {
            Stream<String> items = passage.items().stream().map(item -> "• " + plain(item));
            return Stream.concat(Stream.of("*" + plain(passage.name()) + "*"), items)
                    .toList();
        }
        return part.lines().stream().map(SlackChannel::plain).toList();
    }

    private static String plain(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Slack answers {@code ok}; a proxy that answers something else did not pass it on. */
    private static Receipt receipt(HttpPost.Answer answer) {
        return "ok".equals(answer.body().strip())
                ? new Receipt.Delivered("ok")
                : new Receipt.Unavailable("no answer of Slack: " + answer.detail());
    }
}
