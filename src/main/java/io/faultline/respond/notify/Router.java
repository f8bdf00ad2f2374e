package io.faultline.respond.notify;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is told what of an incident: each receiver once when it first concerns it, again when it gets worse, when
 * it is over, when that was wrong and when it goes on as a part of another one. News that change neither are in the store, not in the mailbox.
 */
final class Router {

    private final List<ReceiverSettings> receivers;

    Router(List<ReceiverSettings> receivers) {
        this.receivers = receivers;
    }

    /**
     * @param notices what to tell now, in the order of the receivers' settings
     * @param told what will then have been told
     */
    record Routed(List<Notice> notices, Told told) {}

    Routed route(Incident incident, Told before) {
        List<Notice> notices = new ArrayList<>();
        Told told = before;
        for (ReceiverSettings receiver : receivers) {
            NotifyReason reason = reason(receiver, incident, before);
            if (reason != null) {
                notices.add(new Notice(receiver.name(), reason, incident));
                boolean over = reason == NotifyReason.RESOLVED || reason == NotifyReason.MERGED;
                told = told.with(receiver.name(), highest(incident, before, receiver), over);
            }
        }
        return new Routed(notices, told);
    }

    private static @Nullable NotifyReason reason(ReceiverSettings receiver, Incident incident, Told told) {
        Level level = told.level(receiver.name());
        boolean waits = level != null && !told.isOver(receiver.name());
        if (incident.state() == Incident.State.MERGED) {
            // who does not want to hear of ends still has to know where this one goes on
            return waits ? NotifyReason.MERGED : null;
        }
        if (incident.state() == Incident.State.RESOLVED) {
            return waits && receiver.sendResolved() ? NotifyReason.RESOLVED : null;
        }
        if (level == null) {
            return incident.severity().atLeast(receiver.minSeverity()) ? NotifyReason.OPENED : null;
        }
        if (incident.severity().compareTo(level) > 0) {
            return NotifyReason.SEVERITY_RAISED;
        }
        return told.isOver(receiver.name()) ? NotifyReason.REOPENED : null;
    }

    private static Level highest(Incident incident, Told told, ReceiverSettings receiver) {
        Level before = told.level(receiver.name());
        return before != null && before.compareTo(incident.severity()) > 0 ? before : incident.severity();
    }
}
