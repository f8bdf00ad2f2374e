package io.faultline.respond.notify.route;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Where incidents go.
 *
 * @param route the top of the tree
 * @param inhibitRules which incidents keep which others quiet
 * @param retention how long after an incident's end it is remembered where it went
 */
public record RouteSettings(Route route, List<InhibitRule> inhibitRules, Duration retention) implements Serializable {

    public RouteSettings {
        inhibitRules = List.copyOf(inhibitRules);
    }

    /**
     * Reads {@code route} and {@code inhibit-rules}; without a route every receiver is told, each from its own severity on.
     *
     * @param reader of the group that holds both
     * @param receivers the names that there are
     */
    public static RouteSettings read(SettingsReader reader, List<String> receivers, Duration retention) {
        SettingsReader group = reader.group("route");
        Route read = Route.read(group, receivers);
        return new RouteSettings(
                reader.has("route") ? read : Route.toAll(receivers),
                reader.list("inhibit-rules").stream().map(InhibitRule::read).toList(),
                retention);
    }
}
