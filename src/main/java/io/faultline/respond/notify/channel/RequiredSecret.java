package io.faultline.respond.notify.channel;

import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;

/** Reads a secret without which a channel can not tell anybody anything. */
public final class RequiredSecret {

    private RequiredSecret() {}

    public static Secret read(SettingsReader reader, String key) {
        if (!reader.has(key + "-env") && !reader.has(key + "-file")) {
            reader.problem(key + "-env", "is missing; it or " + key + "-file must be given");
        }
        return reader.secret(key);
    }
}
