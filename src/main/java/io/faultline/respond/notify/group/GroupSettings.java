package io.faultline.respond.notify.group;

import io.faultline.respond.control.Silence;
import io.faultline.respond.notify.route.Route;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How groups are told.
 *
 * @param route the top of the tree of routes
 * @param receivers what each receiver wants to hear of
 * @param silences those of the settings; people add others while the job runs
 * @param flapping when an incident that comes and goes is flapping
 * @param retention how long after its end it is remembered what was told of an incident
 */
public record GroupSettings(
        Route route, List<ReceiverTerms> receivers, List<Silence> silences, Flapping flapping, Duration retention)
        implements Serializable {

    public GroupSettings {
        receivers = List.copyOf(receivers);
        silences = List.copyOf(silences);
    }

    /**
     * When an incident is flapping: its end is then told only when it stayed over for a while.
     *
     * @param count how often it opens again within {@code window}; 0 for never
     * @param window in which time
     * @param holdDown how long a flapping incident has to stay over before its end is told
     */
    public record Flapping(int count, Duration window, Duration holdDown) implements Serializable {

        static Flapping read(SettingsReader reader) {
            return new Flapping(
                    reader.number("count", 3, 0, 10),
                    reader.duration("window", Duration.ofHours(1)),
                    reader.duration("hold-down", Duration.ofMinutes(15)));
        }
    }

    /** Everybody is told, each from his own severity on. */
    public static GroupSettings toAll(List<ReceiverTerms> receivers, Duration retention) {
        return new GroupSettings(
                Route.toAll(receivers.stream().map(ReceiverTerms::name).toList()),
                receivers,
                List.of(),
                new Flapping(3, Duration.ofHours(1), Duration.ofMinutes(15)),
                retention);
    }

    /** Reads {@code silences} and {@code flapping} of the group that holds both. */
    public static GroupSettings read(
            SettingsReader reader, Route route, List<ReceiverTerms> receivers, Duration retention) {
        return new GroupSettings(
                route,
                receivers,
                reader.list("silences").stream()
                        .map(Silence::read)
                        .flatMap(Optional::stream)
                        .toList(),
                Flapping.read(reader.group("flapping")),
                retention);
    }

    Optional<ReceiverTerms> receiver(String name) {
        return receivers.stream().filter(terms -> terms.name().equals(name)).findFirst();
    }
}
