package io.faultline.explain.correlate;

import static io.faultline.model.Instants.earlier;
import static io.faultline.model.Instants.later;

import io.faultline.model.Alert;
import io.faultline.model.Ending;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which alerts are one story. Two alerts are, when they share a job, a node, a replica or a GPU and lie within
 * {@link CorrelateSettings#attach} of each other; an alert that shares with two stories makes them one. Stories that a
 * part of the cluster explains, a rack, a switch, a driver's version, become one before they are told.
 *
 * <p>Time is an argument. Between two alerts everything happens that was due between them, so the answer does not depend
 * on how large the steps are in which time is told.
 */
final class Correlator {

    private final CorrelateSettings settings;
    private final CommonCause commonCause;
    private final OpenStories stories;
    private final List<Story> told = new ArrayList<>();

    Correlator(CorrelateSettings settings, CommonCause commonCause, OpenStories stories) {
        this.settings = settings;
        this.commonCause = commonCause;
        this.stories = stories;
    }

    /**
     * Takes alerts and endings in any order and then lets time pass.
     *
     * @param alerts alerts that became certain up to then; earlier ones than were taken before are late and still taken
     * @param endings which of the alerts are over
     * @param now no alert that becomes certain up to this time will come any more
     * @return what is to be told, in order
     */
    List<Story> advance(Collection<Alert> alerts, Collection<Ending> endings, Instant now) {
        take(alerts, endings);
        while (fireNext(now, true)) {}
        return told();
    }

    /**
     * Takes the last alerts and endings and tells what is untold. Input has ended, time has not passed: what is open stays
     * open, but for stories whose rules saw the end of all that they told.
     */
    List<Story> end(Collection<Alert> alerts, Collection<Ending> endings) {
        take(alerts, endings);
        untold().forEach(story -> join(story.id(), due(story)));
        untold().forEach(story -> tell(story, due(story)));
        stories.all().stream()
                .filter(story -> !story.isResolved() && story.isOver())
                .sorted(OpenStory.BY_AGE)
                .toList()
                .forEach(story -> tell(story.resolved(end(story)), end(story)));
        return told();
    }

    private List<OpenStory> untold() {
        return stories.all().stream()
                .filter(story -> !story.isTold() || story.changedAt() != null)
                .sorted(OpenStory.BY_AGE)
                .toList();
    }

    /** When something happens next even if no alert comes; null where nothing does. */
    @Nullable
    Instant nextDue() {
        return Stream.concat(
                        stories.all().stream().map(this::due),
                        stories.anomalies().stream().limit(1).map(this::expiry))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private List<Story> told() {
        List<Story> now = List.copyOf(told);
        told.clear();
        return now;
    }

    private void take(Collection<Alert> alerts, Collection<Ending> endings) {
        Deque<Ending> over =
                new ArrayDeque<>(endings.stream().sorted(Ending.IN_ORDER).toList());
        alerts.stream().sorted(OpenStory.BY_CERTAINTY).forEach(alert -> {
            while (!over.isEmpty() && over.peek().isBefore(alert)) {
                take(over.poll());
            }
            take(alert);
        });
        over.forEach(this::take);
    }

    private void take(Alert alert) {
        while (fireNext(alert.detectedAt(), false)) {}
        if (alert.kind() == Alert.Kind.ANOMALY) {
            attachAnomaly(alert);
        } else {
            join(alert);
        }
    }

    private void take(Ending ending) {
        while (fireNext(ending.endedAt(), false)) {}
        stories.all().stream()
                .filter(story -> story.isHeldBy(ending))
                .toList()
                .forEach(story -> stories.put(story.without(ending)));
    }

    private void join(Alert alert) {
        Set<String> links = links(alert);
        List<OpenStory> same = sharing(alert, links);
        if (same.stream().anyMatch(story -> story.has(alert))) {
            return;
        }
        OpenStory story = same.isEmpty()
                ? OpenStory.of(stories.cluster(), alert, links)
                : joined(same, alert.detectedAt()).with(alert, links, settings.maxAlerts());
        stories.put(withWaitingAnomalies(story));
        if (same.isEmpty()) {
            makeRoom(story, alert.detectedAt());
        }
    }

    /** The first of them, which is the oldest, and the others in it. */
    private OpenStory joined(List<OpenStory> same, Instant at) {
        OpenStory story = same.get(0);
        for (OpenStory younger : same.subList(1, same.size())) {
            story = story.with(younger, at, settings.maxAlerts());
            stories.remove(younger);
            if (younger.isTold()) {
                told.add(younger.told(at).toStory(story.id()));
            }
        }
        return story;
    }

    /** Joins a story with those that it has a cause in common with. */
    private void join(String id, Instant at) {
        OpenStory story = stories.story(id);
        if (story == null || commonCause.knowsNothing()) {
            return;
        }
        List<OpenStory> near = stories.all().stream()
                .filter(other -> !other.isResolved() && other.isNear(story, settings.attach()))
                .sorted(OpenStory.BY_AGE)
                .toList();
        List<OpenStory> same = Relatives.of(story, near, commonCause);
        if (same.size() > 1) {
            stories.put(joined(same, at));
        }
    }

    private Set<String> links(Alert alert) {
        return Links.of(alert, commonCause.jobsOfNodes());
    }

    private List<OpenStory> sharing(Alert alert, Set<String> links) {
        return stories.all().stream()
                .filter(story -> story.shares(links)
                        && (story.isNear(alert, settings.attach()) || story.isHeldBy(alert, settings.attach())))
                .sorted(OpenStory.BY_AGE)
                .toList();
    }

    private void attachAnomaly(Alert anomaly) {
        Set<String> links = links(anomaly);
        List<OpenStory> same = sharing(anomaly, links).stream()
                .filter(story -> !story.isResolved())
                .toList();
        if (same.stream().anyMatch(story -> story.has(anomaly))) {
            return;
        }
        if (!same.isEmpty()) {
            stories.put(same.get(0).with(anomaly, links, settings.maxAlerts()));
            return;
        }
        List<Alert> waiting = new ArrayList<>(stories.anomalies());
        waiting.removeIf(known -> known.fingerprint().equals(anomaly.fingerprint()));
        waiting.add(anomaly);
        waiting.sort(OpenStory.BY_CERTAINTY);
        int surplus = Math.max(0, waiting.size() - settings.maxAnomalies());
        stories.anomalies(new ArrayList<>(waiting.subList(surplus, waiting.size())));
    }

    private OpenStory withWaitingAnomalies(OpenStory story) {
        OpenStory grown = story;
        List<Alert> waiting = new ArrayList<>();
        for (Alert anomaly : stories.anomalies()) {
            Set<String> links = links(anomaly);
            if (story.shares(links) && story.isNear(anomaly, settings.attach())) {
                grown = grown.with(anomaly, links, settings.maxAlerts());
            } else {
                waiting.add(anomaly);
            }
        }
        stories.anomalies(waiting);
        return grown;
    }

    /** Ends the quietest story where there are too many: a resolved one first, never the newest. */
    private void makeRoom(OpenStory newest, Instant at) {
        if (stories.all().size() <= settings.maxStories()) {
            return;
        }
        OpenStory quietest = stories.all().stream()
                .filter(story -> !story.id().equals(newest.id()))
                .min(Comparator.comparing((OpenStory story) -> !story.isResolved())
                        .thenComparing(OpenStory::lastAlertAt)
                        .thenComparing(OpenStory.BY_AGE))
                .orElseThrow();
        if (!quietest.isResolved()) {
            OpenStory known = quietest.isTold() ? quietest : tell(quietest, at);
            tell(known.resolved(at), at);
        }
        stories.remove(quietest);
    }

    /** Does what is due first, if that is before the limit; says whether there was such a thing. */
    private boolean fireNext(Instant limit, boolean inclusive) {
        Instant next = nextDue();
        if (next == null || (inclusive ? next.isAfter(limit) : !next.isBefore(limit))) {
            return false;
        }
        stories.anomalies().removeIf(anomaly -> !expiry(anomaly).isAfter(next));
        stories.all().stream()
                .filter(story -> !due(story).isAfter(next))
                .sorted(OpenStory.BY_AGE)
                .toList()
                .forEach(story -> fire(story.id(), next));
        return true;
    }

    private void fire(String id, Instant at) {
        OpenStory due = stories.story(id);
        if (due != null && !due.isResolved() && (!due.isTold() || due.changedAt() != null)) {
            join(id, at);
        }
        OpenStory story = stories.story(id);
        if (story == null || due(story).isAfter(at)) {
            // an older story has it now, or it has others now and is told with them
            return;
        }
        if (story.isResolved()) {
            stories.remove(story);
        } else if (!story.isTold() || at.isBefore(end(story))) {
            tell(story, at);
        } else {
            tell(story.resolved(at), at);
        }
    }

    private OpenStory tell(OpenStory story, Instant at) {
        OpenStory now = story.told(at);
        stories.put(now);
        told.add(now.toStory(""));
        return now;
    }

    private Instant due(OpenStory story) {
        if (story.resolvedAt() != null) {
            return story.resolvedAt().plus(settings.remember());
        }
        if (story.toldAt() == null) {
            return story.openedAt().plus(settings.settle());
        }
        Instant end = end(story);
        if (story.changedAt() == null) {
            return end;
        }
        Instant update = later(story.changedAt(), story.toldAt().plus(settings.updateInterval()));
        return earlier(update, end);
    }

    /** Not before it was told. */
    private Instant end(OpenStory story) {
        Instant end = story.end(settings.attach());
        return story.toldAt() == null ? end : later(end, story.toldAt());
    }

    private Instant expiry(Alert anomaly) {
        return anomaly.detectedAt().plus(settings.attach());
    }
}
