package io.faultline.respond.remediate;

import io.faultline.model.ActionResult;
import io.faultline.model.Entity;
import io.faultline.model.Incident;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link RemediateFunction} is told: one flat record, since a sealed type can not be a stream's type.
 *
 * @param kind which of the two it is
 * @param cluster the key: of an incident as its entities say, empty where they do not
 * @param incident null for a result
 * @param result null for an incident
 */
public record RemediateInput(Kind kind, String cluster, @Nullable Incident incident, @Nullable ActionResult result) {

    /** What it is. */
    public enum Kind {
        INCIDENT,
        RESULT
    }

    public static RemediateInput of(Incident incident) {
        String cluster = incident.cause().entity().cluster();
        if (cluster == null) {
            cluster = incident.entities().stream()
                    .map(Entity::cluster)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
        }
        return new RemediateInput(Kind.INCIDENT, Objects.requireNonNullElse(cluster, ""), incident, null);
    }

    public static RemediateInput of(ActionResult result) {
        return new RemediateInput(Kind.RESULT, result.cluster(), null, result);
    }
}
