package io.faultline.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a rule nearly told: a sequence that began and whose time was over before it was whole, or a number that came to nine
 * tenths of what it takes.
 *
 * @param rule the rule's id
 * @param version the rule's version
 * @param title the rule's title
 * @param entity what it is about: the rule's group
 * @param startsAt the time of the first evidence
 * @param endedAt when it was certain that nothing would come of it
 * @param reason how far it came, and what did not come
 * @param evidence the lines, {@link Alert#MAX_EVIDENCE} at most
 * @param among how many near misses the rule had in that hour, of which some are kept; {@link #NOT_SAMPLED} before that
 */
public record NearMiss(
        String rule,
        int version,
        String title,
        Entity entity,
        Instant startsAt,
        Instant endedAt,
        String reason,
        @TypeInfo(Lists.OfEvidence.class) List<Evidence> evidence,
        long among) {

    public static final long NOT_SAMPLED = 0;

    /** The same however often it is computed. */
    public String id() {
        String identity = rule + '\n' + version + '\n' + entity + '\n' + startsAt + '\n' + endedAt;
        return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Kept as one of so many. */
    public NearMiss among(long all) {
        return new NearMiss(rule, version, title, entity, startsAt, endedAt, reason, evidence, all);
    }
}
