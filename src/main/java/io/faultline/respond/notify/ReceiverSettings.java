package io.faultline.respond.notify;

import io.faultline.model.Level;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.console.ConsoleSettings;
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
 */
public record ReceiverSettings(
        String name, ChannelSettings channel, Level minSeverity, boolean sendResolved, Language language)
        implements Serializable {

    /** A receiver that prints everything from medium on. */
    public static ReceiverSettings console(String name, ConsoleSettings.Stream stream) {
        return new ReceiverSettings(name, new ConsoleSettings(stream), Level.MEDIUM, true, Language.EN);
    }

    static ReceiverSettings read(SettingsReader reader) {
        String name = reader.requiredText("name");
        if (name.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '/')) {
            reader.problem("name", "\"" + name + "\" may hold printable ASCII but no space and no /");
        }
        return new ReceiverSettings(
                name,
                ChannelKind.read(reader),
                reader.choice("min-severity", Level.MEDIUM, Level.class),
                reader.flag("send-resolved", true),
                reader.choice("language", Language.EN, Language.class));
    }
}
