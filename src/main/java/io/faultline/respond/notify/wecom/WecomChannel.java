package io.faultline.respond.notify.wecom;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.FittedText;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.MarkdownText;
import io.faultline.respond.notify.channel.MentionSettings;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.RobotAnswer;
import io.faultline.respond.notify.channel.Wording;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Posts a notice as Markdown to a WeCom group's robot (developer.work.weixin.qq.com/document/path/91770). */
final class WecomChannel implements Channel {

    /** Longer ones are refused with 40058. */
    static final int MAX_BYTES = 4096;

    /** Of a message of the type text. */
    static final int MAX_TEXT_BYTES = 2048;

    /** -1 the system is busy; 45009 more than 20 a minute; 45033 too many at once. */
    private static final RobotAnswer ANSWER =
            new RobotAnswer("errcode", "errmsg", Set.of(-1, 45009, 45033), Duration.ofMinutes(1));

    private final URI url;
    private final MentionSettings mention;
    private final Wording wording;
    private final HttpPost http;

    WecomChannel(WecomSettings settings, ChannelContext context) {
        this.url = URI.create(settings.url().value());
        this.mention = settings.mention();
        this.wording = context.wording();
        this.http = new HttpPost(context.timeout());
    }

    @Override
    public Receipt deliver(Notice notice) {
        ObjectNode body = Json.object();
        if (isPlain(notice)) {
            body.put("msgtype", "text");
            ObjectNode text = body.putObject("text").put("content", preview(notice));
            ArrayNode mobiles = text.putArray("mentioned_mobile_list");
            ArrayNode users = text.putArray("mentioned_list");
            mention.in(notice).forEach(name -> {
                (MentionSettings.isMobile(name) ? mobiles : users).add(isAll(name) ? "@all" : name);
            });
        } else {
            body.put("msgtype", "markdown");
            body.putObject("markdown").put("content", preview(notice));
        }
        return http.send(url, Map.of("Content-Type", "application/json"), Json.bytes(body), ANSWER::receipt);
    }

    @Override
    public String preview(Notice notice) {
        Message message = wording.message(notice);
        if (isPlain(notice)) {
            List<String> lines = new ArrayList<>(List.of(message.subject()));
            lines.addAll(message.lines());
            return FittedText.of(lines.stream().map(MarkdownText::plain).toList(), MAX_TEXT_BYTES, wording::more);
        }
        List<String> lines = MarkdownText.lines(message);
        List<String> names = mention.in(notice);
        if (!names.isEmpty()) {
            lines.add(1, names.stream().map(name -> "<@" + name + ">").collect(Collectors.joining(" ")));
        }
        return FittedText.of(lines, MAX_BYTES, wording::more);
    }

    /** Markdown can mention nobody but by his user id, so whoever is meant otherwise is told in plain text. */
    private boolean isPlain(Notice notice) {
        return mention.in(notice).stream().anyMatch(name -> isAll(name) || MentionSettings.isMobile(name));
    }

    private static boolean isAll(String name) {
        return name.equals(MentionSettings.ALL);
    }
}
