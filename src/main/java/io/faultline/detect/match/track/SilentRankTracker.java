package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.SilentRankPattern;
import io.faultline.detect.match.track.SilentRankState.Group;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import io.faultline.model.Ranks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names the ranks that do not tell what the others tell. Who waits tells that it waited; who is waited for tells nothing, or
 * is behind.
 */
public final class SilentRankTracker implements Tracker<SilentRankState> {

    /** One line less than an alert quotes: the last is what ended the waiting. */
    private static final int MOST_QUOTED = Alert.MAX_EVIDENCE - 1;

    private final SilentRankPattern pattern;

    public SilentRankTracker(SilentRankPattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Tracked<SilentRankState> feed(@Nullable SilentRankState state, Moment moment) {
        Findings findings = new Findings();
        SilentRankState current = state == null ? SilentRankState.EMPTY : state;
        if (moment.timestamp() >= due(current)) {
            // That the others said nothing until the input's end says nothing of them, but that they are behind does.
            finding(current, moment.isEndOfInput(), null).ifPresent(findings::tell);
            current = current.closed();
        }
        for (Candidate event : moment.events()) {
            current = after(current, event, findings);
        }
        long end = current.last() + pattern.maxSilence().toMillis();
        boolean over = current.equals(SilentRankState.EMPTY) || moment.timestamp() >= end;
        return over ? Tracked.ended(findings) : new Tracked<>(current, findings, Math.min(due(current), end));
    }

    private long due(SilentRankState state) {
        return state.opened() == SilentRankState.NEVER
                ? Tracked.NEVER
                : state.opened() + pattern.within().toMillis();
    }

    private SilentRankState after(SilentRankState state, Candidate event, Findings findings) {
        if (event.has(SilentRankPattern.STOP)) {
            // Who has not told by now will not any more.
            finding(state, false, event).ifPresent(findings::tell);
            return SilentRankState.EMPTY;
        }
        String rank = event.entity().rank();
        Ranks seen = rank == null ? state.seen() : state.seen().with(rank);
        boolean told = event.has(SilentRankPattern.TOLD);
        if (!told || rank == null || Ranks.numberOf(rank) < 0) {
            // The field of what is told is a process group, that of others how many ranks there are.
            int world = told ? state.world() : Math.max(state.world(), Ranks.numberOf(event.field()));
            return new SilentRankState(seen, world, state.opened(), state.groups(), state.quoted(), event.timestamp());
        }
        long opened = state.opened() == SilentRankState.NEVER ? event.timestamp() : state.opened();
        Candidate[] quoted = state.quoted();
        if (quoted.length < MOST_QUOTED) {
            quoted = Arrays.copyOf(quoted, quoted.length + 1);
            quoted[quoted.length - 1] = event;
        }
        Group[] groups = with(state.groups(), event.field(), rank, event.value());
        return new SilentRankState(seen, state.world(), opened, groups, quoted, event.timestamp());
    }

    private static Group[] with(Group[] groups, String name, String rank, double value) {
        for (int i = 0; i < groups.length; i++) {
            if (groups[i].name().equals(name)) {
                Group[] changed = groups.clone();
                changed[i] = groups[i].with(rank, value);
                return changed;
            }
        }
        if (groups.length == SilentRankState.MOST_GROUPS) {
            return groups;
        }
        Group[] more = Arrays.copyOf(groups, groups.length + 1);
        more[groups.length] = Group.empty(name).with(rank, value);
        return more;
    }

    /** @param stop what ended the waiting; null where its time was over */
    private Optional<Finding> finding(SilentRankState state, boolean cutOff, @Nullable Candidate stop) {
        if (state.opened() == SilentRankState.NEVER) {
            return Optional.empty();
        }
        Group group = Arrays.stream(state.groups())
                .max(Comparator.comparing(one -> one.told().toBitSet().cardinality()))
                .orElseThrow();
        BitSet all = all(state);
        BitSet silent = (BitSet) all.clone();
        for (Group one : state.groups()) {
            silent.andNot(one.told().toBitSet());
        }
        // Where most are silent it is their logs that are missing.
        boolean missing = !silent.isEmpty() && 2 * silent.cardinality() <= all.cardinality() && !cutOff;
        boolean behind = group.low() < group.high();
        if (!missing && !behind) {
            return Optional.empty();
        }
        BitSet guilty = missing ? silent : group.lowest().toBitSet();
        String reason = (missing ? told(silent, all.cardinality()) : "")
                + (missing && behind ? "; " : "")
                + (behind ? lag(group) : "");
        Candidate first = state.quoted()[0];
        Finding finding = new Finding(
                Instant.ofEpochMilli(state.opened()),
                first.entity(),
                guilty.cardinality() == 1 ? rank(first.entity(), guilty.nextSetBit(0)) : Entity.UNKNOWN,
                reason,
                evidence(state, stop));
        return Optional.of(finding.witnessedBy(group.told()));
    }

    private static List<Evidence> evidence(SilentRankState state, @Nullable Candidate stop) {
        List<Evidence> evidence = new ArrayList<>();
        Arrays.stream(state.quoted()).forEach(event -> evidence.add(event.evidence("told")));
        if (stop != null) {
            evidence.add(stop.evidence("stop"));
        }
        return evidence;
    }

    /** The ranks that there are, as far as is known: they are numbered from 0. */
    private BitSet all(SilentRankState state) {
        int world = Math.max(pattern.worldSize(), state.world());
        BitSet all = state.seen().toBitSet();
        all.set(0, Math.max(world, all.length()));
        return all;
    }

    private static String told(BitSet silent, int all) {
        return String.format(
                Locale.ROOT, "%d of %d ranks told nothing: %s", silent.cardinality(), all, Ranks.text(silent));
    }

    private String lag(Group group) {
        return String.format(
                Locale.ROOT,
                "%s: ranks %s are at %s, others at %s%s",
                Quote.expression(pattern.value()),
                group.lowest(),
                Quote.number(group.low()),
                Quote.number(group.high()),
                group.name().isEmpty() ? "" : " in process group " + group.name());
    }

    private static Entity rank(Entity of, int rank) {
        return Entity.ofJob(of.job() == null ? "" : of.job())
                .with(Entity.Level.CLUSTER, of.cluster())
                .with(Entity.Level.RANK, String.valueOf(rank));
    }
}
