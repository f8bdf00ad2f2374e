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
 * Short texts by Tencent Cloud.
 *
 * @param apiUrl the API's address
 * @param account the SecretId
 * @param token the SecretKey, by {@code token-env} or {@code token-file}
 * @param appId the SdkAppId of the application
 * @param region the region that the call goes to
 * @param text what is sent
 * @param to the numbers that get the text
 */
public record TencentSettings(
        String apiUrl,
        String account,
        Secret token,
        String appId,
        String region,
        TemplateSettings text,
        List<String> to)
        implements ChannelSettings {

    public TencentSettings {
        to = List.copyOf(to);
    }

    public static TencentSettings read(SettingsReader reader) {
        return new TencentSettings(
                HttpUrl.read(reader, "api-url", "https://sms.tencentcloudapi.com"),
                reader.requiredText("account"),
                RequiredSecret.read(reader, "token"),
                reader.requiredText("app-id"),
                reader.text("region", "ap-guangzhou"),
                TemplateSettings.read(reader),
                PhoneNumbers.read(reader));
    }

    @Override
    public boolean isWorded() {
        return false;
    }

    @Override
    public Channel open(ChannelContext context) {
        return new SmsChannel(new Tencent(this, context), to, context.wording());
    }
}
