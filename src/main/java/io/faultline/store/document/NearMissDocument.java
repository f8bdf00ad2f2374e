package io.faultline.store.document;

import io.faultline.model.NearMiss;
import java.io.IOException;
import java.time.Instant;

/** What rules nearly told: {@code faultline-near-misses-yyyy.MM.dd}. */
public final class NearMissDocument implements Document<NearMiss> {

    @Override
    public String name() {
        return "near-misses";
    }

    @Override
    public String id(NearMiss miss) {
        return DocumentId.hash().with(miss.id()).text();
    }

    @Override
    public Instant day(NearMiss miss) {
        return miss.endedAt();
    }

    @Override
    public void fields(NearMiss miss, Fields fields) throws IOException {
        fields.time("@timestamp", miss.endedAt());
        fields.text("message", miss.title());
        fields.text("event.kind", "event");
        fields.time("event.start", miss.startsAt());
        fields.text("rule.id", miss.rule());
        fields.text("rule.version", String.valueOf(miss.version()));
        fields.entity(miss.entity());
        fields.text("near_miss.reason", miss.reason());
        fields.number("near_miss.among", miss.among());
        fields.evidence("near_miss.evidence", miss.evidence());
    }
}
