package io.faultline.respond.notify.slack;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpUrl;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;
import java.time.Duration;

/**
 * A Slack channel's incoming webhook.
 *
 * @param url the webhook's address, which is all that is needed to write to the channel
 */
public record SlackSettings(Secret url) implements ChannelSettings {

    public static SlackSettings read(SettingsReader reader) {
        return new SlackSettings(HttpUrl.read(reader));
    }

    /** One a second. */
    @Override
    public Rate rate() {
        return Rate.perMinute(60).spaced(Duration.ofSeconds(1));
    }

    @Override
    public Channel open(ChannelContext context) {
        return new SlackChannel(this, context);
    }
}
