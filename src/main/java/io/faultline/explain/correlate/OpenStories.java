package io.faultline.explain.correlate;

import io.faultline.model.Alert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stories of one cluster while a {@link Correlator} works on them; remembers which ones it has to write back. */
final class OpenStories {

    private final String cluster;
    private final Map<String, OpenStory> stories = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private List<Alert> anomalies;

    OpenStories(String cluster, Collection<OpenStory> stories, Collection<Alert> anomalies) {
        this.cluster = cluster;
        this.anomalies = new ArrayList<>(anomalies);
        stories.forEach(story -> this.stories.put(story.id(), story));
    }

    String cluster() {
        return cluster;
    }

    Collection<OpenStory> all() {
        return stories.values();
    }

    /** Null where it has ended. */
    @Nullable
    OpenStory story(String id) {
        return stories.get(id);
    }

    void put(OpenStory story) {
        stories.put(story.id(), story);
        changed.add(story.id());
    }

    void remove(OpenStory story) {
        stories.remove(story.id());
        changed.add(story.id());
    }

    /** The anomalies that found no story yet, the oldest first. */
    List<Alert> anomalies() {
        return anomalies;
    }

    void anomalies(List<Alert> waiting) {
        anomalies = waiting;
    }

    /** The ids of the stories that changed or ended. */
    Set<String> changed() {
        return changed;
    }
}
