package io.faultline.store.document;

import io.faultline.model.AuditEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** What people and the job did: {@code faultline-audit-yyyy.MM.dd}, a document a deed; none is ever changed. */
public final class AuditDocument implements Document<AuditEntry> {

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String id(AuditEntry entry) {
        return DocumentId.hash().with(entry.id()).text();
    }

    @Override
    public Instant day(AuditEntry entry) {
        return entry.timestamp();
    }

    @Override
    public void fields(AuditEntry entry, Fields fields) throws IOException {
        fields.time("@timestamp", entry.timestamp());
        fields.text("message", entry.reason());
        fields.text("event.kind", "event");
        fields.text("event.category", "configuration");
        fields.text("event.action", entry.action().name().toLowerCase(Locale.ROOT));
        fields.text("user.name", entry.actor());
        fields.text("audit.id", entry.id());
        fields.text("audit.object", entry.object());
        fields.text("audit.detail", entry.detail());
    }
}
