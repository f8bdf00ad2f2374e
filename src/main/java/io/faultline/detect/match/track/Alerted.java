package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.Entity;
import java.time.Instant;

/**
 * A group of which an alert goes on; some hundred bytes.
 *
 * @param entity what the alert is about
 * @param foundAt when its last finding became certain
 * @param until how long an event is looked for that ends it, in milliseconds
 */
public record Alerted(Entity entity, Instant foundAt, long until) {

    public static Alerted of(Alert alert, RuleDefinition rule) {
        long until = alert.detectedAt().plus(rule.resolve().remembered()).toEpochMilli();
        return new Alerted(alert.entity(), alert.detectedAt(), until);
    }

    public Ending ending(String rule, Findings.Over over) {
        Candidate by = over.by();
        Instant at = Instant.ofEpochMilli(by.timestamp());
        return new Ending(rule, entity, foundAt, at, over.reason(), by.evidence(Ending.STEP));
    }
}
