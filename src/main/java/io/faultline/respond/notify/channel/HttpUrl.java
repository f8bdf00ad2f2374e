package io.faultline.respond.notify.channel;

import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;
import java.net.URI;
import java.net.URISyntaxException;

/** Reads where a channel posts to. With many services the URL alone is the permission to write, so it may be hidden. */
public final class HttpUrl {

    private HttpUrl() {}

    /** The URL under {@code url}, or by {@code url-env} or {@code url-file}; one of them must be there. */
    public static Secret read(SettingsReader reader) {
        boolean hidden = reader.has("url-env") || reader.has("url-file");
        return checked(reader, "url", hidden ? reader.secret("url") : new Secret(reader.requiredText("url")));
    }

    /** A URL that is no secret and has a default. */
    public static String read(SettingsReader reader, String key, String absent) {
        return checked(reader, key, new Secret(reader.text(key, absent))).value();
    }

    private static Secret checked(SettingsReader reader, String key, Secret url) {
        if (!url.value().isEmpty() && !isHttp(url.value())) {
            reader.problem(key, "is no http or https URL");
        }
        return url;
    }

    public static boolean isHttp(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            return uri.getHost() != null && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
