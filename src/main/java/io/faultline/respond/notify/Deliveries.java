package io.faultline.respond.notify;

import io.faultline.model.Notification;
import io.faultline.model.Notification.Outcome;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Wording;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Tells every receiver, and where one can not be told, the one that stands in for it. */
final class Deliveries implements AutoCloseable {

    private final NotifySettings settings;
    private final Clock clock;
    private final Map<String, Delivery> deliveries = new HashMap<>();
    private final Map<String, String> fallbacks = new HashMap<>();

    Deliveries(NotifySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        for (ReceiverSettings receiver : settings.receivers()) {
            Wording wording = settings.wording(receiver);
            fallbacks.put(receiver.name(), receiver.fallback());
            deliveries.put(
                    receiver.name(),
                    new Delivery(
                            receiver.name(),
                            settings.open(receiver, wording, clock),
                            wording,
                            receiver.rate(),
                            settings.delivery(),
                            clock));
        }
    }

    /** Never blocks and never fails: one notification for each receiver that was tried, the one that was meant first. */
    CompletableFuture<List<Notification>> deliver(Notice notice) {
        return deliver(notice, notice.receiver(), clock.instant(), List.of());
    }

    /** That a notice was not told, for a reason that no receiver gave. */
    Notification failed(Notice notice, String detail) {
        Instant now = clock.instant();
        return notification(notice, notice.receiver(), now, new Delivery.Result(false, 0, detail));
    }

    /** Shows each receiver's delivery to whoever counts. */
    void forEach(BiConsumer<String, Delivery> counting) {
        deliveries.forEach(counting);
    }

    @Override
    public void close() {
        for (Delivery delivery : deliveries.values()) {
            delivery.close();
        }
    }

    private CompletableFuture<List<Notification>> deliver(
            Notice notice, String via, Instant decidedAt, List<Notification> before) {
        Delivery delivery = deliveries.get(via);
        String fallback = fallbacks.getOrDefault(via, "");
        CompletableFuture<Delivery.Result> result = delivery == null
                ? CompletableFuture.completedFuture(new Delivery.Result(false, 0, "there is no such receiver any more"))
                : delivery.deliver(notice.to(via), limit(fallback));
        return result.thenCompose(ended -> {
            List<Notification> after = new ArrayList<>(before);
            boolean again = !ended.delivered() && !fallback.isEmpty() && after.size() < deliveries.size();
            String next = again ? "; " + fallback + " is told instead" : "";
            after.add(notification(
                    notice,
                    via,
                    decidedAt,
                    new Delivery.Result(ended.delivered(), ended.attempts(), ended.detail() + next)));
            return again
                    ? deliver(notice, fallback, decidedAt, after)
                    : CompletableFuture.completedFuture(List.copyOf(after));
        });
    }

    private Duration limit(String fallback) {
        DeliverySettings delivery = settings.delivery();
        return fallback.isEmpty() ? delivery.total() : delivery.fallbackAfter();
    }

    private Notification notification(Notice notice, String via, Instant decidedAt, Delivery.Result result) {
        return new Notification(
                notice.to(via).key(),
                notice.receiver(),
                via,
                notice.incident().id(),
                notice.incident().revision(),
                result.delivered() ? Outcome.DELIVERED : Outcome.FAILED,
                result.attempts(),
                decidedAt,
                clock.instant(),
                result.detail());
    }
}
