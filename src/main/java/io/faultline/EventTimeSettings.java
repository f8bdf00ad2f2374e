package io.faultline;

import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
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
     *
     * <p>The clock moves with the events, each second of their time, and not only each 200 ms of the machine's: old logs
     * are read so fast that an hour of silence would pass between two periodic watermarks, and nobody would see it.
     */
    private static final class WrittenTimes implements WatermarkGenerator<LogEvent> {
        private static final long SECOND = 1_000;

        private final long behind;
        private long latest;
        private long told;

        WrittenTimes(Duration behind) {
            this.behind = behind.toMillis();
            this.latest = Long.MIN_VALUE + this.behind + 1;
            this.told = latest;
        }

        @Override
        public void onEvent(LogEvent event, long timestamp, WatermarkOutput output) {
            if (timestamp > latest && !event.has(QualityMark.TIME_MISSING) && !event.has(QualityMark.TIME_CLAMPED)) {
                latest = timestamp;
                if (latest >= told + SECOND) {
                    tell(output);
                }
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            tell(output);
        }

        private void tell(WatermarkOutput output) {
            told = latest;
            output.emitWatermark(new Watermark(latest - behind - 1));
        }
    }
}
