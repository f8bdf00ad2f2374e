package io.faultline.explain.account;

import io.faultline.explain.account.Book.Phase;
import io.faultline.model.Entity;
import io.faultline.model.JobAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accounts the time of one job or replica. Signs come in order of time; between two of them everything happens that was
 * due, so that it does not matter how often time is told. Each millisecond goes into one bucket, when it is known which:
 * what may still become a stall or an asynchronous save waits.
 */
public final class Ledger {

    /** Fewer gaps say nothing of what is usual. */
    private static final int WARM_UP = 3;

    /** Without a usual gap a stall is so many times the floor: first steps compile kernels. */
    private static final int COLD_FLOORS = 10;

    private static final int GAPS = 32;

    /** All ranks begin within this, and end within it. */
    private static final long TOGETHER = 60_000;

    /** The last lines of the processes that died come so long after the first line of a restart. */
    private static final long STRAGGLERS = 10_000;

    /** Longer than a save takes whose end has no time of its own. */
    private static final long UNTIMED_PHASE = 900_000;

    /** Steps that go back this many lines are no other rank's: the job went back. */
    private static final int LINES_BACK = 3;

    private final AccountSettings settings;
    private final List<JobAccount> accounts = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();

    private boolean exists;
    private Entity entity = Entity.UNKNOWN;
    private Phase phase = Phase.ENDED;
    private long since;
    private long mark;
    private long visited;
    private long gapStart;
    private long runningSince;
    private long lastSign;
    private long interruptedAt = Book.NEVER;
    private @Nullable Bucket open;
    private long openSince;
    private @Nullable Bucket closed;
    private boolean closedTimed;
    private long earlyEnd = Book.NEVER;
    private boolean stalled;
    private boolean idle;
    private boolean byEpoch;
    private double step = Double.NaN;
    private double delta;
    private double startStep = Double.NaN;
    private long[] gaps = new long[0];
    private Milestones milestones = new Milestones(new double[0], new long[0]);
    private long productive;
    private long lost;
    private long[] spent = new long[Bucket.values().length];
    private int interruptions;
    private int recoveries;
    private long recovery;
    private int run = 1;
    private int attempt;
    private int gpus;
    private boolean sized;
    private int listedGpus;

    private @Nullable Loss told;

    /** @param book what was known before; null where nothing was */
    public Ledger(AccountSettings settings, @Nullable Book book) {
        this.settings = settings;
        if (book != null) {
            read(book);
            told = loss(mark);
        }
    }

    /** What is to be kept; null where nothing is. */
    public @Nullable Book book() {
        return !exists
                ? null
                : new Book(
                        entity,
                        phase,
                        since,
                        mark,
                        visited,
                        gapStart,
                        runningSince,
                        lastSign,
                        interruptedAt,
                        open,
                        openSince,
                        closed,
                        closedTimed,
                        earlyEnd,
                        stalled,
                        idle,
                        byEpoch,
                        step,
                        delta,
                        startStep,
                        gaps,
                        milestones.steps(),
                        milestones.productive(),
                        productive,
                        lost,
                        spent,
                        interruptions,
                        recoveries,
                        recovery,
                        run,
                        attempt,
                        gpus,
                        sized,
                        listedGpus);
    }

    private void read(Book book) {
        exists = true;
        entity = book.entity();
        phase = book.phase();
        since = book.since();
        mark = book.mark();
        visited = book.visited();
        gapStart = book.gapStart();
        runningSince = book.runningSince();
        lastSign = book.lastSign();
        interruptedAt = book.interruptedAt();
        open = book.open();
        openSince = book.openSince();
        closed = book.closed();
        closedTimed = book.closedTimed();
        earlyEnd = book.earlyEnd();
        stalled = book.stalled();
        idle = book.idle();
        byEpoch = book.byEpoch();
        step = book.step();
        delta = book.delta();
        startStep = book.startStep();
        gaps = book.gaps();
        milestones = new Milestones(book.markSteps(), book.markProductive());
        productive = book.productive();
        lost = book.lost();
        spent = book.spent().clone();
        interruptions = book.interruptions();
        recoveries = book.recoveries();
        recovery = book.recovery();
        run = book.run();
        attempt = book.attempt();
        gpus = book.gpus();
        sized = book.sized();
        listedGpus = book.listedGpus();
    }

    /** The accounts that were closed since the last call, in order. */
    public List<JobAccount> accounts() {
        List<JobAccount> now = List.copyOf(accounts);
        accounts.clear();
        return now;
    }

    /** How the loss went on since the last call, in order of {@link Loss#knownAt}. */
    public List<Loss> losses() {
        List<Loss> now = List.copyOf(losses);
        losses.clear();
        return now;
    }

    /** Whose book it is. */
    public Entity entity() {
        return entity;
    }

    /** How often it was started, as far as it is known. */
    public int attempts() {
        return attempt;
    }

    /** How many GPUs it has; 0 where nothing says so. */
    public int gpus() {
        return gpus > 0 ? gpus : listedGpus;
    }

    /** When something happens even if no sign comes, in milliseconds; {@link Long#MAX_VALUE} where nothing does. */
    public long nextDue() {
        if (!exists) {
            return Long.MAX_VALUE;
        }
        return switch (phase) {
            case ENDED -> mark + settings.giveUp().toMillis();
            case DOWN -> Math.min(boundary(), lastSign + settings.giveUp().toMillis());
            case INITIALISING, RESTARTING ->
                Math.min(boundary(), lastSign + settings.maxSilence().toMillis());
            case RUNNING ->
                Math.min(
                        boundary(),
                        Math.min(stallDue(), lastSign + settings.maxSilence().toMillis()));
        };
    }

    private long boundary() {
        long every = settings.every().toMillis();
        return (Math.floorDiv(Math.max(since, visited), every) + 1) * every;
    }

    private long stallDue() {
        if (open != null) {
            return openSince + settings.phaseLimit().toMillis() + 1;
        }
        return stalled || idle ? Long.MAX_VALUE : gapStart + patience() + 1;
    }

    /** How long without progress is no stall. */
    private long patience() {
        long threshold = threshold();
        return closed != null && !closedTimed ? Math.max(threshold, UNTIMED_PHASE) : threshold;
    }

    private long threshold() {
        long floor = settings.stallFloor().toMillis();
        return gaps.length < WARM_UP
                ? COLD_FLOORS * floor
                : Math.max(floor, Math.round(settings.stallFactor() * usual()));
    }

    /** The median gap; 0 where it is not known. */
    private long usual() {
        if (gaps.length == 0) {
            return 0;
        }
        long[] sorted = gaps.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Lets time pass. */
    public void advance(long now) {
        for (long due = nextDue(); due <= now; due = nextDue()) {
            pass(due);
        }
    }

    /** Closes the last account where input ends; what the job does is not known from then on. */
    public void finish(long now) {
        long end = Math.max(now, lastSign);
        advance(end);
        if (exists && phase != Phase.ENDED) {
            settleUpTo(end);
            account(false);
            // so that it is known how far the loss is known
            losses.add(loss(end));
        }
    }

    /** One thing that is due. */
    private void pass(long now) {
        switch (phase) {
            case ENDED -> {
                if (now >= mark + settings.giveUp().toMillis()) {
                    exists = false;
                }
                return;
            }
            case DOWN -> giveUpAfter(settings.giveUp().toMillis(), now);
            case INITIALISING, RESTARTING -> giveUpAfter(settings.maxSilence().toMillis(), now);
            case RUNNING -> {
                watch(now);
                giveUpAfter(settings.maxSilence().toMillis(), now);
            }
        }
        if (phase != Phase.ENDED && now >= boundary()) {
            settleUpTo(now);
            account(false);
            visited = now;
        }
    }

    private void giveUpAfter(long limit, long now) {
        if (phase != Phase.ENDED && now - lastSign >= limit) {
            long end = Math.max(mark, lastSign + limit);
            settle(phase == Phase.RUNNING ? waiting() : starting(), end);
            end(end);
        }
    }

    /** Whether what is waited for is late. */
    private void watch(long now) {
        if (open != null && now - openSince > settings.phaseLimit().toMillis()) {
            settle(Bucket.PRODUCTIVE, openSince);
            settle(open, openSince + settings.phaseLimit().toMillis());
            open = null;
            closed = null;
            gapStart = mark;
            stall(now);
        } else if (open == null && !stalled && !idle && now - gapStart > patience()) {
            closed = null;
            stall(now);
        }
    }

    private void stall(long now) {
        stalled = true;
        interrupted(gapStart);
        tellLoss(now);
    }

    /** What is certain up to now: the last step of a wait is a step again, and its time is work. */
    private void settleUpTo(long now) {
        switch (phase) {
            case INITIALISING, RESTARTING, DOWN -> settle(starting(), now - usual());
            case RUNNING -> {
                if (stalled || idle) {
                    settle(waiting(), now - usual());
                }
            }
            case ENDED -> {}
        }
    }

    private Bucket starting() {
        return interruptedAt == Book.NEVER ? Bucket.INITIALISING : Bucket.RESTARTING;
    }

    private Bucket waiting() {
        return stalled ? Bucket.STALLED : Bucket.PRODUCTIVE;
    }

    /** Takes one sign; one that is older than what is settled counts from there on. */
    public void take(Sign sign) {
        long at = Math.max(sign.timestamp().toEpochMilli(), exists ? mark : Long.MIN_VALUE);
        advance(at);
        size(sign);
        switch (sign.kind()) {
            case START -> start(sign, at);
            case STEP -> {
                if (counts(sign)) {
                    progress(sign, at);
                }
            }
            case MOVING, IDLE -> {
                progress(sign, at);
                idle = sign.kind() == Sign.Kind.IDLE;
            }
            case STUCK -> stuck(at);
            case CHECKPOINT_BEGIN -> begin(Bucket.CHECKPOINT, at, sign.timed());
            case CHECKPOINT_END -> close(Bucket.CHECKPOINT, at, sign.timed());
            case EVALUATION_BEGIN -> begin(Bucket.EVALUATION, at, sign.timed());
            case EVALUATION_END -> close(Bucket.EVALUATION, at, sign.timed());
            case EXIT -> exit(at);
            case STOP -> stop(at);
            case SUCCESS -> succeed(at);
            case FACT -> {
                if (sign.gpus() > 0 && (!exists || phase == Phase.DOWN || phase == Phase.ENDED)) {
                    start(sign, at);
                }
            }
        }
        if (exists) {
            entity = sign.entity().or(entity);
            lastSign = Math.max(lastSign, at);
            tellLoss(at);
        }
    }

    private void size(Sign sign) {
        boolean anew = sign.gpus() > 0 && (phase == Phase.DOWN || phase == Phase.ENDED);
        sized = sized && !anew;
        if (sign.gpus() > 0) {
            gpus = sized ? Math.max(gpus, sign.gpus()) : sign.gpus();
            sized = true;
        }
        listedGpus = sign.listedGpus() > 0 ? sign.listedGpus() : listedGpus;
    }

    private void start(Sign sign, long at) {
        switch (phase) {
            case ENDED -> {
                exists = true;
                open(Phase.INITIALISING, at);
                attempt++;
            }
            case DOWN -> {
                phase = Phase.RESTARTING;
                sized = sign.gpus() > 0;
                attempt++;
            }
            case RUNNING -> {
                if (at - runningSince < TOGETHER) {
                    return;
                }
                leave(at);
                phase = Phase.RESTARTING;
                sized = sign.gpus() > 0;
                attempt++;
            }
            case INITIALISING, RESTARTING -> {}
        }
        startStep = Double.isNaN(sign.step()) ? startStep : sign.step();
    }

    private void open(Phase begun, long at) {
        phase = begun;
        since = at;
        mark = at;
        visited = at;
        gapStart = at;
        interruptedAt = Book.NEVER;
        startStep = Double.NaN;
    }

    /** Epochs count only where nothing counts steps. */
    private boolean counts(Sign sign) {
        boolean epochs = sign.name().equals(Sign.EPOCH);
        if (epochs && exists && !byEpoch && !Double.isNaN(step)) {
            return false;
        }
        if (byEpoch && !epochs) {
            step = Double.NaN;
            milestones.clear();
        }
        byEpoch = epochs;
        return true;
    }

    private void progress(Sign sign, long at) {
        switch (phase) {
            case RUNNING -> {
                boolean behind = sign.step() <= step;
                if (!behind) {
                    advanceStep(sign, at);
                } else if (wentBack(sign, at)) {
                    leave(at - usual());
                    phase = Phase.RESTARTING;
                    attempt++;
                    firstProgress(sign, at);
                }
            }
            case INITIALISING, RESTARTING -> firstProgress(sign, at);
            case DOWN -> {
                // the other ranks' lines of the last step may come after the first exit
                if (sign.step() > step || at - lastSign >= STRAGGLERS) {
                    firstProgress(sign, at);
                }
            }
            case ENDED -> {
                if (!exists || sign.step() > step || at - mark >= TOGETHER) {
                    exists = true;
                    open(Phase.INITIALISING, at);
                    attempt++;
                    firstProgress(sign, at);
                }
            }
        }
    }

    private boolean wentBack(Sign sign, long at) {
        return delta > 0 && sign.step() <= step - LINES_BACK * delta && gaps.length > 0 && at - gapStart >= usual();
    }

    private void advanceStep(Sign sign, long at) {
        boolean undisturbed = open == null && closed == null && !stalled && !idle;
        if (stalled) {
            settle(Bucket.STALLED, at - usual());
            recovered(at);
        } else if (closed != null && !closedTimed) {
            settle(closed, at - usual());
        }
        settle(Bucket.PRODUCTIVE, at);
        if (undisturbed && at > gapStart) {
            gaps = Arrays.copyOfRange(gaps, Math.max(0, gaps.length + 1 - GAPS), gaps.length + 1);
            gaps[gaps.length - 1] = at - gapStart;
        }
        delta = Double.isNaN(step) ? delta : sign.step() - step;
        moved(sign, at);
    }

    /** The first progress after a start: its own step is work, all before it is not. */
    private void firstProgress(Sign sign, long at) {
        settle(starting(), at - usual());
        long before = productive;
        settle(Bucket.PRODUCTIVE, at);
        returnTo(sign, productive - before);
        if (interruptedAt != Book.NEVER) {
            recovered(at);
        }
        phase = Phase.RUNNING;
        runningSince = at;
        moved(sign, at);
    }

    private void moved(Sign sign, long at) {
        step = Double.isNaN(sign.step()) ? step : sign.step();
        if (!Double.isNaN(sign.step())) {
            milestones.reach(step, productive);
        }
        gapStart = at;
        open = null;
        closed = null;
        stalled = false;
        idle = false;
        startStep = Double.NaN;
    }

    /** @param own the productive time of the step that was just made, which is not thrown away */
    private void returnTo(Sign sign, long own) {
        double line = byEpoch ? delta : Math.max(1, delta);
        double from = startStep < sign.step() ? startStep : sign.step() - line;
        if (!(from < step)) {
            return;
        }
        if (from <= 0) {
            run++;
            productive = own;
            milestones.clear();
            return;
        }
        long wasted = Math.max(0, productive - own - milestones.at(from));
        spent[Bucket.PRODUCTIVE.place()] -= wasted;
        spent[Bucket.WASTED.place()] += wasted;
        productive -= wasted;
        lost += wasted;
        milestones.returnTo(from);
    }

    private void stuck(long at) {
        if (phase == Phase.ENDED) {
            exists = true;
            open(Phase.RUNNING, at);
            runningSince = at;
            attempt++;
        } else if (phase == Phase.RUNNING && idle) {
            settle(Bucket.PRODUCTIVE, at - usual());
            gapStart = Math.max(gapStart, at - usual());
            idle = false;
        }
    }

    private void begin(Bucket kind, long at, boolean timed) {
        if (phase != Phase.RUNNING || open == kind || stalled) {
            return;
        }
        if (open != null) {
            close(open, at, true);
        }
        open = kind;
        openSince = at;
        // lines without times of their own may change places: where it begins, its end was read already
        if (!timed && earlyEnd != Book.NEVER && at - earlyEnd < TOGETHER) {
            close(kind, at, false);
        }
        earlyEnd = Book.NEVER;
    }

    private void close(Bucket kind, long at, boolean timed) {
        if (phase != Phase.RUNNING || (open != kind && closed != kind)) {
            earlyEnd = timed ? Book.NEVER : at;
            return;
        }
        if (open == kind) {
            settle(Bucket.PRODUCTIVE, openSince);
            open = null;
        }
        settle(kind, at);
        closed = kind;
        closedTimed = timed;
        gapStart = at;
    }

    private void exit(long at) {
        switch (phase) {
            case RUNNING -> {
                leave(at);
                phase = Phase.DOWN;
            }
            case INITIALISING -> {
                settle(Bucket.INITIALISING, at);
                interrupted(at);
                phase = Phase.DOWN;
            }
            case RESTARTING -> {
                if (at - lastSign >= STRAGGLERS) {
                    interruptions++;
                    phase = Phase.DOWN;
                }
            }
            case DOWN, ENDED -> {}
        }
    }

    /** Leaves the running phase for an interruption; what was not finished is thrown away. */
    private void leave(long at) {
        if (stalled) {
            settle(Bucket.STALLED, at);
        } else {
            if (open != null) {
                settle(Bucket.PRODUCTIVE, openSince);
            }
            settle(idle ? Bucket.PRODUCTIVE : Bucket.WASTED, at);
            interrupted(at);
        }
        stalled = false;
        idle = false;
        open = null;
        closed = null;
        startStep = Double.NaN;
    }

    private void stop(long at) {
        if (phase == Phase.RUNNING && stalled) {
            exit(at);
        } else if (phase != Phase.DOWN) {
            complete(at);
        }
    }

    /** What starts after that is another run, whatever its steps are. */
    private void succeed(long at) {
        boolean ends = phase != Phase.ENDED;
        complete(at);
        if (ends) {
            step = Double.NaN;
            milestones.clear();
            run++;
        }
    }

    private void complete(long at) {
        if (phase == Phase.ENDED) {
            return;
        }
        if (phase == Phase.RUNNING) {
            if (open != null) {
                settle(Bucket.PRODUCTIVE, openSince);
            }
            settle(open != null ? open : waiting(), at);
            if (stalled) {
                recovered(at);
            }
        } else {
            settle(starting(), at);
        }
        end(at);
    }

    private void end(long at) {
        account(true);
        phase = Phase.ENDED;
        open = null;
        closed = null;
        stalled = false;
        idle = false;
        interruptedAt = Book.NEVER;
        lastSign = at;
        tellLoss(at);
    }

    private void interrupted(long at) {
        interruptions++;
        interruptedAt = interruptedAt == Book.NEVER ? at : interruptedAt;
    }

    private void recovered(long at) {
        recoveries++;
        recovery += at - interruptedAt;
        interruptedAt = Book.NEVER;
    }

    private void settle(Bucket bucket, long until) {
        long more = until - mark;
        if (more <= 0) {
            return;
        }
        spent[bucket.place()] += more;
        productive += bucket == Bucket.PRODUCTIVE ? more : 0;
        lost += bucket.isLost() ? more : 0;
        mark = until;
    }

    private Loss loss(long now) {
        boolean losing = exists && (phase == Phase.DOWN || phase == Phase.RESTARTING || stalled);
        return new Loss(now, mark, lost, losing, gpus());
    }

    /** Tells how the loss goes on where that is not what was told. */
    private void tellLoss(long now) {
        Loss next = loss(now);
        Loss before = told;
        boolean same = before != null
                && before.losing() == next.losing()
                && before.gpus() == next.gpus()
                && before.at(next.since()) == next.lost();
        if (!same) {
            losses.add(next);
            told = next;
        }
    }

    private void account(boolean ended) {
        if (mark > since) {
            accounts.add(new JobAccount(
                    entity,
                    Instant.ofEpochMilli(since),
                    Instant.ofEpochMilli(mark),
                    seconds(Bucket.INITIALISING),
                    seconds(Bucket.PRODUCTIVE),
                    seconds(Bucket.CHECKPOINT),
                    seconds(Bucket.EVALUATION),
                    seconds(Bucket.STALLED),
                    seconds(Bucket.RESTARTING),
                    seconds(Bucket.WASTED),
                    gpus(),
                    interruptions,
                    recoveries,
                    recovery / 1000.0,
                    step,
                    run,
                    ended));
            since = mark;
            spent = new long[spent.length];
            interruptions = 0;
            recoveries = 0;
            recovery = 0;
        }
    }

    private double seconds(Bucket bucket) {
        return spent[bucket.place()] / 1000.0;
    }
}
