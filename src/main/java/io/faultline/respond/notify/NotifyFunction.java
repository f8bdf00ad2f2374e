package io.faultline.respond.notify;

import io.faultline.model.Notification;
import io.faultline.respond.notify.channel.Notice;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Hands notices to their receivers' {@link Delivery}. What is under way when a checkpoint is taken is in it and is told
 * again after a restart, with the same idempotency key.
 */
public final class NotifyFunction extends RichAsyncFunction<Notice, Notification> {

    private static final long serialVersionUID = 1L;

    private final NotifySettings settings;
    private final Clock clock;
    private transient Map<String, Delivery> deliveries;

    /**
     * @param clock tells when an attempt ended; serializable, as those of {@link Clock} are
     */
    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public NotifyFunction(NotifySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        deliveries = new HashMap<>();
        for (ReceiverSettings receiver : settings.receivers()) {
            deliveries.put(
                    receiver.name(),
                    new Delivery(
                            receiver.name(),
                            settings.open(receiver, receiver.language(), clock),
                            settings.delivery(),
                            clock));
        }
    }

    @Override
    public void asyncInvoke(Notice notice, ResultFuture<Notification> result) {
        Delivery delivery = deliveries.get(notice.receiver());
        CompletableFuture<Notification> outcome = delivery == null
                ? CompletableFuture.completedFuture(failed(notice, "there is no such receiver any more"))
                : delivery.deliver(notice);
        // a delivery never fails, so nobody waits for this
        var unused = outcome.thenAccept(notification -> result.complete(List.of(notification)));
    }

    @Override
    public void timeout(Notice notice, ResultFuture<Notification> result) {
        result.complete(List.of(failed(notice, "not delivered within " + settings.asyncTimeout())));
    }

    @Override
    public void close() {
        if (deliveries != null) {
            deliveries.values().forEach(Delivery::close);
        }
    }

    private Notification failed(Notice notice, String detail) {
        return Delivery.outcome(notice, Notification.Outcome.FAILED, 0, detail, clock);
    }
}
