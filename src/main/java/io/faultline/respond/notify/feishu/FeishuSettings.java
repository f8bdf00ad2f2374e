package io.faultline.respond.notify.feishu;

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
 * A Feishu or Lark group's robot.
 *
 * @param url the robot's address
 * @param secret signs each message, by {@code secret-env} or {@code secret-file}; empty for a robot that is secured by a
 *     keyword or by addresses
 * @param mention open ids, user ids or {@code all}
 */
public record FeishuSettings(Secret url, Secret secret, MentionSettings mention) implements ChannelSettings {

    public static FeishuSettings read(SettingsReader reader) {
        return new FeishuSettings(
                HttpUrl.read(reader),
                reader.secret("secret"),
                MentionSettings.read(
                        reader, name -> name.indexOf('@') < 0, "an open id as ou_7d8a6e6d, a user id, or all"));
    }

    /** Not more than five a second either. */
    @Override
    public Rate rate() {
        return Rate.perMinute(100).spaced(Duration.ofMillis(200));
    }

    @Override
    public Channel open(ChannelContext context) {
        return new FeishuChannel(this, context);
    }
}
