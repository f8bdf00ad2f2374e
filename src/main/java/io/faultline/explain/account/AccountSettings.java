package io.faultline.explain.account;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the time of jobs is accounted.
 *
 * @param every how often an account is written of a job that runs; at its end one is written at once
 * @param stallFactor how many times its own usual gap between steps, or between reports, without progress is a stall
 * @param stallFloor no shorter time is a stall
 * @param phaseLimit how long a checkpoint or an evaluation may take; what is longer is a stall
 * @param giveUp how long after an interruption without any sign of a restart the job counts as ended
 * @param maxSilence how long a job may stand still or start before it counts as ended
 */
public record AccountSettings(
        Duration every,
        double stallFactor,
        Duration stallFloor,
        Duration phaseLimit,
        Duration giveUp,
        Duration maxSilence)
        implements Serializable {

    private static final double MAX_FACTOR = 1000;

    public static AccountSettings defaults() {
        return new AccountSettings(
                Duration.ofMinutes(5),
                5,
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofHours(2),
                Duration.ofHours(12));
    }

    public static AccountSettings read(SettingsReader reader) {
        AccountSettings absent = defaults();
        AccountSettings read = new AccountSettings(
                reader.duration("every", absent.every),
                reader.decimal("stall-factor", absent.stallFactor, 1, MAX_FACTOR),
                reader.duration("stall-floor", absent.stallFloor),
                reader.duration("phase-limit", absent.phaseLimit),
                reader.duration("give-up", absent.giveUp),
                reader.duration("max-silence", absent.maxSilence));
        if (read.every.toSeconds() < 1) {
            reader.problem("every", "must be 1s or longer");
        }
        return read;
    }
}
