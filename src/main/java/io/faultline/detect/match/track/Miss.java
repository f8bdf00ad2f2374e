package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import io.faultline.model.NearMiss;
import java.time.Instant;
import java.util.List;

/**
 * What nearly was a {@link Finding}.
 *
 * @param startsAt the time of the first evidence
 * @param endedAt when it was certain that it would not be one
 * @param entity of the first evidence
 * @param reason how far it came, and what did not come
 * @param evidence the lines that came
 */
public record Miss(Instant startsAt, Instant endedAt, Entity entity, String reason, List<Evidence> evidence) {

    /** What would have been told, had it come to all that it takes. */
    static Miss of(Finding finding, long endedAt) {
        return new Miss(
                finding.startsAt(),
                Instant.ofEpochMilli(endedAt),
                finding.entity(),
                finding.reason(),
                finding.evidence());
    }

    public NearMiss nearMiss(RuleDefinition rule) {
        List<Evidence> quoted = evidence.stream().limit(Alert.MAX_EVIDENCE).toList();
        return new NearMiss(
                rule.id(),
                rule.version(),
                rule.title(),
                rule.groupEntity(entity),
                startsAt,
                endedAt,
                reason,
                quoted,
                NearMiss.NOT_SAMPLED);
    }
}
