package io.faultline.respond.notify;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * What one receiver is still to be told, and when it may be: never more in any span than its {@link Rate}, the most
 * severe first. The last quarter of the rate is kept for what is urgent. What has waited too long goes together with the
 * next message; so does everything where more waits than anybody would read.
 *
 * @param <T> what belongs to a notice
 */
final class Backlog<T> {

    /** More messages than this are no news but noise. */
    static final int MAX_WAITING = 100;

    private static final Comparator<Entry<?>> MOST_SEVERE_FIRST = Comparator.<Entry<?>, Level>comparing(
                    entry -> entry.notice().incident().severity())
            .reversed()
            .thenComparing(Entry::number);

    private final Rate rate;
    private final Duration patience;
    private final PriorityQueue<Entry<T>> waiting = new PriorityQueue<>(MOST_SEVERE_FIRST);

    /** When the last messages were sent, as many as the rate allows in its span. */
    private final Deque<Instant> sent = new ArrayDeque<>();

    private long number;

    /**
     * @param patience how long a notice waits to be told by itself
     */
    Backlog(Rate rate, Duration patience) {
        this.rate = rate;
        this.patience = patience;
    }

    /** A notice that waits. */
    record Entry<T>(Notice notice, T owner, Instant since, long number) {}

    /** What to do now. */
    sealed interface Next<T> {}

    /** Tell this, for all of these. */
    record Tell<T>(Notice notice, List<T> owners) implements Next<T> {}

    /** Ask again after this time. */
    record Wait<T>(Duration time) implements Next<T> {}

    /** Nothing waits. */
    record Nothing<T>() implements Next<T> {}

    void add(Notice notice, T owner, Instant now) {
        waiting.add(new Entry<>(notice, owner, now, number++));
    }

    int size() {
        return waiting.size();
    }

    /** Forgets what nobody waits for any more. */
    void removeIf(Predicate<T> done) {
        waiting.removeIf(entry -> done.test(entry.owner()));
    }

    /** Counts a message that was sent without being asked for here: another attempt. */
    void sentAgain(Instant now) {
        count(now);
    }

    /** The next message, which counts as sent then. */
    Next<T> next(Instant now) {
        Entry<T> head = waiting.peek();
        if (head == null) {
            return new Nothing<>();
        }
        boolean late = waiting.size() > MAX_WAITING || waiting.stream().anyMatch(entry -> isLate(entry, now));
        boolean urgent = head.notice().incident().severity().atLeast(Level.HIGH);
        Duration pause = pause(now, urgent || late);
        if (!pause.isZero()) {
            return new Wait<>(late ? pause : shorter(pause, untilLate(now)));
        }
        count(now);
        return tell(now);
    }

    private Tell<T> tell(Instant now) {
        Entry<T> head = waiting.remove();
        boolean all = rate.isLimited() && (isLate(head, now) || waiting.size() >= MAX_WAITING);
        List<Entry<T>> with = waiting.stream()
                .filter(entry -> rate.isLimited() && (all || isLate(entry, now)))
                .sorted(MOST_SEVERE_FIRST)
                .toList();
        waiting.removeAll(with);
        List<T> owners = new ArrayList<>(List.of(head.owner()));
        with.forEach(entry -> owners.add(entry.owner()));
        return new Tell<>(digest(head.notice(), with.stream().map(Entry::notice).toList()), owners);
    }

    /** One notice of several: the first in full, of each other incident the latest that is known. */
    private static Notice digest(Notice first, List<Notice> others) {
        if (others.isEmpty()) {
            return first;
        }
        Map<String, Incident> incidents = new LinkedHashMap<>();
        first.others().forEach(incident -> put(incidents, incident));
        int more = first.more();
        for (Notice other : others) {
            put(incidents, other.incident());
            other.others().forEach(incident -> put(incidents, incident));
            more += other.more();
        }
        incidents.remove(first.incident().id());
        List<Incident> worst = incidents.values().stream()
                .sorted(Comparator.comparing(Incident::severity).reversed())
                .limit(Notice.MAX_OTHERS)
                .toList();
        int hidden = more + incidents.size() - worst.size();
        return new Notice(first.receiver(), first.reason(), first.incident(), worst, hidden, first.occasion());
    }

    private static void put(Map<String, Incident> incidents, Incident incident) {
        incidents.merge(incident.id(), incident, (a, b) -> a.revision() >= b.revision() ? a : b);
    }

    private boolean isLate(Entry<T> entry, Instant now) {
        return Duration.between(entry.since(), now).compareTo(patience) >= 0;
    }

    private Duration untilLate(Instant now) {
        return waiting.stream()
                .map(entry -> Duration.between(now, entry.since().plus(patience)))
                .min(Comparator.naturalOrder())
                .orElse(patience);
    }

    /** How long until another message may go; zero for now. */
    private Duration pause(Instant now, boolean whole) {
        if (!rate.isLimited()) {
            return Duration.ZERO;
        }
        Instant latest = sent.peekLast();
        if (latest != null && now.isBefore(latest.plus(rate.gap()))) {
            return Duration.between(now, latest.plus(rate.gap()));
        }
        int allowed = whole ? rate.count() : Math.max(1, rate.count() - rate.count() / 4);
        int skipped = sent.size() - allowed;
        return skipped < 0
                ? Duration.ZERO
                : sent.stream()
                        .skip(skipped)
                        .findFirst()
                        .map(time -> Duration.between(now, time.plus(rate.period())))
                        .filter(pause -> !pause.isNegative())
                        .orElse(Duration.ZERO);
    }

    private void count(Instant now) {
        if (rate.isLimited()) {
            sent.addLast(now);
            if (sent.size() > rate.count()) {
                sent.removeFirst();
            }
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
