package io.faultline.explain.account;

import io.faultline.explain.account.Book.Phase;
import io.faultline.model.Entity;

/** The life of one job or replica: what leads from one phase to the next, and where the time goes that this settles. */
final class Life {

    /** All ranks begin within this, and end within it. */
    private static final long TOGETHER = 60_000;

    /** The last lines of the processes that died come so long after the first line of a restart. */
    private static final long STRAGGLERS = 10_000;

    private final Tally tally;
    private final Watch watch;
    private final Trail trail;
    private final Told told;

    private boolean exists;
    private Entity entity;
    private Phase phase;
    private int attempt;
    private long runningSince;
    private long lastSign;
    private Size size;

    /** @param known whether anything was heard of it */
    Life(Book book, boolean known, Tally tally, Watch watch, Told told) {
        this.tally = tally;
        this.watch = watch;
        this.trail = new Trail(tally, book.steps());
        this.told = told;
        this.exists = known;
        this.entity = book.entity();
        this.phase = book.phase();
        this.attempt = book.attempt();
        this.runningSince = book.runningSince();
        this.lastSign = book.lastSign();
        this.size = book.size();
    }

    Book book() {
        return new Book(
                entity,
                phase,
                attempt,
                runningSince,
                lastSign,
                size,
                trail.steps(),
                watch.gap(),
                watch.pause(),
                watch.pace(),
                tally.sums());
    }

    boolean exists() {
        return exists;
    }

    Entity entity() {
        return entity;
    }

    Phase phase() {
        return phase;
    }

    int attempt() {
        return attempt;
    }

    int gpus() {
        return size.gpus();
    }

    /** When it was last heard of, or ended. */
    long lastSign() {
        return lastSign;
    }

    boolean isUp() {
        return phase != Phase.DOWN && phase != Phase.ENDED;
    }

    /** How many GPUs a sign says there are, which counts before what else it says. */
    void size(Sign sign) {
        size = size.with(sign, !isUp());
    }

    /** Something was heard of it. */
    void heard(Sign sign, long at) {
        if (exists) {
            entity = sign.entity().or(entity);
            lastSign = Math.max(lastSign, at);
            told.loss(loss(at));
        }
    }

    void start(Sign sign, long at) {
        switch (phase) {
            case ENDED -> begin(Phase.INITIALISING, at);
            case DOWN -> restart(sign);
            case RUNNING -> {
                if (at - runningSince < TOGETHER) {
                    return;
                }
                interrupt(at);
                restart(sign);
            }
            case INITIALISING, RESTARTING -> {}
        }
        trail.startFrom(sign.step());
    }

    private void begin(Phase first, long at) {
        exists = true;
        phase = first;
        attempt++;
        tally.begin(at);
        watch.begin(at);
        trail.start();
    }

    private void restart(Sign sign) {
        phase = Phase.RESTARTING;
        attempt++;
        size = size.restarted(sign.gpus() > 0);
    }

    /** Epochs count only where nothing counts steps. */
    void step(Sign sign, long at) {
        boolean epochs = sign.name().equals(Sign.EPOCH);
        if (!epochs || !exists || !trail.steps().areCounted()) {
            trail.count(epochs);
            progress(sign, at);
        }
    }

    /** An engine's report. */
    void report(Sign sign, long at) {
        progress(sign, at);
        watch.idle(sign.kind() == Sign.Kind.IDLE);
    }

    private void progress(Sign sign, long at) {
        Steps steps = trail.steps();
        switch (phase) {
            case RUNNING -> {
                if (!steps.include(sign.step())) {
                    watch.progress(at);
                    trail.advance(sign.step());
                } else if (steps.wentBackTo(sign.step()) && watch.isDueByPace(at)) {
                    interrupt(watch.stepBegan(at));
                    phase = Phase.RESTARTING;
                    attempt++;
                    firstProgress(sign, at);
                }
            }
            case INITIALISING, RESTARTING -> firstProgress(sign, at);
            case DOWN -> {
                // the other ranks' lines of the last step may come after the first exit
                if (steps.endBefore(sign.step()) || at - lastSign >= STRAGGLERS) {
                    firstProgress(sign, at);
                }
            }
            case ENDED -> {
                if (!exists || steps.endBefore(sign.step()) || at - tally.mark() >= TOGETHER) {
                    begin(Phase.INITIALISING, at);
                    firstProgress(sign, at);
                }
            }
        }
    }

    /** The first progress after a start: its own step is work, all before it is not. */
    private void firstProgress(Sign sign, long at) {
        tally.settle(starting(), watch.stepBegan(at));
        long before = tally.productive();
        tally.settle(Bucket.PRODUCTIVE, at);
        trail.resume(sign.step(), tally.productive() - before);
        if (tally.isInterrupted()) {
            tally.recovered(at);
        }
        phase = Phase.RUNNING;
        runningSince = at;
        watch.reset(at);
    }

    /** There are requests, and no tokens. */
    void stuck(long at) {
        if (phase == Phase.ENDED) {
            begin(Phase.RUNNING, at);
            runningSince = at;
        } else if (phase == Phase.RUNNING) {
            watch.stuck(at);
        }
    }

    void beginPause(Bucket kind, long at, boolean timed) {
        if (phase == Phase.RUNNING) {
            watch.beginPause(kind, at, timed);
        }
    }

    void endPause(Bucket kind, long at, boolean timed) {
        if (phase == Phase.RUNNING) {
            watch.endPause(kind, at, timed);
        } else {
            watch.endPauseEarly(at, timed);
        }
    }

    void exit(long at) {
        switch (phase) {
            case RUNNING -> {
                interrupt(at);
                phase = Phase.DOWN;
            }
            case INITIALISING -> {
                tally.settle(Bucket.INITIALISING, at);
                tally.interrupted(at);
                phase = Phase.DOWN;
            }
            case RESTARTING -> {
                if (at - lastSign >= STRAGGLERS) {
                    tally.interrupted(at);
                    phase = Phase.DOWN;
                }
            }
            case DOWN, ENDED -> {}
        }
    }

    private void interrupt(long at) {
        watch.interrupt(at);
        trail.start();
    }

    void stop(long at) {
        if (phase == Phase.RUNNING && watch.isStalled()) {
            exit(at);
        } else if (isUp()) {
            complete(at);
        }
    }

    /** What starts after that is another run, whatever its steps are. */
    void succeed(long at) {
        if (phase != Phase.ENDED) {
            complete(at);
            trail.nextRun();
        }
    }

    private void complete(long at) {
        if (phase == Phase.RUNNING) {
            watch.complete(at);
        } else {
            tally.settle(starting(), at);
        }
        end(at);
    }

    /** What it waits for is late. */
    void stall(long now) {
        watch.stall();
        told.loss(loss(now));
    }

    /** Nothing was heard of it for so long that it has ended. */
    void giveUp(long at) {
        if (phase == Phase.RUNNING) {
            watch.giveUp(at);
        } else {
            tally.settle(starting(), at);
        }
        end(at);
    }

    private void end(long at) {
        account(true);
        phase = Phase.ENDED;
        watch.reset(at);
        tally.gaveUp();
        lastSign = at;
        told.loss(loss(at));
    }

    /** It ended long ago. */
    void forget() {
        exists = false;
    }

    /** Accounts for what is certain up to now. */
    void accountUpTo(long now) {
        switch (phase) {
            case RUNNING -> watch.settleUpTo(now);
            case INITIALISING, DOWN, RESTARTING -> tally.settle(starting(), watch.stepBegan(now));
            case ENDED -> {}
        }
        account(false);
    }

    private void account(boolean ended) {
        told.account(tally.account(entity, gpus(), trail.steps().last(), ended));
    }

    private Bucket starting() {
        return tally.isInterrupted() ? Bucket.RESTARTING : Bucket.INITIALISING;
    }

    Loss loss(long now) {
        boolean losing = exists && (phase == Phase.DOWN || phase == Phase.RESTARTING || watch.isStalled());
        return new Loss(now, tally.mark(), tally.lost(), losing, gpus());
    }
}
