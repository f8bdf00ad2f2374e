package io.faultline;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;

/**
 * {@code collect.event-time}: how the events' own times become the job's clock.
 *
 * @param outOfOrderness {@code out-of-orderness}: how far an event may be behind the newest one and still be in time.
 *     Hosts' clocks differ by seconds, and many formats write whole seconds
 */
record EventTimeSettings(Duration outOfOrderness) implements Serializable {

    static EventTimeSettings defaults() {
        return new EventTimeSettings(Duration.ofSeconds(60));
    }

    static EventTimeSettings read(SettingsReader reader) {
        return new EventTimeSettings(reader.duration("out-of-orderness", defaults().outOfOrderness));
    }
}
