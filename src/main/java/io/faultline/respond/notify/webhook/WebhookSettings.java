package io.faultline.respond.notify.webhook;

import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where notices are posted to.
 *
 * @param url http or https; a secret itself with some services, so it may come by {@code url-env} or {@code url-file}
 * @param secret signs the body, by {@code secret-env} or {@code secret-file}; empty for no signature
 */
public record WebhookSettings(Secret url, Secret secret) implements Serializable {

    public static WebhookSettings read(SettingsReader reader) {
        boolean hidden = reader.has("url-env") || reader.has("url-file");
        Secret url = hidden ? reader.secret("url") : new Secret(reader.requiredText("url"));
        if (!url.value().isEmpty() && !isHttp(url.value())) {
            reader.problem("url", "is no http or https URL");
        }
        return new WebhookSettings(url, reader.secret("secret"));
    }

    private static boolean isHttp(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            return uri.getHost() != null && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
