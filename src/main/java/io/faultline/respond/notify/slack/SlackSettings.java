package io.faultline.respond.notify.slack;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpUrl;
import io.faultline.respond.notify.channel.MentionSettings;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;
import java.time.Duration;

/**
 * A Slack channel's incoming webhook.
 *
 * @param url the webhook's address, which is all that is needed to write to the channel
 * @param mention ids of members and of user groups, {@code here}, {@code channel} or {@code everyone}
 */
public record SlackSettings(Secret url, MentionSettings mention) implements ChannelSettings {

    public static SlackSettings read(SettingsReader reader) {
        return new SlackSettings(
                HttpUrl.read(reader),
                MentionSettings.read(
                        reader,
                        name -> isId(name, "UWS") || SlackChannel.EVERYBODY.contains(name),
                        "a member's id as U024BE7LH, a user group's as S0614TZR7, here, channel or everyone"));
    }

    /** Ids are in capitals; their first letter says what they are of. */
    static boolean isId(String name, String first) {
        return name.length() > 4
                && first.indexOf(name.charAt(0)) >= 0
                && name.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
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
