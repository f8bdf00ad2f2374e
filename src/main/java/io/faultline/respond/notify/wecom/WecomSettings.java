package io.faultline.respond.notify.wecom;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpUrl;
import io.faultline.respond.notify.channel.MentionSettings;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;

/**
 * A WeCom group's robot.
 *
 * @param url the robot's address with its key, which is all that is needed to write to the group
 * @param mention user ids, telephone numbers or {@code all}
 */
public record WecomSettings(Secret url, MentionSettings mention) implements ChannelSettings {

    public static WecomSettings read(SettingsReader reader) {
        return new WecomSettings(
                HttpUrl.read(reader),
                MentionSettings.read(reader, name -> true, "a user id, a telephone number as 13800000000, or all"));
    }

    @Override
    public Rate rate() {
        return Rate.perMinute(20);
    }

    @Override
    public Channel open(ChannelContext context) {
        return new WecomChannel(this, context);
    }
}
