package io.faultline.detect.score;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;

/**
 * How a series is compared with its past.
 *
 * @param historyWindows how many windows make the past
 * @param warmUpWindows how many must have been seen before anything is odd
 * @param sigmas how many deviations from the expected mean are odd
 * @param consecutiveWindows how many odd windows in a row make an alert
 * @param stateTtl when the past of a series that fell silent is forgotten, in processing time
 */
public record ScoreSettings(
        int historyWindows, int warmUpWindows, double sigmas, int consecutiveWindows, Duration stateTtl)
        implements Serializable {

    public static ScoreSettings defaults() {
        return new ScoreSettings(60, 12, 3, 2, Duration.ofDays(1));
    }

    public static ScoreSettings read(SettingsReader reader) {
        ScoreSettings absent = defaults();
        int history = reader.number("history-windows", absent.historyWindows, 2, 1440);
        int warmUp = reader.number("warm-up-windows", absent.warmUpWindows, 2, 1440);
        if (warmUp > history) {
            reader.problem("warm-up-windows", warmUp + " is more than history-windows, " + history);
        }
        return new ScoreSettings(
                history,
                warmUp,
                reader.decimal("sigmas", absent.sigmas, 1, 20),
                reader.number("consecutive-windows", absent.consecutiveWindows, 1, 60),
                reader.duration("state-ttl", absent.stateTtl));
    }
}
