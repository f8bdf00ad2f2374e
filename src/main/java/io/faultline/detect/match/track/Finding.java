package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import io.faultline.model.Ranks;
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
 * @param causeEntity what is to blame; {@link Entity#UNKNOWN} for the rule's group. Who wrote the line is not to blame: a
 *     job's last rank writes the steps of all
 * @param reason the values that decided
 * @param evidence the lines
 * @param ranks whose lines were counted
 */
public record Finding(
        Instant startsAt, Entity entity, Entity causeEntity, String reason, List<Evidence> evidence, Ranks ranks) {

    Finding(Instant startsAt, Entity entity, Entity causeEntity, String reason, List<Evidence> evidence) {
        this(startsAt, entity, causeEntity, reason, evidence, Ranks.NONE);
    }

    public Finding witnessedBy(Ranks witnesses) {
        return witnesses.isEmpty()
                ? this
                : new Finding(
                        startsAt, entity, causeEntity, reason + ", told by ranks " + witnesses, evidence, witnesses);
    }

    public Alert alert(RuleDefinition rule, String group, Instant detectedAt) {
        String identity = rule.id() + '\n' + group + '\n' + startsAt;
        List<Evidence> ordered = evidence.stream()
                .sorted(Comparator.comparing(Evidence::timestamp))
                .limit(Alert.MAX_EVIDENCE)
                .toList();
        Entity about = rule.groupEntity(entity);
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
                about,
                causeEntity.equals(Entity.UNKNOWN) ? about : causeEntity,
                1,
                reason,
                rule.response(),
                ordered,
                ranks,
                rule.status() == RuleDefinition.Status.SHADOW ? Alert.Standing.SHADOW : Alert.Standing.TOLD,
                rule.resolve().after().toSeconds());
    }
}
