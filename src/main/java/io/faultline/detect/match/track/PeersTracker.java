package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.PeersPattern;
import io.faultline.detect.match.track.PeersState.Member;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares the members of a group with each other, round by round. */
public final class PeersTracker implements Tracker<PeersState> {

    private final PeersPattern pattern;
    private final long every;

    public PeersTracker(PeersPattern pattern) {
        this.pattern = pattern;
        this.every = pattern.every().toMillis();
    }

    @Override
    public Tracked<PeersState> feed(@Nullable PeersState state, Moment moment) {
        Findings findings = new Findings();
        PeersState current = state;
        while (current != null && current.end() <= moment.timestamp()) {
            current = moment.isEndOfInput() ? null : judged(current, findings);
        }
        for (Candidate event : moment.events()) {
            boolean counts = Double.isFinite(event.value()) && !event.field().isEmpty();
            current = counts ? with(current, event) : current;
        }
        return current == null ? Tracked.ended(findings) : new Tracked<>(current, findings, current.end());
    }

    private PeersState with(@Nullable PeersState state, Candidate event) {
        if (state == null) {
            long end = Math.floorDiv(event.timestamp(), every) * every + every;
            return new PeersState(end, new Member[] {member(event)});
        }
        Member[] members = state.members();
        for (int i = 0; i < members.length; i++) {
            if (members[i].name().equals(event.field())) {
                Member[] changed = members.clone();
                changed[i] = members[i].with(event);
                return new PeersState(state.end(), changed);
            }
        }
        if (members.length == PeersState.MOST_MEMBERS) {
            return state;
        }
        Member[] more = Arrays.copyOf(members, members.length + 1);
        more[members.length] = member(event);
        return new PeersState(state.end(), more);
    }

    private static Member member(Candidate event) {
        return new Member(event.field(), event.value(), 1, 0, event);
    }

    /** The state after a round; who did not speak in it is no member any more. */
    private @Nullable PeersState judged(PeersState state, Findings findings) {
        List<Member> spoke = Arrays.stream(state.members())
                .filter(member -> member.count() > 0)
                .toList();
        Sorted all = Sorted.of(spoke.stream().mapToDouble(Member::mean).toArray());
        boolean enough = spoke.size() >= pattern.atLeast();
        List<Member> told = new ArrayList<>();
        List<Member> next = new ArrayList<>();
        for (Member member : spoke) {
            boolean odd = enough && isOdd(member.mean(), all);
            Member after = member.nextRound(odd);
            next.add(after);
            if (after.run() == pattern.times()) {
                told.add(member);
            }
        }
        if (!told.isEmpty()) {
            findings.tell(finding(told, all, spoke.size()));
        }
        return next.isEmpty() ? null : new PeersState(state.end() + every, next.toArray(Member[]::new));
    }

    private boolean isOdd(double value, Sorted all) {
        double median = all.median();
        double away = value - median;
        boolean far = Math.abs(away) > pattern.floor() && Math.abs(away) > pattern.score() * all.sigma();
        boolean times = away > 0 ? value > pattern.factor() * median : value < median / pattern.factor();
        return far && times && pattern.direction().holds(away);
    }

    private Finding finding(List<Member> told, Sorted all, int members) {
        told.sort(Comparator.comparing(member -> -Math.abs(member.mean() - all.median())));
        Member worst = told.get(0);
        String others = told.size() == 1 ? "" : "; so are " + names(told.subList(1, told.size()));
        String reason = String.format(
                Locale.ROOT,
                "%s of %s %s: observed %s, the median of %d is %s; %d rounds in a row%s",
                Quote.expression(pattern.value()),
                Quote.expression(pattern.field()),
                worst.name(),
                Quote.number(worst.mean()),
                members,
                Quote.number(all.median()),
                pattern.times(),
                others);
        Candidate last = worst.last();
        Entity cause = told.size() == 1 ? last.entity() : Entity.UNKNOWN;
        return new Finding(
                Instant.ofEpochMilli(last.timestamp()),
                last.entity(),
                cause,
                reason,
                told.stream()
                        .limit(Alert.MAX_EVIDENCE)
                        .map(member -> member.last().evidence(member.name()))
                        .toList());
    }

    private static String names(List<Member> members) {
        return String.join(
                ", ",
                members.stream().limit(Alert.MAX_EVIDENCE).map(Member::name).toList());
    }
}
