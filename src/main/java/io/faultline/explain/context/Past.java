package io.faultline.explain.context;

import io.faultline.explain.account.Loss;
import io.faultline.model.Change;
import io.faultline.model.Entity;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What is known of the last hours of one subject; at most 20 KiB.
 *
 * @param entity what it is
 * @param changes the last changes, at most {@value #PER_KIND} of a kind, in the order in which they were found
 * @param losses how its loss went, at most {@value #MAX_LOSSES} turns, in the order in which they were known
 * @param latest when something was added last, in milliseconds
 */
public record Past(Entity entity, Change[] changes, Loss[] losses, long latest) {

    /** Frequent saves must not push out the one deploy. */
    static final int PER_KIND = 3;

    static final int MAX_LOSSES = 64;

    static Past of(Entity entity) {
        return new Past(entity, new Change[0], new Loss[0], Long.MIN_VALUE);
    }

    Past with(ContextFact fact) {
        Change change = fact.change();
        Loss loss = fact.loss();
        Change[] moreChanges = changes;
        Loss[] moreLosses = losses;
        long now = latest;
        if (change != null) {
            moreChanges = with(change);
            now = Math.max(now, change.timestamp().toEpochMilli());
        }
        if (loss != null) {
            moreLosses = Arrays.copyOfRange(losses, Math.max(0, losses.length + 1 - MAX_LOSSES), losses.length + 1);
            moreLosses[moreLosses.length - 1] = loss;
            now = Math.max(now, loss.knownAt());
        }
        return new Past(entity.or(fact.entity()), moreChanges, moreLosses, now);
    }

    private Change[] with(Change change) {
        long ofKind = Arrays.stream(changes)
                .filter(known -> known.kind() == change.kind())
                .count();
        boolean[] full = {ofKind >= PER_KIND};
        Stream<Change> kept = Arrays.stream(changes).filter(known -> {
            boolean dropped = full[0] && known.kind() == change.kind();
            full[0] = full[0] && !dropped;
            return !dropped;
        });
        return Stream.concat(kept, Stream.of(change)).toArray(Change[]::new);
    }

    /**
     * The milliseconds lost up to a time; before all that is known none were lost.
     *
     * @param at the time
     * @param known what was known up to then counts
     */
    long lost(long at, long known) {
        long lost = losses.length == 0 ? 0 : losses[0].lost();
        for (Loss loss : losses) {
            if (loss.knownAt() <= known && loss.since() <= at) {
                lost = loss.at(at);
            }
        }
        return lost;
    }

    /** Whether it is losing time; as it was known then. */
    boolean isLosing(long known) {
        boolean losing = false;
        for (Loss loss : losses) {
            losing = loss.knownAt() <= known ? loss.losing() : losing;
        }
        return losing;
    }

    /**
     * How many GPUs it had at a time; where that is not known, how many it had when that was first told.
     *
     * @param at the time
     * @param known what was known up to then counts
     * @return 0 where nobody has said so
     */
    int gpus(long at, long known) {
        int gpus = 0;
        for (Loss loss : losses) {
            boolean counts = loss.knownAt() <= known && loss.gpus() > 0;
            gpus = counts && (gpus == 0 || loss.since() <= at) ? loss.gpus() : gpus;
        }
        return gpus;
    }
}
