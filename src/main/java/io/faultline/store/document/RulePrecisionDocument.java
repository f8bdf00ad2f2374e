package io.faultline.store.document;

import io.faultline.model.RulePrecision;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people said of a rule's incidents: {@code faultline-rule-precision}, a document a rule. */
public final class RulePrecisionDocument implements Document<RulePrecision> {

    @Override
    public String name() {
        return "rule-precision";
    }

    @Override
    public String id(RulePrecision precision) {
        return DocumentId.hash().with(precision.rule()).text();
    }

    @Override
    public @Nullable Instant day(RulePrecision precision) {
        return null;
    }

    @Override
    public void fields(RulePrecision precision, Fields fields) throws IOException {
        fields.time("@timestamp", precision.at());
        fields.text("event.kind", "metric");
        fields.text("rule.id", precision.rule());
        fields.number("verdicts.right", precision.right());
        fields.number("verdicts.wrong", precision.wrong());
        fields.number("verdicts.noise", precision.noise());
        fields.number("verdicts.precision", precision.precision());
    }
}
