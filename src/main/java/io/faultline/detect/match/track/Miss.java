package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.model.Alert;
import io.faultline.model.Evidence;
import io.faultline.model.NearMiss;
import java.time.Instant;
import java.util.List;

/**
 * What nearly was a {@link Finding}.
 *
 * @param endedAt when it was certain that it would not be one
 * @param reason how far it came, and what did not come
 * @param evidence the lines that came
 */
public record Miss(Instant endedAt, String reason, List<Evidence> evidence) {

    public NearMiss nearMiss(RuleDefinition rule, String group) {
        List<Evidence> quoted = evidence.stream().limit(Alert.MAX_EVIDENCE).toList();
        Instant startsAt = evidence.get(0).timestamp();
        return new NearMiss(rule.id(), rule.version(), group, startsAt, endedAt, reason, quoted);
    }
}
