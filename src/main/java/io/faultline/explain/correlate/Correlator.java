package io.faultline.explain.correlate;

import io.faultline.model.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which alerts are one story. Two alerts are, when they share a job, a node, a replica or a GPU and lie within
 * {@link CorrelateSettings#attach} of each other; an alert that shares with two stories makes them one.
 *
 * <p>Time is an argument. Between two alerts everything happens that was due between them, so the answer does not depend
 * on how large the steps are in which time is told.
 */
final class Correlator {

    private final CorrelateSettings settings;
    private final OpenStories stories;
    private final List<Story> told = new ArrayList<>();

    Correlator(CorrelateSettings settings, OpenStories stories) {
        this.settings = settings;
        this.stories = stories;
    }

    /**
     * Takes alerts in any order and then lets time pass.
     *
     * @param alerts alerts that became certain up to then; earlier ones than were taken before are late and still taken
     * @param now no alert that becomes certain up to this time will come any more
     * @return what is to be told, in order
     */
    List<Story> advance(Collection<Alert> alerts, Instant now) {
        take(alerts);
        while (fireNext(now, true)) {}
        return told();
    }

    /** Takes the last alerts and tells what is untold. Input has ended, time has not passed: what is open stays open. */
    List<Story> end(Collection<Alert> alerts) {
        take(alerts);
        stories.all().stream()
                .filter(story -> !story.isTold() || story.changedAt() != null)
                .sorted(OpenStory.BY_AGE)
                .toList()
                .forEach(story -> tell(story, due(story)));
        return told();
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

    private void take(Collection<Alert> alerts) {
        alerts.stream().sorted(OpenStory.BY_CERTAINTY).forEach(alert -> {
            while (fireNext(alert.detectedAt(), false)) {}
            if (alert.kind() == Alert.Kind.ANOMALY) {
                attachAnomaly(alert);
            } else {
                join(alert);
            }
        });
    }

    private void join(Alert alert) {
        List<OpenStory> same = sharing(alert);
        if (same.stream().anyMatch(story -> story.has(alert))) {
            return;
        }
        OpenStory story = same.isEmpty()
                ? OpenStory.of(stories.cluster(), alert)
                : same.get(0).with(alert, settings.maxAlerts());
        for (OpenStory younger : same.subList(Math.min(1, same.size()), same.size())) {
            story = story.with(younger, alert.detectedAt(), settings.maxAlerts());
            stories.remove(younger);
            if (younger.isTold()) {
                told.add(younger.told(alert.detectedAt()).toStory(story.id()));
            }
        }
        stories.put(withWaitingAnomalies(story));
        if (same.isEmpty()) {
            makeRoom(story, alert.detectedAt());
        }
    }

    private List<OpenStory> sharing(Alert alert) {
        Set<String> links = Links.of(alert);
        return stories.all().stream()
                .filter(story -> story.shares(links) && story.isNear(alert, settings.attach()))
                .sorted(OpenStory.BY_AGE)
                .toList();
    }

    private void attachAnomaly(Alert anomaly) {
        List<OpenStory> same =
                sharing(anomaly).stream().filter(story -> !story.isResolved()).toList();
        if (same.stream().anyMatch(story -> story.has(anomaly))) {
            return;
        }
        if (!same.isEmpty()) {
            stories.put(same.get(0).with(anomaly, settings.maxAlerts()));
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
            if (story.shares(Links.of(anomaly)) && story.isNear(anomaly, settings.attach())) {
                grown = grown.with(anomaly, settings.maxAlerts());
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
                .forEach(story -> fire(story, next));
        return true;
    }

    private void fire(OpenStory story, Instant at) {
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
        return update.isBefore(end) ? update : end;
    }

    private Instant end(OpenStory story) {
        return story.lastAlertAt().plus(settings.attach());
    }

    private Instant expiry(Alert anomaly) {
        return anomaly.detectedAt().plus(settings.attach());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
