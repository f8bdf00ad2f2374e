package io.faultline.cli.simulate;

import io.faultline.cli.simulate.FaultName.Strikes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which fault strikes whom, and when. Every training fault has a job of its own where the simulation is short; in a
 * long one two share a job, and the job runs undisturbed for some minutes between them.
 */
final class FaultPlan {

    /** From here on a job can have two faults that do not overlap. */
    private static final int MINUTES_FOR_TWO = 55;

    private static final long MINUTE = 60_000;
    private static final int FEWEST_JOBS = 2;
    private static final int MOST_JOBS = 5;

    /** In a long simulation. */
    static final int MOST_JOB_FAULTS = 2 * MOST_JOBS;

    private static final Set<FaultName> USUAL_OF_JOBS = EnumSet.of(
            FaultName.GPU_XID,
            FaultName.COLLECTIVE_TIMEOUT,
            FaultName.TRAINING_STALL,
            FaultName.LOSS_EXPLOSION,
            FaultName.LOSS_NAN);

    private final Scene scene;
    private final Dice dice;
    private final Set<FaultName> wanted;
    private final List<List<MegatronJob.Appointment>> jobs = new ArrayList<>();

    FaultPlan(Scene scene, Set<FaultName> wanted) {
        this.scene = scene;
        this.dice = scene.dice("plan");
        this.wanted = wanted;
        spread(trainingFaults());
    }

    /** For each Megatron job, the large one first, what strikes it, in order. */
    List<List<MegatronJob.Appointment>> jobs() {
        return jobs;
    }

    static boolean isOfJobs(FaultName fault) {
        return USUAL_OF_JOBS.contains(fault)
                || fault == FaultName.LEAF_DOWN
                || FaultName.striking(Strikes.JOB).contains(fault);
    }

    /** In the order of their names. */
    List<FaultName> striking(Strikes strikes) {
        return FaultName.striking(strikes).stream().filter(wanted::contains).toList();
    }

    boolean plants(FaultName fault) {
        return wanted.contains(fault);
    }

    /** A moment after the warm-up, and early enough for all that follows. */
    long moment(long lasts) {
        long first = warm();
        long last = Math.max(first, scene.end() - lasts - 2 * MINUTE);
        return dice.millis(first, Math.max(first, Math.min(last, first + (last - first) * 2 / 3)));
    }

    /** Early, because the fine-tuning is done in half the time and has a quarter of it lost by this fault. */
    long oomAt() {
        long length = scene.end() - scene.start();
        return scene.start() + Math.max(150_000, dice.millis(length / 8, length / 5));
    }

    private long warm() {
        return scene.start() + Math.max(4 * MINUTE, scene.minutes() * MINUTE / 5);
    }

    private List<TrainingFault> trainingFaults() {
        List<Supplier<TrainingFault>> known =
                List.of(GpuXid::new, CollectiveTimeout::new, TrainingStall::new, LossExplosion::new, LossNan::new);
        List<TrainingFault> faults = new ArrayList<>(known.stream()
                .map(Supplier::get)
                .filter(fault -> wanted.contains(fault.name()))
                .toList());
        FaultName.striking(Strikes.JOB).stream()
                .filter(wanted::contains)
                .map(JobTrouble::new)
                .forEach(faults::add);
        if (plants(FaultName.LEAF_DOWN)) {
            // a switch has nodes of the large job alone
            faults.add(0, new LeafDown());
        }
        // a lost GPU stays first, with the large job: its node is restarted, and no other job must live there
        int fixed = (plants(FaultName.GPU_XID) ? 1 : 0) + (plants(FaultName.LEAF_DOWN) ? 1 : 0);
        for (int i = faults.size() - 1; i > fixed; i--) {
            Collections.swap(faults, i, dice.between(fixed, i));
        }
        return faults;
    }

    private void spread(List<TrainingFault> faults) {
        int perJob = scene.minutes() >= MINUTES_FOR_TWO ? 2 : 1;
        int count = Math.min(MOST_JOBS, Math.max(FEWEST_JOBS, (faults.size() + perJob - 1) / perJob));
        List<List<TrainingFault>> shares = new ArrayList<>();
        for (int job = 0; job < count; job++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < faults.size(); i++) {
            shares.get(i % count).add(faults.get(i));
        }
        for (List<TrainingFault> share : shares) {
            jobs.add(appointments(share));
        }
    }

    private List<MegatronJob.Appointment> appointments(List<TrainingFault> share) {
        if (share.size() < 2) {
            return share.stream()
                    .map(fault -> new MegatronJob.Appointment(fault, moment(fault.lasts(scene.minutes()))))
                    .toList();
        }
        // the shorter one first: what is left between them is then longest
        List<TrainingFault> ordered = share.stream()
                .sorted(Comparator.comparingLong(fault -> fault.lasts(scene.minutes())))
                .toList();
        long early = scene.start() + dice.millis(8 * MINUTE, 10 * MINUTE);
        TrainingFault second = ordered.get(1);
        long late = scene.end() - second.lasts(scene.minutes()) - dice.millis(2 * MINUTE, 4 * MINUTE);
        return List.of(new MegatronJob.Appointment(ordered.get(0), early), new MegatronJob.Appointment(second, late));
    }
}
