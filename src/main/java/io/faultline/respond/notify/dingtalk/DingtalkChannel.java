package io.faultline.respond.notify.dingtalk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.FittedText;
import io.faultline.respond.notify.channel.Hmac;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.MarkdownText;
import io.faultline.respond.notify.channel.MentionSettings;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.RobotAnswer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Posts a notice as Markdown to a DingTalk group's robot (open.dingtalk.com/document/robots/custom-robot-access). */
final class DingtalkChannel implements Channel {

    /** Of the whole body. */
    static final int MAX_BYTES = 20_000;

    /** What the body needs beside the text, and what JSON adds to it by its escapes. */
    private static final int RESERVE = 2000;

    /** -1 the system is busy; the others say that it was more than 20 a minute, after which it is deaf for a while. */
    private static final RobotAnswer ANSWER =
            new RobotAnswer("errcode", "errmsg", Set.of(-1, 130101, 302033, 410100), Duration.ofMinutes(1));

    private final DingtalkSettings settings;
    private final ChannelContext context;
    private final HttpPost http;

    DingtalkChannel(DingtalkSettings settings, ChannelContext context) {
        this.settings = settings;
        this.context = context;
        this.http = new HttpPost(context.timeout());
    }

    @Override
    public Receipt deliver(Notice notice) {
        Message message = context.wording().message(notice);
        ObjectNode body = Json.object();
        body.put("msgtype", "markdown");
        body.putObject("markdown").put("title", message.subject()).put("text", text(notice, message));
        body.set("at", at(settings.mention().in(notice)));
        return http.send(signedUrl(), Map.of("Content-Type", "application/json"), Json.bytes(body), ANSWER::receipt);
    }

    @Override
    public String preview(Notice notice) {
        return text(notice, context.wording().message(notice));
    }

    private static ObjectNode at(List<String> names) {
        ObjectNode at = Json.object().put("isAtAll", names.contains(MentionSettings.ALL));
        ArrayNode mobiles = at.putArray("atMobiles");
        ArrayNode users = at.putArray("atUserIds");
        named(names).forEach(name -> (MentionSettings.isMobile(name) ? mobiles : users).add(name));
        return at;
    }

    /** Who is mentioned has to be named in the text as well; everybody has not. */
    private String text(Notice notice, Message message) {
        List<String> lines = MarkdownText.lines(message);
        List<String> names = named(settings.mention().in(notice));
        if (!names.isEmpty()) {
            lines.add(1, names.stream().map(name -> "@" + name).collect(Collectors.joining(" ")));
        }
        // two spaces at its end make a line of Markdown end there
        lines.replaceAll(line -> line + "  ");
        return FittedText.of(lines, MAX_BYTES - RESERVE, context.wording()::more);
    }

    private static List<String> named(List<String> names) {
        return names.stream().filter(name -> !name.equals(MentionSettings.ALL)).toList();
    }

    /** The signature holds for an hour around its time. */
    private URI signedUrl() {
        String url = settings.url().value();
        String secret = settings.secret().value();
        if (secret.isEmpty()) {
            return URI.create(url);
        }
        long timestamp = context.clock().millis();
        byte[] signature = Hmac.sha256(Hmac.bytes(secret), timestamp + "\n" + secret);
        String sign = URLEncoder.encode(Base64.getEncoder().encodeToString(signature), StandardCharsets.UTF_8);
        return URI.create(url + (url.contains("?") ? "&" : "?") + "timestamp=" + timestamp + "&sign=" + sign);
    }
}
