package io.faultline.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * That an alert is over because its rule saw so, and not only because it was not found any more.
 *
 * @param rule the rule's id
 * @param entity what the alert is about
 * @param foundAt when the alert's last finding became certain
 * @param endedAt when it was over
 * @param reason what its rule saw, in words
 * @param line the line that told it
 */
public record Ending(String rule, Entity entity, Instant foundAt, Instant endedAt, String reason, Evidence line) {

    /** The step of {@link #line}. */
    public static final String STEP = "resolve";

    /** By time; of those of one instant first what was found first. */
    public static final Comparator<Ending> IN_ORDER =
            Comparator.comparing(Ending::endedAt).thenComparing(Ending::foundAt).thenComparing(Ending::rule);

    /** Whether it ends this finding: the last one before it, or one that it went on with. */
    public boolean ends(Alert finding) {
        return rule.equals(finding.rule())
                && entity.equals(finding.entity())
                && !foundAt.isBefore(finding.detectedAt());
    }

    /** Whether it comes before a finding: what is found again in the instant of an ending is found after it. */
    public boolean isBefore(Alert finding) {
        int order = endedAt.compareTo(finding.detectedAt());
        return order < 0 || (order == 0 && foundAt.isBefore(finding.detectedAt()));
    }
}
