package io.faultline.cli;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What a receiver may be told for: each reason there is, a fire drill, and several incidents in one message. */
enum Occasion {
    OPENED(NotifyReason.OPENED),
    SEVERITY_RAISED(NotifyReason.SEVERITY_RAISED),
    REOPENED(NotifyReason.REOPENED),
    RESOLVED(NotifyReason.RESOLVED),
    MERGED(NotifyReason.MERGED),
    REPEATED(NotifyReason.REPEATED),
    ESCALATED(NotifyReason.ESCALATED),
    TEST(NotifyReason.TEST),
    DRILL(NotifyReason.OPENED),
    DIGEST(NotifyReason.OPENED);

    /** How many incidents a made-up digest has beyond those that it lists. */
    private static final int MORE = 37;

    private final NotifyReason reason;

    Occasion(NotifyReason reason) {
        this.reason = reason;
    }

    /**
     * What would be told.
     *
     * @param incidents the incident, and further ones for a digest; empty for made-up ones
     */
    Notice notice(String receiver, List<Incident> incidents, Instant now) {
        if (this == TEST) {
            return TestNotice.test(receiver, now);
        }
        if (this == DRILL) {
            return new Notice(receiver, reason, TestNotice.drill(now));
        }
        Incident first = incidents.isEmpty() ? TestNotice.sample(now, isOver()) : inState(incidents.get(0));
        if (this != DIGEST) {
            return new Notice(receiver, reason, first);
        }
        List<Incident> others = incidents.isEmpty()
                ? List.of(TestNotice.other("chat-0 stalled", Level.HIGH, now), TestNotice.drill(now))
                : incidents.subList(1, Math.min(incidents.size(), Notice.MAX_OTHERS + 1));
        int more = incidents.isEmpty() ? MORE : incidents.size() - 1 - others.size();
        return new Notice(receiver, reason, first, others, more, 0);
    }

    /** {@code severity-raised}, as it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean isOver() {
        return this == RESOLVED || this == MERGED;
    }

    private Incident inState(Incident incident) {
        Incident.State state =
                switch (this) {
                    case RESOLVED -> Incident.State.RESOLVED;
                    case MERGED -> Incident.State.MERGED;
                    default -> Incident.State.OPEN;
                };
        return new Incident(
                incident.id(),
                incident.revision(),
                state,
                incident.title(),
                incident.severity(),
                incident.startedAt(),
                incident.endedAt(),
                incident.cause(),
                incident.entities(),
                incident.rules(),
                incident.responses(),
                incident.evidence(),
                incident.alerts(),
                incident.parts(),
                incident.changes(),
                incident.cost(),
                incident.completeness());
    }
}
