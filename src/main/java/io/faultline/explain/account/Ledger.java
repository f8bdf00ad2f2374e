package io.faultline.explain.account;

import io.faultline.explain.account.Book.Phase;
import io.faultline.model.Entity;
import io.faultline.model.JobAccount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accounts the time of one job or replica. Signs come in order of time; between two of them everything happens that was
 * due, so that it does not matter how often time is told. Each millisecond goes into one bucket, when it is known which:
 * what may still become a stall or an asynchronous save waits.
 */
public final class Ledger {

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
    private final Tally tally;

    private boolean exists;
    private Entity entity = Entity.UNKNOWN;
    private Phase phase = Phase.ENDED;
    private long visited;
    private long gapStart;
    private long runningSince;
    private long lastSign;
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
    private Pace pace = Pace.unknown();
    private int attempt;
    private Size size = Size.UNKNOWN;

    private @Nullable Loss told;

    /** @param book what was known before; null where nothing was */
    public Ledger(AccountSettings settings, @Nullable Book book) {
        this.settings = settings;
        this.tally = new Tally(book == null ? null : book.sums());
        if (book != null) {
            read(book);
            told = loss(tally.mark());
        }
    }

    /** What is to be kept; null where nothing is. */
    public @Nullable Book book() {
        return !exists
                ? null
                : new Book(
                        entity,
                        phase,
                        visited,
                        gapStart,
                        runningSince,
                        lastSign,
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
                        pace,
                        tally.sums(),
                        attempt,
                        size);
    }

    private void read(Book book) {
        exists = true;
        entity = book.entity();
        phase = book.phase();
        visited = book.visited();
        gapStart = book.gapStart();
        runningSince = book.runningSince();
        lastSign = book.lastSign();
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
        pace = book.pace();
        attempt = book.attempt();
        size = book.size();
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
        return size.gpus();
    }

    /** When something happens even if no sign comes, in milliseconds; {@link Long#MAX_VALUE} where nothing does. */
    public long nextDue() {
        if (!exists) {
            return Long.MAX_VALUE;
        }
        return switch (phase) {
            case ENDED -> tally.mark() + settings.giveUp().toMillis();
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
        return (Math.floorDiv(Math.max(tally.since(), visited), every) + 1) * every;
    }

    private long stallDue() {
        if (open != null) {
            return openSince + settings.phaseLimit().toMillis() + 1;
        }
        return stalled || idle ? Long.MAX_VALUE : gapStart + patience() + 1;
    }

    /** How long without progress is no stall. */
    private long patience() {
        long patience = pace.patience(settings);
        return closed != null && !closedTimed ? Math.max(patience, UNTIMED_PHASE) : patience;
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
                if (now >= tally.mark() + settings.giveUp().toMillis()) {
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
            long end = Math.max(tally.mark(), lastSign + limit);
            tally.settle(phase == Phase.RUNNING ? waiting() : starting(), end);
            end(end);
        }
    }

    /** Whether what is waited for is late. */
    private void watch(long now) {
        if (open != null && now - openSince > settings.phaseLimit().toMillis()) {
            tally.settle(Bucket.PRODUCTIVE, openSince);
            tally.settle(open, openSince + settings.phaseLimit().toMillis());
            open = null;
            closed = null;
            gapStart = tally.mark();
            stall(now);
        } else if (open == null && !stalled && !idle && now - gapStart > patience()) {
            closed = null;
            stall(now);
        }
    }

    private void stall(long now) {
        stalled = true;
        tally.interrupted(gapStart);
        tellLoss(now);
    }

    /** What is certain up to now: the last step of a wait is a step again, and its time is work. */
    private void settleUpTo(long now) {
        switch (phase) {
            case INITIALISING, RESTARTING, DOWN -> tally.settle(starting(), now - pace.usual());
            case RUNNING -> {
                if (stalled || idle) {
                    tally.settle(waiting(), now - pace.usual());
                }
            }
            case ENDED -> {}
        }
    }

    private Bucket starting() {
        return tally.isInterrupted() ? Bucket.RESTARTING : Bucket.INITIALISING;
    }

    private Bucket waiting() {
        return stalled ? Bucket.STALLED : Bucket.PRODUCTIVE;
    }

    /** Takes one sign; one that is older than what is settled counts from there on. */
    public void take(Sign sign) {
        long at = Math.max(sign.timestamp().toEpochMilli(), exists ? tally.mark() : Long.MIN_VALUE);
        advance(at);
        size = size.with(sign, phase == Phase.DOWN || phase == Phase.ENDED);
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

    private void start(Sign sign, long at) {
        switch (phase) {
            case ENDED -> {
                exists = true;
                open(Phase.INITIALISING, at);
                attempt++;
            }
            case DOWN -> {
                phase = Phase.RESTARTING;
                size = size.restarted(sign.gpus() > 0);
                attempt++;
            }
            case RUNNING -> {
                if (at - runningSince < TOGETHER) {
                    return;
                }
                leave(at);
                phase = Phase.RESTARTING;
                size = size.restarted(sign.gpus() > 0);
                attempt++;
            }
            case INITIALISING, RESTARTING -> {}
        }
        startStep = Double.isNaN(sign.step()) ? startStep : sign.step();
    }

    private void open(Phase begun, long at) {
        phase = begun;
        tally.begin(at);
        visited = at;
        gapStart = at;
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
            tally.forgetSteps();
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
                    leave(at - pace.usual());
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
                if (!exists || sign.step() > step || at - tally.mark() >= TOGETHER) {
                    exists = true;
                    open(Phase.INITIALISING, at);
                    attempt++;
                    firstProgress(sign, at);
                }
            }
        }
    }

    private boolean wentBack(Sign sign, long at) {
        return delta > 0 && sign.step() <= step - LINES_BACK * delta && pace.isKnown() && at - gapStart >= pace.usual();
    }

    private void advanceStep(Sign sign, long at) {
        boolean undisturbed = open == null && closed == null && !stalled && !idle;
        if (stalled) {
            tally.settle(Bucket.STALLED, at - pace.usual());
            tally.recovered(at);
        } else if (closed != null && !closedTimed) {
            tally.settle(closed, at - pace.usual());
        }
        tally.settle(Bucket.PRODUCTIVE, at);
        if (undisturbed && at > gapStart) {
            pace = pace.with(at - gapStart);
        }
        delta = Double.isNaN(step) ? delta : sign.step() - step;
        moved(sign, at);
    }

    /** The first progress after a start: its own step is work, all before it is not. */
    private void firstProgress(Sign sign, long at) {
        tally.settle(starting(), at - pace.usual());
        long before = tally.productive();
        tally.settle(Bucket.PRODUCTIVE, at);
        returnTo(sign, tally.productive() - before);
        if (tally.isInterrupted()) {
            tally.recovered(at);
        }
        phase = Phase.RUNNING;
        runningSince = at;
        moved(sign, at);
    }

    private void moved(Sign sign, long at) {
        step = Double.isNaN(sign.step()) ? step : sign.step();
        if (!Double.isNaN(sign.step())) {
            tally.reach(step);
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
            tally.nextRun(own);
            return;
        }
        tally.returnTo(from, own);
    }

    private void stuck(long at) {
        if (phase == Phase.ENDED) {
            exists = true;
            open(Phase.RUNNING, at);
            runningSince = at;
            attempt++;
        } else if (phase == Phase.RUNNING && idle) {
            tally.settle(Bucket.PRODUCTIVE, at - pace.usual());
            gapStart = Math.max(gapStart, at - pace.usual());
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
            tally.settle(Bucket.PRODUCTIVE, openSince);
            open = null;
        }
        tally.settle(kind, at);
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

    /** Leaves the running phase for an interruption; what was not finished is thrown away. */
    private void leave(long at) {
        if (stalled) {
            tally.settle(Bucket.STALLED, at);
        } else {
            if (open != null) {
                tally.settle(Bucket.PRODUCTIVE, openSince);
            }
            tally.settle(idle ? Bucket.PRODUCTIVE : Bucket.WASTED, at);
            tally.interrupted(at);
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
            tally.nextRun(tally.productive());
        }
    }

    private void complete(long at) {
        if (phase == Phase.ENDED) {
            return;
        }
        if (phase == Phase.RUNNING) {
            if (open != null) {
                tally.settle(Bucket.PRODUCTIVE, openSince);
            }
            tally.settle(open != null ? open : waiting(), at);
            if (stalled) {
                tally.recovered(at);
            }
        } else {
            tally.settle(starting(), at);
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
        tally.gaveUp();
        lastSign = at;
        tellLoss(at);
    }

    private Loss loss(long now) {
        boolean losing = exists && (phase == Phase.DOWN || phase == Phase.RESTARTING || stalled);
        return new Loss(now, tally.mark(), tally.lost(), losing, gpus());
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
        JobAccount account = tally.account(entity, gpus(), step, ended);
        if (account != null) {
            accounts.add(account);
        }
    }
}
