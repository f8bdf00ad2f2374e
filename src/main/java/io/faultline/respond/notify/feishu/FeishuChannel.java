package io.faultline.respond.notify.feishu;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.FittedText;
import io.faultline.respond.notify.channel.Hmac;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.RobotAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Posts a notice as a card to a Feishu group's robot (open.feishu.cn/document/client-docs/bot-v3/add-custom-bot). All
 * its texts are plain ones, in which Feishu looks for no tags: nothing from a log can mention anybody. Who is to be
 * mentioned stands in a text of its own.
 */
final class FeishuChannel implements Channel {

    /** Of the whole body. */
    static final int MAX_BYTES = 20 * 1024;

    /** What the card needs beside the text, and what JSON adds to it by its escapes. */
    private static final int RESERVE = 3000;

    /** More than 100 a minute or 5 a second. */
    private static final RobotAnswer ANSWER =
            new RobotAnswer("code", "msg", Set.of(11232, 11233), Duration.ofMinutes(1));

    /** The gateway's number for whatever it does not let through: too many requests, but also a body it can not read. */
    private static final String GATEWAY = "code 9499";

    private final FeishuSettings settings;
    private final ChannelContext context;
    private final HttpPost http;

    FeishuChannel(FeishuSettings settings, ChannelContext context) {
        this.settings = settings;
        this.context = context;
        this.http = new HttpPost(context.timeout());
    }

    @Override
    public Receipt deliver(Notice notice) {
        Message message = context.wording().message(notice);
        ObjectNode body = Json.object();
        sign(body);
        body.put("msg_type", "interactive");
        body.set("card", card(message, mentioned(notice)));
        return http.send(
                URI.create(settings.url().value()),
                Map.of("Content-Type", "application/json"),
                Json.bytes(body),
                FeishuChannel::receipt);
    }

    @Override
    public String preview(Notice notice) {
        Message message = context.wording().message(notice);
        String mentioned = mentioned(notice);
        return message.subject() + "\n\n" + (mentioned.isEmpty() ? "" : mentioned + "\n") + text(message, mentioned);
    }

    private String mentioned(Notice notice) {
        return settings.mention().in(notice).stream()
                .map(name -> "<at id=" + name + "></at>")
                .collect(Collectors.joining(" "));
    }

    /** What is mentioned is ASCII: a byte a character. */
    private String text(Message message, String mentioned) {
        return FittedText.of(message.lines(), MAX_BYTES - RESERVE - mentioned.length(), context.wording()::more);
    }

    private ObjectNode card(Message message, String mentioned) {
        ObjectNode card = Json.object();
        ObjectNode header = card.putObject("header").put("template", colour(message));
        header.set("title", plain(message.subject()));
        ArrayNode elements = card.putArray("elements");
        elements.addObject().put("tag", "div").set("text", plain(text(message, mentioned)));
        if (!mentioned.isEmpty()) {
            ObjectNode text = Json.object().put("tag", "lark_md").put("content", mentioned);
            elements.addObject().put("tag", "div").set("text", text);
        }
        if (!message.links().isEmpty()) {
            ArrayNode buttons = elements.addObject().put("tag", "action").putArray("actions");
            message.links().forEach(link -> buttons.addObject()
                    .put("tag", "button")
                    .put("url", link.url())
                    .put("type", "default")
                    .set("text", plain(link.name())));
        }
        return card;
    }

    private static ObjectNode plain(String text) {
        return Json.object().put("tag", "plain_text").put("content", text);
    }

    private static String colour(Message message) {
        if (message.over()) {
            return "green";
        }
        return message.severity().atLeast(Level.HIGH) ? "red" : "orange";
    }

    /** The key is made of the time and the secret, and what is signed is empty; it holds for an hour. */
    private void sign(ObjectNode body) {
        String secret = settings.secret().value();
        if (secret.isEmpty()) {
            return;
        }
        String timestamp = Long.toString(context.clock().instant().getEpochSecond());
        byte[] signature = Hmac.sha256(Hmac.bytes(timestamp + "\n" + secret), new byte[0]);
        body.put("timestamp", timestamp);
        body.put("sign", Base64.getEncoder().encodeToString(signature));
    }

    private static Receipt receipt(HttpPost.Answer answer) {
        Receipt receipt = ANSWER.receipt(answer);
        boolean tooMany = receipt.detail().startsWith(GATEWAY)
                && receipt.detail().toLowerCase(Locale.ROOT).contains("too many");
        return tooMany ? new Receipt.Unavailable(receipt.detail(), ANSWER.pause()) : receipt;
    }
}
