package io.faultline.respond.notify.channel;

import io.faultline.model.Cause;
import io.faultline.model.Incident;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a message leads to. Each is a URL in which {@code {incident}}, {@code {rule}} and {@code {cluster}} stand for
 * the incident's id, its first rule and its cluster; empty for no link.
 *
 * @param kibana the incident with its logs
 * @param runbook what to do
 * @param verdict where a person says whether the incident was right, wrong or noise; empty for the command that does
 */
public record LinkSettings(String kibana, String runbook, String verdict) implements Serializable {

    public static LinkSettings defaults() {
        return new LinkSettings("", "", "");
    }

    public static LinkSettings read(SettingsReader reader) {
        return new LinkSettings(link(reader, "kibana"), link(reader, "runbook"), link(reader, "verdict"));
    }

    private static String link(SettingsReader reader, String key) {
        String template = reader.text(key, "");
        if (!template.isEmpty() && !HttpUrl.isHttp(template.replace('{', '_').replace('}', '_'))) {
            reader.problem(key, "is no http or https URL");
        }
        return template;
    }

    /** The link to one incident; empty where the template is. */
    public static String filled(String template, Incident incident) {
        Cause cause = incident.cause();
        String cluster = cause.entity().cluster();
        return template.replace("{incident}", encoded(incident.id()))
                .replace(
                        "{rule}",
                        encoded(
                                incident.rules().isEmpty()
                                        ? ""
                                        : incident.rules().get(0)))
                .replace("{cluster}", encoded(cluster == null ? "" : cluster));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
