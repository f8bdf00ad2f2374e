package io.faultline.respond.notify.sms;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpUrl;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.respond.notify.channel.RequiredSecret;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;
import java.time.Duration;
import java.util.List;

/**
 * Short texts by Twilio.
 *
 * @param apiUrl the API's address
 * @param account the account's SID
 * @param token its token, by {@code token-env} or {@code token-file}
 * @param from the number that sends, or the SID of a messaging service
 * @param to the numbers that get the text
 */
public record TwilioSettings(String apiUrl, String account, Secret token, String from, List<String> to)
        implements ChannelSettings {

    public TwilioSettings {
        to = List.copyOf(to);
    }

    public static TwilioSettings read(SettingsReader reader) {
        return new TwilioSettings(
                HttpUrl.read(reader, "api-url", "https://api.twilio.com"),
                reader.requiredText("account"),
                RequiredSecret.read(reader, "token"),
                reader.requiredText("from"),
                PhoneNumbers.read(reader));
    }

    /** One message a second and number. */
    @Override
    public Rate rate() {
        return Rate.perMinute(60).spaced(Duration.ofSeconds(1));
    }

    @Override
    public Channel open(ChannelContext context) {
        return new SmsChannel(new Twilio(this, context.timeout()), to, context.wording());
    }
}
