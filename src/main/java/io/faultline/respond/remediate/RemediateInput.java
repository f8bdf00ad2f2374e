package io.faultline.respond.remediate;

import io.faultline.model.ActionResult;
import io.faultline.model.ClusterSize;
import io.faultline.model.Incident;
import org.jspecify.annotations.Nullable;

/**
 * What {@link RemediateFunction} is told: one flat record, since a sealed type can not be a stream's type.
 *
 * @param kind which of them it is
 * @param cluster the key: of an incident as its entities say, empty where they do not
 * @param incident null where it is none
 * @param result null where it is none
 * @param nodes how many the cluster has, as an inventory says; 0 where it is something else, or nothing is known any more
 */
public record RemediateInput(
        Kind kind, String cluster, @Nullable Incident incident, @Nullable ActionResult result, int nodes) {

    /** What it is. */
    public enum Kind {
        INCIDENT,
        RESULT,
        SIZE
    }

    public static RemediateInput of(Incident incident) {
        return new RemediateInput(Kind.INCIDENT, incident.cluster(), incident, null, 0);
    }

    public static RemediateInput of(ActionResult result) {
        return new RemediateInput(Kind.RESULT, result.cluster(), null, result, 0);
    }

    public static RemediateInput of(ClusterSize size) {
        return new RemediateInput(Kind.SIZE, size.cluster(), null, null, size.nodes());
    }
}
