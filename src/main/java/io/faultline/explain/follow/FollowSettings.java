package io.faultline.explain.follow;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;

/**
 * How an alert lives.
 *
 * @param pending how long an alert has to be found before it fires; zero: at its first finding. One that is not found again
 *     for {@code resolveAfter} before that never fired
 * @param resolveAfter an alert that was not found for so long is resolved
 * @param flapCount an alert that comes back so often within {@code flapWindow} is flapping; 0 for never
 * @param flapWindow in which time
 * @param holdDown how long a flapping alert has to stay away before it is resolved
 */
public record FollowSettings(
        Duration pending, Duration resolveAfter, int flapCount, Duration flapWindow, Duration holdDown)
        implements Serializable {

    public static FollowSettings defaults() {
        return new FollowSettings(
                Duration.ZERO, Duration.ofMinutes(10), 3, Duration.ofHours(2), Duration.ofMinutes(30));
    }

    public static FollowSettings read(SettingsReader reader) {
        FollowSettings absent = defaults();
        FollowSettings read = new FollowSettings(
                reader.duration("pending", absent.pending),
                reader.duration("resolve-after", absent.resolveAfter),
                reader.number("flap-count", absent.flapCount, 0, 10),
                reader.duration("flap-window", absent.flapWindow),
                reader.duration("hold-down", absent.holdDown));
        if (read.resolveAfter.isZero()) {
            reader.problem("resolve-after", "must be longer than 0s");
        }
        if (read.holdDown.compareTo(read.resolveAfter) < 0) {
            reader.problem("hold-down", "is shorter than resolve-after: a flapping alert would end sooner than others");
        }
        return read;
    }
}
