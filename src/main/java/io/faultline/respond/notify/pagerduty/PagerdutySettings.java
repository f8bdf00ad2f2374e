package io.faultline.respond.notify.pagerduty;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpUrl;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.respond.notify.channel.RequiredSecret;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;

/**
 * A service of PagerDuty.
 *
 * @param eventsUrl where events go; another one for the service region in Europe
 * @param routingKey the integration key of the service, by {@code routing-key-env} or {@code routing-key-file}
 */
public record PagerdutySettings(String eventsUrl, Secret routingKey) implements ChannelSettings {

    /** The service region of the United States; that of Europe is {@code https://events.eu.pagerduty.com/v2/enqueue}. */
    private static final String EVENTS = "https://events.pagerduty.com/v2/enqueue";

    public static PagerdutySettings read(SettingsReader reader) {
        return new PagerdutySettings(
                HttpUrl.read(reader, "events-url", EVENTS), RequiredSecret.read(reader, "routing-key"));
    }

    @Override
    public Rate rate() {
        return Rate.perMinute(120);
    }

    @Override
    public Channel open(ChannelContext context) {
        return new PagerdutyChannel(this, context);
    }
}
