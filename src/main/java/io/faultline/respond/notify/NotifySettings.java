package io.faultline.respond.notify;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is told, and how.
 *
 * @param receivers who is told; nobody where it is empty
 * @param delivery how hard it is tried
 * @param retention how long after an incident's latest revision it is remembered what was told of it
 * @param capacity how many notices may be under way at once; give it to the asynchronous operator
 */
public record NotifySettings(
        List<ReceiverSettings> receivers, DeliverySettings delivery, Duration retention, int capacity)
        implements Serializable {

    public NotifySettings {
        receivers = List.copyOf(receivers);
    }

    public static NotifySettings defaults() {
        return new NotifySettings(List.of(), DeliverySettings.defaults(), Duration.ofDays(7), 1000);
    }

    public static NotifySettings read(SettingsReader reader) {
        NotifySettings absent = defaults();
        List<ReceiverSettings> receivers =
                reader.list("receivers").stream().map(ReceiverSettings::read).toList();
        Set<String> names = new HashSet<>();
        for (ReceiverSettings receiver : receivers) {
            if (!names.add(receiver.name())) {
                reader.problem("receivers", "two have the name \"" + receiver.name() + "\"");
            }
        }
        return new NotifySettings(
                receivers,
                DeliverySettings.read(reader.group("delivery")),
                reader.duration("retention", absent.retention),
                reader.number("capacity", absent.capacity, 1, 100_000));
    }

    /** The time-out for the asynchronous operator: a little longer than the longest delivery. */
    public Duration asyncTimeout() {
        return delivery.total().plusSeconds(10);
    }
}
