package io.faultline.store.document;

import io.faultline.model.Alert;
import io.faultline.model.Replay;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Alerts: {@code faultline-alerts}, a document a fingerprint. */
public final class AlertDocument implements Document<Alert> {

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public String id(Alert alert) {
        return DocumentId.hash().with(alert.fingerprint()).text();
    }

    @Override
    public @Nullable Instant day(Alert alert) {
        return null;
    }

    @Override
    public void fields(Alert alert, Fields fields) throws IOException {
        fields.time("@timestamp", alert.detectedAt());
        fields.text("message", alert.title());
        fields.text("event.kind", "alert");
        fields.time("event.start", alert.startsAt());
        fields.text("rule.id", alert.rule());
        fields.text("rule.version", String.valueOf(alert.ruleVersion()));
        fields.entity(alert.entity());
        fields.text("alert.fingerprint", alert.fingerprint());
        fields.text("alert.kind", alert.kind().name().toLowerCase(Locale.ROOT));
        fields.text("alert.level", alert.level().id());
        fields.text("alert.category", alert.category().id());
        fields.text("alert.role", alert.role().name().toLowerCase(Locale.ROOT));
        fields.text("alert.standing", alert.standing().name().toLowerCase(Locale.ROOT));
        fields.text("alert.cause_entity", alert.causeEntity().toString());
        fields.number("alert.score", alert.score());
        fields.text("alert.reason", alert.reason());
        fields.text("alert.response", alert.response());
        fields.text("alert.replay", Replay.of(alert).map(Replay::toString).orElse(""));
        fields.evidence("alert.evidence", alert.evidence());
    }
}
