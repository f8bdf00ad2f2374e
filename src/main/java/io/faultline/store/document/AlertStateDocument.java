package io.faultline.store.document;

import io.faultline.model.AlertState;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How alerts go on: {@code faultline-alert-states}, a document an alert; a later revision overwrites an earlier one. */
public final class AlertStateDocument implements Document<AlertState> {

    @Override
    public String name() {
        return "alert-states";
    }

    @Override
    public String id(AlertState state) {
        return state.id();
    }

    @Override
    public @Nullable Instant day(AlertState state) {
        return null;
    }

    @Override
    public void fields(AlertState state, Fields fields) throws IOException {
        fields.time("@timestamp", state.lastSeenAt());
        fields.text("message", state.title());
        fields.text("event.kind", "state");
        fields.time("event.start", state.startsAt());
        if (state.phase() == AlertState.Phase.RESOLVED) {
            fields.time("event.end", state.endedAt());
        }
        fields.text("rule.id", state.rule());
        fields.entity(state.entity());
        fields.text("alert.id", state.id());
        fields.text("alert.fingerprint", state.first());
        fields.text("alert.level", state.level().id());
        fields.text("alert.state", state.phase().name().toLowerCase(Locale.ROOT));
        fields.number("alert.revision", state.revision());
        fields.number("alert.count", state.count());
        fields.number("alert.flaps", state.flaps());
        if (!state.endedBy().isEmpty()) {
            fields.text("alert.ended_by", state.endedBy());
        }
    }
}
