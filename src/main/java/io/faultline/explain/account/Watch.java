package io.faultline.explain.account;

/**
 * Watches a job that runs, from one line of progress to the next: whether it works, pauses for a checkpoint or an
 * evaluation, is stalled, or has nothing to do. What it finds goes into the tally.
 */
final class Watch {

    /** Longer than a save takes whose end has no time of its own. */
    private static final long UNTIMED_PAUSE = 900_000;

    private final AccountSettings settings;
    private final Tally tally;
    private Gap gap;
    private Pause pause;
    private Pace pace;

    Watch(AccountSettings settings, Tally tally, Book book) {
        this.settings = settings;
        this.tally = tally;
        this.gap = book.gap();
        this.pause = book.pause();
        this.pace = book.pace();
    }

    Gap gap() {
        return gap;
    }

    Pause pause() {
        return pause;
    }

    Pace pace() {
        return pace;
    }

    boolean isStalled() {
        return gap.stalled();
    }

    /** When what is waited for is late, in milliseconds; {@link Long#MAX_VALUE} where nothing is waited for. */
    long due() {
        if (pause.isOpen()) {
            return pause.due(settings);
        }
        return gap.isWork() ? gap.start() + patience() + 1 : Long.MAX_VALUE;
    }

    /** How long without progress is no stall. */
    private long patience() {
        long patience = pace.patience(settings);
        return pause.hasUntimedEnd() ? Math.max(patience, UNTIMED_PAUSE) : patience;
    }

    /** When the step began that is made now, as far as the pace tells. */
    long stepBegan(long now) {
        return now - pace.usual();
    }

    /** Whether so much time has passed that a step is usual. */
    boolean isDueByPace(long now) {
        return pace.isKnown() && now - gap.start() >= pace.usual();
    }

    /** What was waited for is late. */
    void stall() {
        Bucket open = pause.open();
        if (open != null) {
            tally.settle(Bucket.PRODUCTIVE, pause.openSince());
            tally.settle(open, pause.openSince() + settings.phaseLimit().toMillis());
            gap = gap.startingAt(tally.mark());
        }
        pause = pause.over();
        gap = gap.stall();
        tally.interrupted(gap.start());
    }

    /** A time from which on it is waited for progress. */
    void begin(long at) {
        gap = gap.startingAt(at);
    }

    /** Progress was made after a gap. */
    void progress(long at) {
        boolean undisturbed = gap.isWork() && pause.isNone();
        Bucket closed = pause.closed();
        if (gap.stalled()) {
            tally.settle(Bucket.STALLED, stepBegan(at));
            tally.recovered(at);
        } else if (closed != null && pause.hasUntimedEnd()) {
            tally.settle(closed, stepBegan(at));
        }
        tally.settle(Bucket.PRODUCTIVE, at);
        if (undisturbed && at > gap.start()) {
            pace = pace.with(at - gap.start());
        }
        reset(at);
    }

    /** Nothing is known of what comes now but when it begins. */
    void reset(long at) {
        gap = Gap.from(at);
        pause = pause.over();
    }

    void idle(boolean nothingAsked) {
        gap = gap.idle(nothingAsked);
    }

    /** Something is asked for, and nothing comes: no longer idle since the usual time ago. */
    void stuck(long at) {
        if (gap.idle()) {
            long since = stepBegan(at);
            tally.settle(Bucket.PRODUCTIVE, since);
            gap = gap.startingAt(Math.max(gap.start(), since)).idle(false);
        }
    }

    void beginPause(Bucket kind, long at, boolean timed) {
        Bucket open = pause.open();
        if (open == kind || gap.stalled()) {
            return;
        }
        if (open != null) {
            endPause(open, at, true);
        }
        pause = pause.begun(kind, at);
        if (!timed && pause.endedJustBefore(at)) {
            endPause(kind, at, false);
        }
        pause = pause.withoutEarlyEnd();
    }

    void endPause(Bucket kind, long at, boolean timed) {
        if (!pause.isOf(kind)) {
            endPauseEarly(at, timed);
            return;
        }
        if (pause.open() == kind) {
            tally.settle(Bucket.PRODUCTIVE, pause.openSince());
        }
        tally.settle(kind, at);
        pause = pause.ended(kind, timed);
        gap = gap.startingAt(at);
    }

    /** Ends a pause that has not begun. */
    void endPauseEarly(long at, boolean timed) {
        pause = pause.endedEarly(at, timed);
    }

    /** Settles what is certain of a wait: its last step is a step again, and that time is work. */
    void settleUpTo(long now) {
        if (!gap.isWork()) {
            tally.settle(gap.bucket(), stepBegan(now));
        }
    }

    /** Nothing was heard for so long that nothing will be. */
    void giveUp(long at) {
        tally.settle(gap.bucket(), at);
    }

    /** It is interrupted; what was not finished is thrown away. */
    void interrupt(long at) {
        if (gap.stalled()) {
            tally.settle(Bucket.STALLED, at);
        } else {
            settleUntilPause();
            tally.settle(gap.idle() ? Bucket.PRODUCTIVE : Bucket.WASTED, at);
            tally.interrupted(at);
        }
        reset(at);
    }

    /** It ends as it was to. */
    void complete(long at) {
        settleUntilPause();
        Bucket open = pause.open();
        tally.settle(open != null ? open : gap.bucket(), at);
        if (gap.stalled()) {
            tally.recovered(at);
        }
    }

    private void settleUntilPause() {
        if (pause.isOpen()) {
            tally.settle(Bucket.PRODUCTIVE, pause.openSince());
        }
    }
}
