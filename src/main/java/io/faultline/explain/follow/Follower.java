package io.faultline.explain.follow;

import io.faultline.model.Alert;
import io.faultline.model.AlertState;
import io.faultline.model.AlertState.Phase;
import io.faultline.model.ContentId;
import io.faultline.model.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one rule's alert about one entity. Time is an argument.
 *
 * <pre>
 *   found ──▶ pending ──(found for long enough)──▶ firing ──(not found for a while)──▶ resolved
 *                │                                   │ ▲                                 │
 *                └──(not found again: forgotten)     ▼ │  (found again: a new alert; often: flapping)
 *                                                 flapping ──(stayed away for the hold-down)──▶ resolved
 * </pre>
 *
 * What was resolved and is found again is a new alert with a new id, unless it is flapping: then it goes on. So none is
 * resolved that did not fire, each is resolved once, and of one rule and entity at most one is open.
 */
final class Follower {

    private static final int MAX_RETURNS = 10;

    /** As an incident's. */
    private static final int ID_BYTES = 8;

    private final FollowSettings settings;
    private @Nullable Followed known;
    private final List<AlertState> told = new ArrayList<>();

    /** @param known null where nothing is known */
    Follower(FollowSettings settings, @Nullable Followed known) {
        this.settings = settings;
        this.known = known;
    }

    /** What is known then; null where nothing is left. */
    @Nullable
    Followed known() {
        return known;
    }

    /** What is to be told, in order. */
    List<AlertState> told() {
        return told;
    }

    /** Takes a finding. One that became certain before the latest is late: it is counted and may bring the start forward, also of one that is resolved. */
    void find(Alert alert) {
        long at = alert.detectedAt().toEpochMilli();
        pass(at);
        Followed before = known;
        boolean over = before != null && before.state().phase() == Phase.RESOLVED;
        if (before == null
                || (over && !alert.detectedAt().isBefore(before.state().endedAt()))) {
            open(alert, at, before);
            return;
        }
        AlertState state = before.state();
        boolean fires = state.phase() == Phase.PENDING
                && at - before.foundAt() >= settings.pending().toMillis();
        tell(
                new AlertState(
                        state.id(),
                        state.revision() + 1,
                        state.rule(),
                        state.entity(),
                        state.title(),
                        higher(state.level(), alert.level()),
                        fires ? Phase.FIRING : state.phase(),
                        earlier(state.startsAt(), alert.startsAt()),
                        later(state.lastSeenAt(), alert.detectedAt()),
                        state.endedAt(),
                        state.count() + 1,
                        state.flaps(),
                        state.first()),
                before.foundAt(),
                before.returns());
    }

    /** Lets time pass up to a moment. */
    void pass(long now) {
        Followed followed = known;
        if (followed == null || now < due(followed)) {
            return;
        }
        AlertState state = followed.state();
        if (state.phase() == Phase.RESOLVED || state.phase() == Phase.PENDING) {
            known = null; // what never fired is not resolved either
            return;
        }
        Instant ended = Instant.ofEpochMilli(due(followed));
        tell(
                new AlertState(
                        state.id(),
                        state.revision() + 1,
                        state.rule(),
                        state.entity(),
                        state.title(),
                        state.level(),
                        Phase.RESOLVED,
                        state.startsAt(),
                        state.lastSeenAt(),
                        ended,
                        state.count(),
                        state.flaps(),
                        state.first()),
                followed.foundAt(),
                followed.returns());
    }

    /** When something happens next even if nothing is found. */
    long due() {
        return known == null ? Long.MAX_VALUE : due(known);
    }

    private long due(Followed followed) {
        long seen = followed.state().lastSeenAt().toEpochMilli();
        return switch (followed.state().phase()) {
            case PENDING, FIRING -> seen + settings.resolveAfter().toMillis();
            case FLAPPING -> seen + settings.holdDown().toMillis();
            // remembered for as long as it may make the next one flap
            case RESOLVED ->
                followed.state().endedAt().toEpochMilli()
                        + settings.flapWindow().toMillis();
        };
    }

    private void open(Alert alert, long at, @Nullable Followed before) {
        long[] returns = before == null ? new long[0] : recent(before.returns(), at);
        boolean flaps = settings.flapCount() > 0 && returns.length >= settings.flapCount();
        Phase phase = flaps ? Phase.FLAPPING : settings.pending().isZero() ? Phase.FIRING : Phase.PENDING;
        tell(
                new AlertState(
                        ContentId.of(ID_BYTES, alert.rule(), alert.entity(), alert.startsAt(), alert.standing()),
                        1,
                        alert.rule(),
                        alert.entity(),
                        alert.title(),
                        alert.level(),
                        phase,
                        alert.startsAt(),
                        alert.detectedAt(),
                        Instant.EPOCH,
                        1,
                        returns.length,
                        alert.fingerprint()),
                at,
                returns);
    }

    private void tell(AlertState state, long foundAt, long[] returns) {
        known = new Followed(state, foundAt, returns);
        told.add(state);
    }

    /** The returns within the window, and this one. */
    private long[] recent(long[] returns, long at) {
        long[] kept = Arrays.stream(returns)
                .filter(time -> time >= at - settings.flapWindow().toMillis())
                .toArray();
        int from = Math.max(0, kept.length - MAX_RETURNS + 1);
        long[] all = Arrays.copyOf(Arrays.copyOfRange(kept, from, kept.length), kept.length - from + 1);
        all[all.length - 1] = at;
        return all;
    }

    private static Level higher(Level one, Level other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
