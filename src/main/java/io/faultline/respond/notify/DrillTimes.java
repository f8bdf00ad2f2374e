package io.faultline.respond.notify;

import io.faultline.model.Incident;
import io.faultline.model.Notification;
import io.faultline.model.Notification.Outcome;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Stream;

/** When a receiver was last told of a fire drill and how long its line took to get there. Not a number before the first. */
final class DrillTimes {

    private volatile Last last = new Last(Double.NaN, Double.NaN);

    private record Last(double latencySeconds, double toldSeconds) {}

    /** Takes how a notice ended; deliveries end in threads of their own. */
    void add(Notice notice, Collection<Notification> ended) {
        if (notice.reason() != NotifyReason.OPENED) {
            return;
        }
        Stream.concat(Stream.of(notice.incident()), notice.others().stream())
                .filter(Incident::isDrill)
                .map(Incident::startedAt)
                .max(Instant::compareTo)
                .ifPresent(sent -> ended.stream()
                        .filter(one -> one.outcome() == Outcome.DELIVERED)
                        .forEach(one -> last = new Last(
                                seconds(Duration.between(sent, one.timestamp())),
                                seconds(Duration.between(Instant.EPOCH, one.timestamp())))));
    }

    /** From the time in the line to the receiver's answer. */
    double latencySeconds() {
        return last.latencySeconds();
    }

    /** Since 1970. */
    double toldSeconds() {
        return last.toldSeconds();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
