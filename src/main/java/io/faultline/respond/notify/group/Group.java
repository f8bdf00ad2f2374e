package io.faultline.respond.notify.group;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.control.Silence;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.group.GroupSettings.Flapping;
import io.faultline.respond.notify.route.Labels;
import io.faultline.respond.notify.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Incidents that one receiver is told of together. Time is an argument, and so is what people said.
 *
 * <p>What is told of an incident, and when: that it opened, after the group's wait; that it is worse, open again, over or a
 * part of another one, at most every group interval; that it is still open, each repeat interval, until somebody
 * acknowledges it; that nobody did, to the next of the escalation. While a silence or another incident keeps it quiet
 * nothing is told, and what is still true afterwards is told then. The end of a flapping incident waits for the hold-down.
 */
final class Group {

    /** How often an incident that is kept quiet is looked at again. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private static final Comparator<Member> WORST_FIRST = Comparator.comparing(
                    (Member member) -> member.incident().severity())
            .reversed()
            .thenComparing(member -> member.incident().startedAt())
            .thenComparing(member -> member.incident().id());

    private final GroupSettings settings;
    private final Route route;
    private final Map<String, Member> members;
    private final People people;
    private final List<Notice> notices = new ArrayList<>();
    private final List<Quiet> quiets = new ArrayList<>();
    private GroupState state;

    /**
     * @param members the group's incidents by id; changed as they are told
     */
    Group(GroupSettings settings, GroupState state, Map<String, Member> members, People people) {
        this.settings = settings;
        this.route = settings.route().find(state.route());
        this.state = state;
        this.members = members;
        this.people = people;
    }

    /** What people said, as far as it concerns who is told. */
    interface People {

        /** The silence that keeps an incident quiet now; empty where none does. */
        Optional<Silence> silence(Labels labels, Instant now);

        /** When somebody last acknowledged an incident; null where nobody did. */
        @Nullable
        Instant acknowledgedAt(String incident);
    }

    /** That an incident is kept quiet from now on. */
    record Quiet(String incident, String why) {}

    /** Takes a revision of an incident. */
    void take(Incident incident, String inhibitedBy, long now) {
        Member known = members.get(incident.id());
        if (known == null && incident.state() != Incident.State.OPEN) {
            return; // whoever never heard of it is not told of its end
        }
        members.put(
                incident.id(),
                known == null ? Member.of(incident, inhibitedBy, now) : known.with(incident, inhibitedBy, now));
        if (state.openedAt() == 0) {
            state = new GroupState(state.route(), state.receiver(), now, 0);
        }
    }

    /** Tells what is due. */
    void flush(long now) {
        flush(now, isDue(now));
    }

    /** Tells what is not told yet, since nothing more comes: nobody waits any longer. */
    void end(long now) {
        flush(now, true);
    }

    List<Notice> notices() {
        return notices;
    }

    List<Quiet> quiets() {
        return quiets;
    }

    GroupState state() {
        return state;
    }

    private boolean isDue(long now) {
        return now >= base();
    }

    /** From when on the group may be told: after its wait, and not before its interval has passed. */
    private long base() {
        return state.lastSentAt() == 0
                ? state.openedAt() + route.groupWait().toMillis()
                : state.lastSentAt() + route.groupInterval().toMillis();
    }

    private void flush(long now, boolean due) {
        Map<String, Map<NotifyReason, List<Member>>> news = new LinkedHashMap<>();
        for (Member member : List.copyOf(members.values())) {
            String quiet = quiet(member, now);
            if (!quiet.isEmpty()) {
                keepQuiet(member, quiet);
                continue;
            }
            if (due) {
                collect(member, now, news);
            }
        }
        news.forEach((receiver, byReason) -> byReason.forEach((reason, told) -> tell(receiver, reason, told, 0, now)));
        if (!news.isEmpty()) {
            state = new GroupState(state.route(), state.receiver(), state.openedAt(), now);
        }
        List<Member> ignored = members.values().stream()
                .filter(member -> member.isOpen() && quiet(member, now).isEmpty() && !isAcknowledged(member))
                .toList();
        repeat(ignored, now);
        ignored.forEach(member -> escalate(now(member), now));
        forget(now);
    }

    private void collect(Member member, long now, Map<String, Map<NotifyReason, List<Member>>> news) {
        List<String> receivers = new ArrayList<>(List.of(state.receiver()));
        member.told().everybody().stream()
                .filter(name -> !name.equals(state.receiver()))
                .forEach(receivers::add);
        for (String receiver : receivers) {
            settings.receiver(receiver).map(terms -> reason(terms, member)).ifPresent(reason -> {
                if (reason != NotifyReason.RESOLVED || now >= heldUntil(member)) {
                    news.computeIfAbsent(receiver, key -> new EnumMap<>(NotifyReason.class))
                            .computeIfAbsent(reason, key -> new ArrayList<>())
                            .add(member);
                }
            });
        }
    }

    private static @Nullable NotifyReason reason(ReceiverTerms receiver, Member member) {
        Incident incident = member.incident();
        Level level = member.told().level(receiver.name());
        boolean waits = level != null && !member.told().isOver(receiver.name());
        if (incident.state() == Incident.State.MERGED) {
            // who does not want to hear of ends still has to know where this one goes on
            return waits ? NotifyReason.MERGED : null;
        }
        if (incident.state() == Incident.State.RESOLVED) {
            return waits && receiver.sendResolved() ? NotifyReason.RESOLVED : null;
        }
        if (level == null) {
            return incident.severity().atLeast(receiver.minSeverity()) ? NotifyReason.OPENED : null;
        }
        if (member.told().isOver(receiver.name())) {
            return NotifyReason.REOPENED;
        }
        return incident.severity().compareTo(level) > 0 ? NotifyReason.SEVERITY_RAISED : null;
    }

    /** Until when the end of an incident is not told: a flapping one may open again. */
    private long heldUntil(Member member) {
        Flapping flapping = settings.flapping();
        long from = member.overSince() - flapping.window().toMillis();
        boolean flaps = flapping.count() > 0 && member.reopeningsSince(from) >= flapping.count();
        boolean ends = member.incident().state() == Incident.State.RESOLVED;
        return flaps && ends ? member.overSince() + flapping.holdDown().toMillis() : 0;
    }

    private void repeat(List<Member> ignored, long now) {
        List<Member> due = ignored.stream()
                .map(this::now)
                .filter(member -> isRepeated(member, now))
                .map(Member::repeated)
                .toList();
        if (!due.isEmpty()) {
            due.forEach(member -> members.put(member.incident().id(), member));
            long occasion =
                    due.stream().sorted(WORST_FIRST).findFirst().orElseThrow().repeats();
            tell(state.receiver(), NotifyReason.REPEATED, due, occasion, now);
        }
    }

    private boolean isRepeated(Member member, long now) {
        long interval = route.repeatInterval().toMillis();
        return interval != 0 && member.firstToldAt() != 0 && now >= member.lastToldAt() + interval;
    }

    private void escalate(Member member, long now) {
        List<Route.Escalation> steps = route.escalations();
        for (int step = member.escalated(); step < steps.size() && member.firstToldAt() != 0; step++) {
            if (now < member.firstToldAt() + steps.get(step).after().toMillis()) {
                return;
            }
            members.put(member.incident().id(), now(member).escalated(step + 1));
            tell(steps.get(step).receiver(), NotifyReason.ESCALATED, List.of(member), escalation(member, step), now);
        }
    }

    /** An incident that opens again escalates again: each time its steps have numbers of their own. */
    private static long escalation(Member member, int step) {
        return 100L * member.reopenings().length + step + 1;
    }

    private void tell(String receiver, NotifyReason reason, List<Member> told, long occasion, long now) {
        List<Member> worstFirst = told.stream().sorted(WORST_FIRST).toList();
        List<Incident> others =
                worstFirst.stream().skip(1).map(Member::incident).toList();
        int shown = Math.min(others.size(), Notice.MAX_OTHERS);
        notices.add(new Notice(
                receiver,
                reason,
                worstFirst.get(0).incident(),
                others.subList(0, shown),
                others.size() - shown,
                occasion));
        boolean over = reason == NotifyReason.RESOLVED || reason == NotifyReason.MERGED;
        for (Member member : told) {
            Member known = now(member);
            Told next = known.told().with(receiver, highest(known, receiver), over);
            members.put(known.incident().id(), known.told(next, now));
        }
    }

    private Member now(Member member) {
        return members.getOrDefault(member.incident().id(), member);
    }

    private static Level highest(Member member, String receiver) {
        Level before = member.told().level(receiver);
        Level now = member.incident().severity();
        return before != null && before.compareTo(now) > 0 ? before : now;
    }

    private boolean isAcknowledged(Member member) {
        Instant at = people.acknowledgedAt(member.incident().id());
        return at != null && at.toEpochMilli() >= member.openSince();
    }

    /** Why an incident is not told now; empty where it may be. */
    private String quiet(Member member, long now) {
        if (!member.isOpen()) {
            return "";
        }
        if (!member.inhibitedBy().isEmpty()) {
            return "incident " + member.inhibitedBy() + " is open";
        }
        return people.silence(Labels.of(member.incident()), Instant.ofEpochMilli(now))
                .map(silence -> "silence " + silence.id() + " of " + silence.author() + ": " + silence.reason())
                .orElse("");
    }

    private void keepQuiet(Member member, String why) {
        if (!member.quiet().equals(why)) {
            quiets.add(new Quiet(member.incident().id(), why));
            members.put(member.incident().id(), member.quiet(why));
        }
    }

    /** Incidents that are over and told so, or that nobody waits for, after the retention; a group without open ones starts anew. */
    private void forget(long now) {
        members.values()
                .removeIf(member -> !member.isOpen()
                        && (member.told().everybody().isEmpty()
                                || now
                                        >= member.overSince()
                                                + settings.retention().toMillis()));
        if (members.values().stream().noneMatch(this::isUnsettled)) {
            state = new GroupState(state.route(), state.receiver(), 0, 0);
        }
    }

    private boolean isUnsettled(Member member) {
        return member.isOpen() || settings.receivers().stream().anyMatch(terms -> isAwaited(terms, member));
    }

    private static boolean isAwaited(ReceiverTerms terms, Member member) {
        return member.told().level(terms.name()) != null && reason(terms, member) != null;
    }

    /** When something is due next even if nothing comes; {@link Long#MAX_VALUE} where nothing is. */
    long nextDue(long now) {
        long next = Long.MAX_VALUE;
        for (Member member : members.values()) {
            next = Math.min(next, nextDue(member, now));
        }
        return Math.max(next, now + 1);
    }

    private long nextDue(Member member, long now) {
        if (!member.isOpen()) {
            long forgotten = member.overSince() + settings.retention().toMillis();
            return isUnsettled(member) ? Math.min(forgotten, Math.max(base(), heldUntil(member))) : forgotten;
        }
        if (!quiet(member, now).isEmpty()) {
            return now + AGAIN.toMillis();
        }
        long next = settings.receivers().stream().anyMatch(terms -> concerns(terms, member)) ? base() : Long.MAX_VALUE;
        if (member.firstToldAt() == 0 || isAcknowledged(member)) {
            return next;
        }
        if (!route.repeatInterval().isZero()) {
            next = Math.min(next, member.lastToldAt() + route.repeatInterval().toMillis());
        }
        return member.escalated() < route.escalations().size()
                ? Math.min(
                        next,
                        member.firstToldAt()
                                + route.escalations()
                                        .get(member.escalated())
                                        .after()
                                        .toMillis())
                : next;
    }

    private boolean concerns(ReceiverTerms terms, Member member) {
        boolean here = terms.name().equals(state.receiver()) || member.told().level(terms.name()) != null;
        return here && reason(terms, member) != null;
    }
}
