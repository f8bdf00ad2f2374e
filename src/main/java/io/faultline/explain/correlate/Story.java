package io.faultline.explain.correlate;

import io.faultline.model.Alert;
import io.faultline.model.Incident;
import java.time.Instant;
import java.util.List;

/**
 * One revision of a story: what is known so far of something that went wrong.
 *
 * @param id the same story has the same id in every run over the same logs
 * @param revision from 1
 * @param state whether alerts may still come
 * @param mergedInto the id of the older story that this one turned out to be a part of; empty for every other story. The
 *     alerts of a merged story live on in the older one
 * @param startedAt the time of its first evidence
 * @param endedAt the time of its last evidence so far
 * @param alerts its alerts in the order they became certain
 * @param count how many alerts it has, those that were only counted included
 */
public record Story(
        String id,
        int revision,
        Incident.State state,
        String mergedInto,
        Instant startedAt,
        Instant endedAt,
        Alert[] alerts,
        int count) {

    public boolean isMerged() {
        return state == Incident.State.MERGED;
    }

    public List<Alert> alertList() {
        return List.of(alerts);
    }
}
