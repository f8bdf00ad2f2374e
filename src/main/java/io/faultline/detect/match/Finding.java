package io.faultline.detect.match;

import io.faultline.model.Alert;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * What a pattern found, before it is an alert.
 *
 * @param startsAt the time of the first evidence
 * @param entity of the first evidence
 * @param causeEntity what is to blame
 * @param reason the values that decided
 * @param evidence the lines
 */
record Finding(Instant startsAt, Entity entity, Entity causeEntity, String reason, List<Evidence> evidence) {

    Alert alert(RuleDefinition rule, String group, Instant detectedAt) {
        String identity = rule.id() + '\n' + group + '\n' + startsAt;
        List<Evidence> ordered = evidence.stream()
                .sorted(Comparator.comparing(Evidence::timestamp))
                .limit(Alert.MAX_EVIDENCE)
                .toList();
        return new Alert(
                UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString(),
                Alert.Kind.RULE_MATCH,
                rule.id(),
                rule.version(),
                rule.title(),
                rule.level(),
                rule.category(),
                rule.role(),
                startsAt,
                detectedAt,
                rule.groupEntity(entity),
                causeEntity,
                1,
                reason,
                rule.response(),
                ordered);
    }
}
