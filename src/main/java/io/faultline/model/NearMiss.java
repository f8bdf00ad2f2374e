package io.faultline.model;

import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a rule nearly told: a sequence that began and whose time was over before it was whole.
 *
 * @param rule the rule's id
 * @param version the rule's version
 * @param group the values of the rule's {@code group-by}, as {@code node=gpu-a1}
 * @param startsAt the time of the first evidence
 * @param endedAt when it was certain that nothing would come of it
 * @param reason how far it came, and what did not come
 * @param evidence the lines, {@link Alert#MAX_EVIDENCE} at most
 */
public record NearMiss(
        String rule,
        int version,
        String group,
        Instant startsAt,
        Instant endedAt,
        String reason,
        @TypeInfo(Lists.OfEvidence.class) List<Evidence> evidence) {}
