package io.faultline.respond.notify;

import io.faultline.respond.notify.alertmanager.AlertmanagerSettings;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.console.ConsoleSettings;
import io.faultline.respond.notify.dingtalk.DingtalkSettings;
import io.faultline.respond.notify.email.EmailSettings;
import io.faultline.respond.notify.feishu.FeishuSettings;
import io.faultline.respond.notify.pagerduty.PagerdutySettings;
import io.faultline.respond.notify.slack.SlackSettings;
import io.faultline.respond.notify.sms.AliyunSettings;
import io.faultline.respond.notify.sms.TencentSettings;
import io.faultline.respond.notify.sms.TwilioSettings;
import io.faultline.respond.notify.webhook.WebhookSettings;
import io.faultline.respond.notify.wecom.WecomSettings;
import io.faultline.settings.SettingsReader;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The channels there are, and how the settings of each are read. */
public enum ChannelKind {
    CONSOLE(ConsoleSettings::read),
    EMAIL(EmailSettings::read),
    WEBHOOK(WebhookSettings::read),
    WECOM(WecomSettings::read),
    DINGTALK(DingtalkSettings::read),
    FEISHU(FeishuSettings::read),
    SLACK(SlackSettings::read),
    PAGERDUTY(PagerdutySettings::read),
    ALERTMANAGER(AlertmanagerSettings::read),
    SMS_TWILIO(TwilioSettings::read),
    SMS_ALIYUN(AliyunSettings::read),
    SMS_TENCENT(TencentSettings::read);

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final Function<SettingsReader, ChannelSettings> settings;

    ChannelKind(Function<SettingsReader, ChannelSettings> settings) {
        this.settings = settings;
    }

    /** The settings of a receiver's channel, from the receiver's own group. */
    static ChannelSettings read(SettingsReader reader) {
        if (!reader.has("channel")) {
            reader.problem("channel", "is missing; it is one of " + words());
        }
        return reader.choice("channel", CONSOLE, ChannelKind.class).settings.apply(reader);
    }

    /** {@code sms-twilio}, as settings write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words() {
        return Arrays.stream(values()).map(ChannelKind::word).collect(Collectors.joining(", "));
    }
}
