package io.faultline.explain.follow;

import static io.faultline.model.Instants.earlier;
import static io.faultline.model.Instants.later;

import io.faultline.model.Alert;
import io.faultline.model.AlertState;
import io.faultline.model.AlertState.Phase;
import io.faultline.model.ContentId;
import io.faultline.model.Ending;
import io.faultline.model.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The life of one rule's alert about one entity. Time is an argument.
 *
 * <pre>
 *   found ──▶ pending ──(found for long enough)──▶ firing ──(its rule saw its end, or not found for a while)──▶ resolved
 *                │                                   │ ▲                                                      │
 *                └──(ended or not found again:       ▼ │                       (found again: a new alert; often: flapping)
 *                    forgotten)
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
                        state.endedBy(),
                        state.first()),
                before.foundAt(),
                before.returns(),
                resolveAfter(alert),
                at < before.overAt() ? before.overAt() : 0);
    }

    /**
     * Takes the word of the rule that the alert is over. What is pending never fired and is forgotten; what flaps has to
     * stay away from then on; what was found after that, or is resolved, stays as it is.
     */
    void end(Ending ending) {
        long at = ending.endedAt().toEpochMilli();
        pass(at);
        Followed before = known;
        if (before == null) {
            return;
        }
        Instant seen = before.state().lastSeenAt();
        if (ending.foundAt().isBefore(seen) || ending.endedAt().isBefore(seen)) {
            return;
        }
        switch (before.state().phase()) {
            case PENDING -> known = null;
            case FIRING -> resolve(before, ending.endedAt(), ending.reason());
            case FLAPPING ->
                known = new Followed(
                        before.state(),
                        before.foundAt(),
                        before.returns(),
                        before.resolveAfter(),
                        Math.max(at, before.overAt()));
            case RESOLVED -> {
                // it is told once
            }
        }
    }

    /** Lets time pass up to a moment. */
    void pass(long now) {
        while (now >= due()) {
            passNext();
        }
    }

    private void passNext() {
        Followed followed = Objects.requireNonNull(known);
        Phase phase = followed.state().phase();
        if (phase == Phase.RESOLVED || phase == Phase.PENDING) {
            known = null; // what never fired is not resolved either
            return;
        }
        resolve(followed, Instant.ofEpochMilli(due(followed)), "");
    }

    private void resolve(Followed followed, Instant at, String by) {
        AlertState state = followed.state();
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
                        at,
                        state.count(),
                        state.flaps(),
                        by,
                        state.first()),
                followed.foundAt(),
                followed.returns(),
                followed.resolveAfter(),
                0);
    }

    /** When something happens next even if nothing is found. */
    long due() {
        return known == null ? Long.MAX_VALUE : due(known);
    }

    private long due(Followed followed) {
        long seen = followed.state().lastSeenAt().toEpochMilli();
        long away = settings.holdDown().toMillis();
        return switch (followed.state().phase()) {
            case PENDING, FIRING -> seen + followed.resolveAfter();
            case FLAPPING ->
                followed.overAt() > 0 ? followed.overAt() + away : seen + Math.max(away, followed.resolveAfter());
            // remembered for as long as it may make the next one flap
            case RESOLVED ->
                followed.state().endedAt().toEpochMilli()
                        + settings.flapWindow().toMillis();
        };
    }

    private long resolveAfter(Alert alert) {
        return alert.resolveAfterSeconds() > 0
                ? TimeUnit.SECONDS.toMillis(alert.resolveAfterSeconds())
                : settings.resolveAfter().toMillis();
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
                        "",
                        alert.fingerprint()),
                at,
                returns,
                resolveAfter(alert),
                0);
    }

    private void tell(AlertState state, long foundAt, long[] returns, long resolveAfter, long overAt) {
        known = new Followed(state, foundAt, returns, resolveAfter, overAt);
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
}
