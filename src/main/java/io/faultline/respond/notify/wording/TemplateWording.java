package io.faultline.respond.notify.wording;

import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.LinkSettings;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.TextLine;
import io.faultline.respond.notify.channel.Wording;

/**
 * Puts notices into the words of a template. Where a person's own has nothing to say of some notice, or fails on it, the
 * shipped one says it and the message remarks so: nobody goes without news for a template's sake.
 */
public final class TemplateWording implements Wording {

    /** It has to fit into every message. */
    private static final int MAX_MORE = 40;

    private final FilledTemplate own;
    private final FilledTemplate shipped;

    /**
     * @param language of the shipped template that stands in
     * @param links where messages lead to
     */
    public TemplateWording(MessageTemplate template, Language language, LinkSettings links) {
        this.own = new FilledTemplate(template, links);
        this.shipped = new FilledTemplate(ShippedTemplates.of(language), links);
    }

    /** Of a shipped template, without links. */
    public static TemplateWording in(Language language) {
        return new TemplateWording(ShippedTemplates.of(language), language, LinkSettings.defaults());
    }

    @Override
    public Message message(Notice notice) {
        String remark;
        try {
            Message message = own.message(notice);
            if (!message.subject().isBlank()) {
                return message;
            }
            remark = "its subject came out empty";
        } catch (RuntimeException e) {
            remark = "it failed with " + e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        return remarked(shipped.message(notice), "the shipped template said it: " + remark);
    }

    @Override
    public String more(int count) {
        String more = TextLine.cut(own.count(Words.MORE, count), MAX_MORE);
        return more.isEmpty() ? shipped.count(Words.MORE, count) : more;
    }

    private static Message remarked(Message message, String remark) {
        return new Message(
                message.subject(),
                message.language(),
                message.severity(),
                message.over(),
                message.where(),
                message.parts(),
                remark);
    }
}
