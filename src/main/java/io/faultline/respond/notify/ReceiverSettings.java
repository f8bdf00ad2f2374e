package io.faultline.respond.notify;

import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.email.EmailSettings;
import io.faultline.respond.notify.webhook.WebhookSettings;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One receiver of notices.
 *
 * @param name its name, unlike all others
 * @param channel how it is told
 * @param minSeverity what is less urgent does not concern it
 * @param sendResolved whether it is told that something is over
 * @param language the language of the messages' own words
 * @param stream where the console channel prints
 * @param email the mail channel's settings; null for other channels
 * @param webhook the webhook channel's settings; null for other channels
 */
public record ReceiverSettings(
        String name,
        ChannelKind channel,
        Level minSeverity,
        boolean sendResolved,
        Language language,
        Stream stream,
        @Nullable EmailSettings email,
        @Nullable WebhookSettings webhook)
        implements Serializable {

    /** The channels there are. */
    public enum ChannelKind {
        CONSOLE,
        EMAIL,
        WEBHOOK
    }

    /** Where the console channel prints. */
    public enum Stream {
        STDOUT,
        STDERR
    }

    /** A receiver that prints everything from medium on. */
    public static ReceiverSettings console(String name, Stream stream) {
        return new ReceiverSettings(name, ChannelKind.CONSOLE, Level.MEDIUM, true, Language.EN, stream, null, null);
    }

    static ReceiverSettings read(SettingsReader reader) {
        String name = reader.requiredText("name");
        if (!reader.has("channel")) {
            reader.problem("channel", "is missing; it is one of console, email, webhook");
        }
        ChannelKind channel = reader.choice("channel", ChannelKind.CONSOLE, ChannelKind.class);
        if (name.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '/')) {
            reader.problem("name", "\"" + name + "\" may hold printable ASCII but no space and no /");
        }
        return new ReceiverSettings(
                name,
                channel,
                reader.choice("min-severity", Level.MEDIUM, Level.class),
                reader.flag("send-resolved", true),
                reader.choice("language", Language.EN, Language.class),
                channel == ChannelKind.CONSOLE ? reader.choice("stream", Stream.STDOUT, Stream.class) : Stream.STDOUT,
                channel == ChannelKind.EMAIL ? EmailSettings.read(reader) : null,
                channel == ChannelKind.WEBHOOK ? WebhookSettings.read(reader) : null);
    }
}
