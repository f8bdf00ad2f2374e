package io.faultline.respond.notify.wecom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.FittedText;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.MarkdownText;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.RobotAnswer;
import io.faultline.respond.notify.channel.Wording;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Posts a notice as Markdown to a WeCom group's robot (developer.work.weixin.qq.com/document/path/91770). */
final class WecomChannel implements Channel {

    /** Longer ones are refused with 40058. */
    static final int MAX_BYTES = 4096;

    /** -1 the system is busy; 45009 more than 20 a minute; 45033 too many at once. */
    private static final RobotAnswer ANSWER =
            new RobotAnswer("errcode", "errmsg", Set.of(-1, 45009, 45033), Duration.ofMinutes(1));

    private final URI url;
    private final Wording wording;
    private final HttpPost http;

    WecomChannel(WecomSettings settings, ChannelContext context) {
        this.url = URI.create(settings.url().value());
        this.wording = context.wording();
        this.http = new HttpPost(context.timeout());
    }

    @Override
    public Receipt deliver(Notice notice) {
        ObjectNode body = Json.object();
        body.put("msgtype", "markdown");
        body.putObject("markdown").put("content", preview(notice));
        return http.send(url, Map.of("Content-Type", "application/json"), Json.bytes(body), ANSWER::receipt);
    }

    @Override
    public String preview(Notice notice) {
        List<String> lines = MarkdownText.lines(wording.message(notice));
        return FittedText.of(lines, MAX_BYTES, wording::more);
    }
}
