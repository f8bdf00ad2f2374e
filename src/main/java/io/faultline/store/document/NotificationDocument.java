package io.faultline.store.document;

import io.faultline.model.Notification;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Notifications: {@code faultline-notifications}, a document a message to a receiver, with how it went. */
public final class NotificationDocument implements Document<Notification> {

    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public String id(Notification notification) {
        return DocumentId.hash().with(notification.key()).text();
    }

    @Override
    public @Nullable Instant day(Notification notification) {
        return null;
    }

    @Override
    public void fields(Notification notification, Fields fields) throws IOException {
        fields.time("@timestamp", notification.timestamp());
        fields.text("event.kind", "event");
        fields.text("incident.id", notification.incident());
        fields.number("incident.revision", notification.revision());
        fields.text("notification.key", notification.key());
        fields.text("notification.receiver", notification.receiver());
        fields.text("notification.via", notification.via());
        fields.time("notification.decided", notification.decidedAt());
        fields.text("notification.outcome", notification.outcome().name().toLowerCase(Locale.ROOT));
        fields.number("notification.attempts", notification.attempts());
        fields.text("notification.detail", notification.detail());
    }
}
