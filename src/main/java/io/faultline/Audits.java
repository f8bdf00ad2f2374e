package io.faultline;

import io.faultline.model.AuditEntry;
import io.faultline.model.Notification;

/** What the job did by itself, for the record. */
final class Audits {

    private Audits() {}

    static AuditEntry of(Notification sent) {
        boolean delivered = sent.outcome() == Notification.Outcome.DELIVERED;
        return new AuditEntry(
                "send/" + sent.key() + "/" + sent.outcome(),
                sent.timestamp(),
                AuditEntry.FAULTLINE,
                delivered ? AuditEntry.Action.SENT : AuditEntry.Action.SEND_FAILED,
                "receiver " + sent.receiver(),
                "incident " + sent.incident() + ", revision " + sent.revision(),
                sent.detail());
    }
}
