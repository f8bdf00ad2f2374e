package io.faultline.respond.notify.console;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.settings.SettingsReader;

/**
 * Where notices are printed.
 *
 * @param stream of the process that tells them
 */
public record ConsoleSettings(Stream stream) implements ChannelSettings {

    /** The streams of a process. */
    public enum Stream {
        STDOUT,
        STDERR
    }

    public static ConsoleSettings read(SettingsReader reader) {
        return new ConsoleSettings(reader.choice("stream", Stream.STDOUT, Stream.class));
    }

    @Override
    public Channel open(ChannelContext context) {
        return new ConsoleChannel(stream == Stream.STDOUT ? System.out : System.err, context.wording());
    }
}
