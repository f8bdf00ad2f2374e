package io.faultline.explain.correlate;

import static io.faultline.model.Instants.earlier;
import static io.faultline.model.Instants.later;

import io.faultline.model.Alert;
import io.faultline.model.ContentId;
import io.faultline.model.Ending;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A story that may still grow: what {@link CorrelateFunction} keeps. It holds at most {@link CorrelateSettings#maxAlerts}
 * alerts (and the first alert of each further rule) of at most 20 lines of 500 characters, usually a few KiB.
 *
 * @param id its name
 * @param openedAt when its first alert became certain
 * @param startedAt the time of its first evidence
 * @param endedAt the time of its last evidence
 * @param onset when it really began; before {@code startedAt} where a time-out says so
 * @param lastAlertAt when its last alert became certain, or its last evidence where that is later
 * @param links what its alerts are about, at most {@value #MAX_LINKS}
 * @param alerts its alerts
 * @param holds until when its alerts keep it open, at most some 500
 * @param cameBack whether it was resolved before
 * @param uncounted how many alerts were counted and not kept
 * @param revision the last one told; 0 before the first
 * @param toldAt when that was; null before the first
 * @param changedAt since when there is something new to tell; null where there is nothing
 * @param resolvedAt when it ended; null while it is open
 */
public record OpenStory(
        String id,
        Instant openedAt,
        Instant startedAt,
        Instant endedAt,
        Instant onset,
        Instant lastAlertAt,
        String[] links,
        Alert[] alerts,
        Hold[] holds,
        boolean cameBack,
        int uncounted,
        int revision,
        @Nullable Instant toldAt,
        @Nullable Instant changedAt,
        @Nullable Instant resolvedAt) {

    /** A job on 256 nodes of which every one spoke; more names join nothing new. */
    static final int MAX_LINKS = 512;

    private static final int ID_BYTES = 8;

    /** The oldest first; what opened together is told apart by name. */
    static final Comparator<OpenStory> BY_AGE =
            Comparator.comparing(OpenStory::openedAt).thenComparing(OpenStory::id);

    static final Comparator<Alert> BY_CERTAINTY = Comparator.comparing(Alert::detectedAt)
            .thenComparing(Alert::startsAt)
            .thenComparing(Alert::fingerprint);

    static OpenStory of(String cluster, Alert first, Set<String> links) {
        Instant at = first.detectedAt();
        OpenStory empty = new OpenStory(
                ContentId.of(ID_BYTES, cluster, first.rule(), first.entity(), first.startsAt()),
                at,
                first.startsAt(),
                first.startsAt(),
                Onset.of(first),
                at,
                new String[0],
                new Alert[0],
                new Hold[0],
                false,
                0,
                0,
                null,
                null,
                null);
        return empty.with(first, links, 1);
    }

    boolean isResolved() {
        return resolvedAt != null;
    }

    boolean isTold() {
        return revision > 0;
    }

    boolean has(Alert alert) {
        return Arrays.stream(alerts).anyMatch(known -> known.fingerprint().equals(alert.fingerprint()));
    }

    boolean shares(Set<String> others) {
        return Arrays.stream(links).anyMatch(link -> Links.isShared(link, others));
    }

    boolean isNear(Alert alert, Duration attach) {
        return !Onset.of(alert).isAfter(lastAlertAt.plus(attach)) && !end(alert).isBefore(onset.minus(attach));
    }

    /** This story with one more alert. An anomaly neither prolongs it nor adds links: it illustrates. */
    OpenStory with(Alert alert, Set<String> itsLinks, int maxAlerts) {
        boolean news = Arrays.stream(alerts).noneMatch(known -> known.rule().equals(alert.rule()))
                || alert.level().compareTo(level()) > 0;
        boolean kept = alerts.length < maxAlerts || news;
        boolean rule = alert.kind() == Alert.Kind.RULE_MATCH;
        return new OpenStory(
                id,
                openedAt,
                earlier(startedAt, rule ? alert.startsAt() : startedAt),
                later(endedAt, rule ? lastLine(alert) : endedAt),
                earlier(onset, rule ? Onset.of(alert) : onset),
                later(lastAlertAt, rule ? end(alert) : lastAlertAt),
                rule ? union(links, itsLinks.stream()) : links,
                kept ? sorted(Stream.concat(Arrays.stream(alerts), Stream.of(alert))) : alerts,
                rule ? Hold.with(holds, alert, end(alert)) : holds,
                cameBack || (rule && isResolved()),
                kept ? uncounted : uncounted + 1,
                revision,
                toldAt,
                news || (rule && isResolved()) ? changed(alert.detectedAt()) : changedAt,
                rule ? null : resolvedAt);
    }

    /** This story and a younger one that turned out to be a part of it. */
    OpenStory with(OpenStory younger, Instant at, int maxAlerts) {
        Alert[] all = sorted(Stream.concat(Arrays.stream(alerts), Arrays.stream(younger.alerts)));
        Alert[] kept = kept(all, maxAlerts);
        return new OpenStory(
                id,
                openedAt,
                earlier(startedAt, younger.startedAt),
                later(endedAt, younger.endedAt),
                earlier(onset, younger.onset),
                later(lastAlertAt, younger.lastAlertAt),
                union(links, Arrays.stream(younger.links)),
                kept,
                Hold.merged(Arrays.stream(holds), Arrays.stream(younger.holds)),
                cameBack || younger.cameBack || isResolved() || younger.isResolved(),
                uncounted + younger.uncounted + all.length - kept.length,
                revision,
                toldAt,
                changed(at),
                null);
    }

    /** Whether they were going on within this time of each other. */
    boolean isNear(OpenStory other, Duration attach) {
        return !other.onset.isAfter(lastAlertAt.plus(attach)) && !onset.isAfter(other.lastAlertAt.plus(attach));
    }

    /** Whether it is open for an alert of the same rule about the same. */
    boolean isHeldBy(Alert alert, Duration attach) {
        return !isResolved()
                && Arrays.stream(holds)
                        .anyMatch(hold -> !hold.isOver()
                                && hold.what().equals(Hold.what(alert))
                                && !hold.until(attach).isBefore(alert.detectedAt()));
    }

    boolean isHeldBy(Ending ending) {
        return !isResolved()
                && Arrays.stream(holds).anyMatch(hold -> hold.what().equals(Hold.what(ending)));
    }

    OpenStory without(Ending ending) {
        return new OpenStory(
                id,
                openedAt,
                startedAt,
                endedAt,
                onset,
                lastAlertAt,
                links,
                alerts,
                Hold.with(holds, ending),
                cameBack,
                uncounted,
                revision,
                toldAt,
                changedAt,
                resolvedAt);
    }

    /** When it is over if nothing more comes. One that came back is not believed to be over before it was quiet for a while. */
    Instant end(Duration attach) {
        Instant end = cameBack ? lastAlertAt.plus(attach) : startedAt;
        for (Hold hold : holds) {
            end = later(end, hold.until(attach));
        }
        return end;
    }

    /** Whether the rules of all its alerts saw their ends. */
    boolean isOver() {
        return !cameBack && Arrays.stream(holds).allMatch(Hold::isOver);
    }

    OpenStory told(Instant at) {
        return new OpenStory(
                id,
                openedAt,
                startedAt,
                endedAt,
                onset,
                lastAlertAt,
                links,
                alerts,
                holds,
                cameBack,
                uncounted,
                revision + 1,
                at,
                null,
                resolvedAt);
    }

    OpenStory resolved(Instant at) {
        return new OpenStory(
                id,
                openedAt,
                startedAt,
                endedAt,
                onset,
                lastAlertAt,
                links,
                alerts,
                holds,
                cameBack,
                uncounted,
                revision,
                toldAt,
                changedAt,
                at);
    }

    Story toStory(String mergedInto) {
        Incident.State life = isResolved() ? Incident.State.RESOLVED : Incident.State.OPEN;
        return new Story(
                id,
                revision,
                mergedInto.isEmpty() ? life : Incident.State.MERGED,
                mergedInto,
                startedAt,
                endedAt,
                alerts,
                alerts.length + uncounted);
    }

    private Instant changed(Instant at) {
        return changedAt == null ? at : changedAt;
    }

    private Level level() {
        return Arrays.stream(alerts)
                .map(Alert::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.INFORMATIONAL);
    }

    private static Instant end(Alert alert) {
        return later(alert.detectedAt(), lastLine(alert));
    }

    private static Instant lastLine(Alert alert) {
        Instant last = alert.startsAt();
        for (var line : alert.evidence()) {
            last = later(last, line.timestamp());
        }
        return last;
    }

    /** The first ones, and of the others the first of each rule that is not among them. */
    private static Alert[] kept(Alert[] all, int maxAlerts) {
        Set<String> rules = new HashSet<>();
        List<Alert> kept = new ArrayList<>();
        for (Alert alert : all) {
            if (rules.add(alert.rule()) || kept.size() < maxAlerts) {
                kept.add(alert);
            }
        }
        return kept.toArray(Alert[]::new);
    }

    private static Alert[] sorted(Stream<Alert> alerts) {
        return alerts.sorted(BY_CERTAINTY).toArray(Alert[]::new);
    }

    private static String[] union(String[] some, Stream<String> others) {
        return Stream.concat(Arrays.stream(some), others)
                .distinct()
                .limit(MAX_LINKS)
                .toArray(String[]::new);
    }
}
