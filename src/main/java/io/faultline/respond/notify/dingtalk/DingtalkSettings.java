package io.faultline.respond.notify.dingtalk;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpUrl;
import io.faultline.respond.notify.channel.MentionSettings;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;

/**
 * A DingTalk group's robot.
 *
 * @param url the robot's address with its access token
 * @param secret signs each message, by {@code secret-env} or {@code secret-file}; empty for a robot that is secured by a
 *     keyword or by addresses
 * @param mention telephone numbers, user ids or {@code all}
 */
public record DingtalkSettings(Secret url, Secret secret, MentionSettings mention) implements ChannelSettings {

    public static DingtalkSettings read(SettingsReader reader) {
        return new DingtalkSettings(
                HttpUrl.read(reader),
                reader.secret("secret"),
                MentionSettings.read(reader, name -> true, "a telephone number as 13800000000, a user id, or all"));
    }

    @Override
    public Rate rate() {
        return Rate.perMinute(20);
    }

    @Override
    public Channel open(ChannelContext context) {
        return new DingtalkChannel(this, context);
    }
}
