package io.faultline.explain.account;

import io.faultline.explain.account.Book.Phase;
import io.faultline.model.Entity;
import io.faultline.model.JobAccount;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accounts the time of one job or replica. Signs come in order of time; between two of them everything happens that was
 * due, so that it does not matter how often time is told. Each millisecond goes into one bucket, when it is known which:
 * what may still become a stall or an asynchronous save waits.
 */
public final class Ledger {

    private final AccountSettings settings;
    private final Tally tally;
    private final Watch watch;
    private final Life life;
    private final Told told;

    /** @param kept what was known before; null where nothing was */
    public Ledger(AccountSettings settings, @Nullable Book kept) {
        this.settings = settings;
        Book book = kept == null ? Book.empty() : kept;
        this.tally = new Tally(book.sums());
        this.watch = new Watch(settings, tally, book);
        this.told = new Told();
        this.life = new Life(book, kept != null, tally, watch, told);
        if (kept != null) {
            told.knows(life.loss(tally.mark()));
        }
    }

    /** What is to be kept; null where nothing is. */
    public @Nullable Book book() {
        return life.exists() ? life.book() : null;
    }

    /** The accounts that were closed since the last call, in order. */
    public List<JobAccount> accounts() {
        return told.takeAccounts();
    }

    /** How the loss went on since the last call, in order of {@link Loss#knownAt}. */
    public List<Loss> losses() {
        return told.takeLosses();
    }

    /** Whose book it is. */
    public Entity entity() {
        return life.entity();
    }

    /** How often it was started, as far as it is known. */
    public int attempts() {
        return life.attempt();
    }

    /** How many GPUs it has; 0 where nothing says so. */
    public int gpus() {
        return life.gpus();
    }

    /** When something happens even if no sign comes, in milliseconds; {@link Long#MAX_VALUE} where nothing does. */
    public long nextDue() {
        if (!life.exists()) {
            return Long.MAX_VALUE;
        }
        return switch (life.phase()) {
            case ENDED -> forgetDue();
            case INITIALISING, DOWN, RESTARTING -> Math.min(accountDue(), giveUpDue());
            case RUNNING -> Math.min(watch.due(), Math.min(accountDue(), giveUpDue()));
        };
    }

    private long accountDue() {
        return tally.accountDue(settings.every().toMillis());
    }

    private long giveUpDue() {
        Duration silence = life.phase() == Phase.DOWN ? settings.giveUp() : settings.maxSilence();
        return life.lastSign() + silence.toMillis();
    }

    private long forgetDue() {
        return tally.mark() + settings.giveUp().toMillis();
    }

    /** Lets time pass. */
    public void advance(long now) {
        for (long due = nextDue(); due <= now; due = nextDue()) {
            pass(due);
        }
    }

    /** What is due, all of it: of one moment the stall comes first, and an account last. */
    private void pass(long now) {
        if (life.phase() == Phase.ENDED) {
            life.forget();
            return;
        }
        if (life.phase() == Phase.RUNNING && now >= watch.due()) {
            life.stall(now);
        }
        if (now >= giveUpDue()) {
            life.giveUp(Math.max(tally.mark(), giveUpDue()));
        } else if (now >= accountDue()) {
            life.accountUpTo(now);
            tally.visit(now);
        }
    }

    /** Closes the last account where input ends; what the job does is not known from then on. */
    public void finish(long now) {
        long end = Math.max(now, life.lastSign());
        advance(end);
        if (life.exists() && life.phase() != Phase.ENDED) {
            life.accountUpTo(end);
            told.lastLoss(life.loss(end));
        }
    }

    /** Takes one sign; one that is older than what is settled counts from there on. */
    public void take(Sign sign) {
        long at = Math.max(sign.timestamp().toEpochMilli(), life.exists() ? tally.mark() : Long.MIN_VALUE);
        advance(at);
        life.size(sign);
        switch (sign.kind()) {
            case START -> life.start(sign, at);
            case STEP -> life.step(sign, at);
            case MOVING, IDLE -> life.report(sign, at);
            case STUCK -> life.stuck(at);
            case CHECKPOINT_BEGIN -> life.beginPause(Bucket.CHECKPOINT, at, sign.timed());
            case CHECKPOINT_END -> life.endPause(Bucket.CHECKPOINT, at, sign.timed());
            case EVALUATION_BEGIN -> life.beginPause(Bucket.EVALUATION, at, sign.timed());
            case EVALUATION_END -> life.endPause(Bucket.EVALUATION, at, sign.timed());
            case EXIT -> life.exit(at);
            case STOP -> life.stop(at);
            case SUCCESS -> life.succeed(at);
            case FACT -> {
                // the first processes to find each other tell how many GPUs there are
                if (sign.gpus() > 0 && !life.isUp()) {
                    life.start(sign, at);
                }
            }
        }
        life.heard(sign, at);
    }
}
