package io.faultline.respond.notify.sms;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.respond.notify.channel.HttpUrl;
import io.faultline.respond.notify.channel.RequiredSecret;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;
import java.util.List;

/**
 * Short texts by Alibaba Cloud.
 *
 * @param apiUrl the API's address
 * @param account the AccessKey's id
 * @param token its secret, by {@code token-env} or {@code token-file}
 * @param text what is sent
 * @param to the numbers that get the text
 */
public record AliyunSettings(String apiUrl, String account, Secret token, TemplateSettings text, List<String> to)
        implements ChannelSettings {

    public AliyunSettings {
        to = List.copyOf(to);
    }

    public static AliyunSettings read(SettingsReader reader) {
        return new AliyunSettings(
                HttpUrl.read(reader, "api-url", "https://dysmsapi.aliyuncs.com"),
                reader.requiredText("account"),
                RequiredSecret.read(reader, "token"),
                TemplateSettings.read(reader),
                PhoneNumbers.read(reader));
    }

    @Override
    public boolean isWorded() {
        return false;
    }

    @Override
    public Channel open(ChannelContext context) {
        return new SmsChannel(new Aliyun(this, context), to, context.wording());
    }
}
