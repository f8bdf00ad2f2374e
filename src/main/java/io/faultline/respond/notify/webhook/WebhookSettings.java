package io.faultline.respond.notify.webhook;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpUrl;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;

/**
 * Where notices are posted to.
 *
 * @param url http or https; a secret itself with some services, so it may come by {@code url-env} or {@code url-file}
 * @param secret signs the body, by {@code secret-env} or {@code secret-file}; empty for no signature
 */
public record WebhookSettings(Secret url, Secret secret) implements ChannelSettings {

    public static WebhookSettings read(SettingsReader reader) {
        return new WebhookSettings(HttpUrl.read(reader), reader.secret("secret"));
    }

    @Override
    public boolean isWorded() {
        return false;
    }

    @Override
    public Channel open(ChannelContext context) {
        return new WebhookChannel(this, context.timeout());
    }
}
