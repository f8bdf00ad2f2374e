package io.faultline;

import io.faultline.model.LogEvent;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * {@code collect.event-time}: how the events' own times become the job's clock.
 *
 * @param outOfOrderness {@code out-of-orderness}: how far an event may be behind the newest one and still be in time.
 *     Hosts' clocks differ by seconds, and many formats write whole seconds
 * @param idleness {@code idleness}: how long a subtask without events holds the clock of the others
 */
record EventTimeSettings(Duration outOfOrderness, Duration idleness) implements Serializable {

    static EventTimeSettings defaults() {
        return new EventTimeSettings(Duration.ofSeconds(60), Duration.ofSeconds(30));
    }

    static EventTimeSettings read(SettingsReader reader) {
        EventTimeSettings defaults = defaults();
        return new EventTimeSettings(
                reader.duration("out-of-orderness", defaults.outOfOrderness),
                reader.duration("idleness", defaults.idleness));
    }

    WatermarkStrategy<LogEvent> strategy() {
        return WatermarkStrategy.<LogEvent>forBoundedOutOfOrderness(outOfOrderness)
                .withTimestampAssigner((event, ignored) -> event.timestamp().toEpochMilli())
                .withIdleness(idleness);
    }
}
