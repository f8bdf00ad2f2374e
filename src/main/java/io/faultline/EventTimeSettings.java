package io.faultline;

import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
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
        Duration behind = outOfOrderness;
        return WatermarkStrategy.<LogEvent>forGenerator(context -> new WrittenTimes(behind))
                .withTimestampAssigner((event, ignored) -> event.timestamp().toEpochMilli())
                .withIdleness(idleness);
    }

    /**
     * Only a time that a line wrote itself and that was believed moves the clock. A borrowed or corrected time may be the
     * time of the file's last change: one such line would make every other line late.
     */
    private static final class WrittenTimes implements WatermarkGenerator<LogEvent> {
        private final BoundedOutOfOrdernessWatermarks<LogEvent> watermarks;

        WrittenTimes(Duration behind) {
            watermarks = new BoundedOutOfOrdernessWatermarks<>(behind);
        }

        @Override
        public void onEvent(LogEvent event, long timestamp, WatermarkOutput output) {
            if (!event.has(QualityMark.TIME_MISSING) && !event.has(QualityMark.TIME_CLAMPED)) {
                watermarks.onEvent(event, timestamp, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            watermarks.onPeriodicEmit(output);
        }
    }
}
