package io.faultline.respond.notify.alertmanager;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpUrl;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;
import java.time.Duration;
import java.util.List;

/**
 * An Alertmanager of Prometheus.
 *
 * @param url its address, without {@code /api}; it may hold a path
 * @param labels further labels of every alert, as {@code team=training}
 * @param hold how long an incident fires there if nothing more is heard of it
 */
public record AlertmanagerSettings(Secret url, List<String> labels, Duration hold) implements ChannelSettings {

    public AlertmanagerSettings {
        labels = List.copyOf(labels);
    }

    public static AlertmanagerSettings read(SettingsReader reader) {
        AlertmanagerSettings read = new AlertmanagerSettings(
                HttpUrl.read(reader), reader.texts("labels", List.of()), reader.duration("hold", Duration.ofHours(24)));
        read.labels.stream()
                .filter(label -> !isLabel(label))
                .forEach(label -> reader.problem("labels", "\"" + label + "\" is not as team=training"));
        if (read.hold.compareTo(Duration.ofMinutes(1)) < 0) {
            reader.problem("hold", "must be at least 1m");
        }
        return read;
    }

    @Override
    public Channel open(ChannelContext context) {
        return new AlertmanagerChannel(this, context);
    }

    private static boolean isLabel(String text) {
        int equals = text.indexOf('=');
        return equals > 0
                && equals < text.length() - 1
                && (text.charAt(0) < '0' || text.charAt(0) > '9')
                && text.substring(0, equals)
                        .chars()
                        .allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }
}
