package io.faultline.respond.notify;

import io.faultline.model.Level;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.respond.notify.console.ConsoleSettings;
import io.faultline.respond.notify.wording.MessageTemplate;
import io.faultline.respond.notify.wording.ShippedTemplates;
import io.faultline.respond.notify.wording.TemplateFile;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;

/**
 * One receiver of notices.
 *
 * @param name its name, unlike all others
 * @param channel how it is told
 * @param minSeverity what is less urgent does not concern it
 * @param sendResolved whether it is told that something is over
 * @param language the language of the messages' own words
 * @param template the template of its messages
 * @param fallback the receiver that is told where this one can not be; empty for none
 * @param rate how many messages it takes
 * @param quota how many messages it takes in a calendar month; 0 for as many as there are
 */
public record ReceiverSettings(
        String name,
        ChannelSettings channel,
        Level minSeverity,
        boolean sendResolved,
        Language language,
        MessageTemplate template,
        String fallback,
        Rate rate,
        int quota)
        implements Serializable {

    /** A receiver that takes as much as its channel does, and that nobody stands in for. */
    public ReceiverSettings(
            String name, ChannelSettings channel, Level minSeverity, boolean sendResolved, Language language) {
        this(name, channel, minSeverity, sendResolved, language, "", channel.rate(), 0);
    }

    /** A receiver that is told in the shipped words. */
    public ReceiverSettings(
            String name,
            ChannelSettings channel,
            Level minSeverity,
            boolean sendResolved,
            Language language,
            String fallback,
            Rate rate,
            int quota) {
        this(name, channel, minSeverity, sendResolved, language, ShippedTemplates.of(language), fallback, rate, quota);
    }

    /** A receiver that prints everything from medium on. */
    public static ReceiverSettings console(String name, ConsoleSettings.Stream stream) {
        return new ReceiverSettings(name, new ConsoleSettings(stream), Level.MEDIUM, true, Language.EN);
    }

    static ReceiverSettings read(SettingsReader reader) {
        String name = reader.requiredText("name");
        if (name.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '/')) {
            reader.problem("name", "\"" + name + "\" may hold printable ASCII but no space and no /");
        }
        ChannelSettings channel = ChannelKind.read(reader);
        Language language = reader.choice("language", Language.EN, Language.class);
        return new ReceiverSettings(
                name,
                channel,
                reader.choice("min-severity", Level.MEDIUM, Level.class),
                reader.flag("send-resolved", true),
                language,
                template(reader, channel, language),
                reader.text("fallback", ""),
                Rate.read(reader, channel.rate()),
                reader.number("quota", 0, 0, 10_000_000));
    }

    /** Not {@code template}: that is what a provider of short texts approves. */
    private static MessageTemplate template(SettingsReader reader, ChannelSettings channel, Language language) {
        String key = "message-template";
        String file = reader.text(key, "");
        if (file.isEmpty()) {
            return ShippedTemplates.of(language);
        }
        if (!channel.isWorded()) {
            reader.problem(key, "means nothing here: this channel is not told in these words");
        }
        return TemplateFile.read(reader.beside(file), language, problem -> reader.problem(key, problem));
    }
}
