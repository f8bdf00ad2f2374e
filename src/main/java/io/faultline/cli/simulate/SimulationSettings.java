package io.faultline.cli.simulate;

import io.faultline.settings.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How large the cluster is, how long it is watched, and what goes wrong in it.
 *
 * @param nodes 2 to 256; of up to 8 the first half stands at switch leaf-1, the rest at leaf-2; of more, four or eight each
 * @param gpus in each node, 2 to 16
 * @param minutes 10 to 1440 of log time
 * @param seed the same seed gives the same bytes
 * @param start the time of the first line, UTC
 * @param faults what to plant, once each; empty for a quiet cluster
 */
public record SimulationSettings(int nodes, int gpus, int minutes, long seed, Instant start, Set<FaultName> faults) {

    public static final Instant DEFAULT_START = Instant.parse("2026-03-01T10:00:00Z");

    /** What {@code --fault} takes for a quiet cluster. */
    public static final String NONE = "none";

    public SimulationSettings {
        Problems problems = new Problems();
        within(problems, "--nodes", nodes, 2, 256);
        within(problems, "--gpus", gpus, 2, 16);
        within(problems, "--minutes", minutes, 10, 1440);
        problems.throwIfAny("the simulation's settings");
        faults = Set.copyOf(faults);
    }

    /** Eight nodes of eight GPUs, one hour, every usual fault once. */
    public static SimulationSettings defaults() {
        return new SimulationSettings(8, 8, 60, 1, DEFAULT_START, FaultName.usual());
    }

    /**
     * @param names as typed: nothing means every usual fault, {@code none} means a quiet cluster
     * @throws io.faultline.settings.SettingsException naming each unknown fault and the nearest known one
     */
    public SimulationSettings withFaults(Collection<String> names) {
        return new SimulationSettings(nodes, gpus, minutes, seed, start, parse(names));
    }

    public SimulationSettings withSeed(long newSeed) {
        return new SimulationSettings(nodes, gpus, minutes, newSeed, start, faults);
    }

    public SimulationSettings withMinutes(int newMinutes) {
        return new SimulationSettings(nodes, gpus, newMinutes, seed, start, faults);
    }

    public SimulationSettings withNodes(int newNodes, int newGpus) {
        return new SimulationSettings(newNodes, newGpus, minutes, seed, start, faults);
    }

    /** When the last line may be written; also the modification time of every file. */
    public Instant end() {
        return start.plus(Duration.ofMinutes(minutes));
    }

    private static Set<FaultName> parse(Collection<String> names) {
        if (names.isEmpty()) {
            return FaultName.usual();
        }
        Problems problems = new Problems();
        EnumSet<FaultName> found = EnumSet.noneOf(FaultName.class);
        for (String name : names) {
            if (!name.equals(NONE)) {
                FaultName.of(name).ifPresentOrElse(found::add, () -> problems.add("--fault", FaultName.unknown(name)));
            } else if (names.size() > 1) {
                problems.add("--fault", "\"none\" stands alone, found " + List.copyOf(names));
            }
        }
        if (found.stream().filter(FaultPlan::isOfJobs).count() > FaultPlan.MOST_JOB_FAULTS) {
            problems.add(
                    "--fault",
                    "at most " + FaultPlan.MOST_JOB_FAULTS + " faults of training jobs go into one simulation");
        }
        problems.throwIfAny("the simulation's settings");
        return found;
    }

    private static void within(Problems problems, String option, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add(option, value + " is not between " + least + " and " + most);
        }
    }
}
