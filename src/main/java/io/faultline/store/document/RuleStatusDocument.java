package io.faultline.store.document;

import io.faultline.model.RuleStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a rule in the running job; the last of each rule and task. */
public final class RuleStatusDocument implements Document<RuleStatus> {

    @Override
    public String name() {
        return "rule-status";
    }

    @Override
    public String id(RuleStatus status) {
        return DocumentId.hash().with(status.rule()).with(status.task()).text();
    }

    @Override
    public @Nullable Instant day(RuleStatus status) {
        return null;
    }

    @Override
    public void fields(RuleStatus status, Fields fields) throws IOException {
        fields.time("@timestamp", status.at());
        fields.text("event.kind", "state");
        fields.text("rule.id", status.rule());
        fields.text("rule.version", String.valueOf(status.version()));
        fields.text("rule.state", status.state().name().toLowerCase(Locale.ROOT));
        fields.text("rule.task", status.task());
        fields.text("message", status.detail());
    }
}
