package io.faultline.explain.correlate;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;

/**
 * How alerts are joined.
 *
 * @param attach how far an alert may lie from a story's latest evidence and still belong to it; a story that saw no
 *     alert for so long is resolved
 * @param settle how long after its first alert a story is first told: what turns out to be one story by then was never
 *     told as two
 * @param updateInterval the shortest time between two revisions of an open story
 * @param remember how long a resolved story is kept: a watchdog speaks up to 30 minutes after the hang it saw began
 * @param maxAlerts how many alerts a story keeps; the others are counted
 * @param maxStories how many stories a cluster may have at once; beyond it the quietest ends early
 * @param maxAnomalies how many anomalies wait for a story they may belong to
 */
public record CorrelateSettings(
        Duration attach,
        Duration settle,
        Duration updateInterval,
        Duration remember,
        int maxAlerts,
        int maxStories,
        int maxAnomalies)
        implements Serializable {

    public static CorrelateSettings defaults() {
        return new CorrelateSettings(
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                200,
                1000,
                1000);
    }

    public static CorrelateSettings read(SettingsReader reader) {
        CorrelateSettings absent = defaults();
        CorrelateSettings read = new CorrelateSettings(
                reader.duration("attach", absent.attach),
                reader.duration("settle", absent.settle),
                reader.duration("update-interval", absent.updateInterval),
                reader.duration("remember", absent.remember),
                reader.number("max-alerts", absent.maxAlerts, 1, 10_000),
                reader.number("max-stories", absent.maxStories, 1, 100_000),
                reader.number("max-anomalies", absent.maxAnomalies, 0, 100_000));
        if (read.attach.isZero()) {
            reader.problem("attach", "must be longer than 0s");
        }
        if (read.settle.compareTo(read.attach) > 0) {
            reader.problem("settle", "is longer than attach: a story would end before it was told");
        }
        return read;
    }
}
