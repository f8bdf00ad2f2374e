package io.faultline.respond.notify;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.faultline.model.Notification;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells one receiver, and tries again with growing pauses where that may help. Each receiver has threads of its own, so
 * a dead one does not hold up the others.
 */
final class Delivery implements AutoCloseable {

    /** Two, so that one notice that hangs until its time-out does not hold up the next. */
    private static final int THREADS = 2;

    /** Failsafe's sign for "no wish of its own, use the growing pauses". */
    private static final Duration AS_CONFIGURED = Duration.ofNanos(-1);

    private final Channel channel;
    private final Clock clock;
    private final ExecutorService threads;
    private final FailsafeExecutor<Receipt> failsafe;

    Delivery(String receiver, Channel channel, DeliverySettings settings, Clock clock) {
        this.channel = channel;
        this.clock = clock;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "notify-" + receiver + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.failsafe = Failsafe.with(retries(settings)).with(threads);
    }

    /** Never blocks and never fails: what went wrong is the notification's outcome. */
    CompletableFuture<Notification> deliver(Notice notice) {
        AtomicInteger attempts = new AtomicInteger();
        return failsafe.getAsync(() -> {
                    attempts.incrementAndGet();
                    return channel.deliver(notice);
                })
                .handle((receipt, failure) -> notification(notice, attempts.get(), receipt, failure));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        channel.close();
    }

    private Notification notification(
            Notice notice, int attempts, @Nullable Receipt receipt, @Nullable Throwable failure) {
        boolean delivered = receipt instanceof Receipt.Delivered;
        return outcome(
                notice,
                delivered ? Notification.Outcome.DELIVERED : Notification.Outcome.FAILED,
                attempts,
                receipt == null ? String.valueOf(failure) : receipt.detail(),
                clock);
    }

    static Notification outcome(Notice notice, Notification.Outcome outcome, int attempts, String detail, Clock clock) {
        return new Notification(
                notice.key(),
                notice.receiver(),
                notice.incident().id(),
                notice.incident().revision(),
                outcome,
                attempts,
                clock.instant(),
                detail);
    }

    private static RetryPolicy<Receipt> retries(DeliverySettings settings) {
        return RetryPolicy.<Receipt>builder()
                .handleResultIf(receipt -> receipt instanceof Receipt.Unavailable)
                .withMaxAttempts(settings.maxAttempts())
                .withBackoff(settings.firstPause(), settings.maxPause())
                .withDelayFn(context -> pause(context.getLastResult(), settings.maxPause()))
                .build();
    }

    private static Duration pause(@Nullable Receipt last, Duration longest) {
        if (last instanceof Receipt.Unavailable unavailable
                && !unavailable.retryAfter().isZero()) {
            return unavailable.retryAfter().compareTo(longest) < 0 ? unavailable.retryAfter() : longest;
        }
        return AS_CONFIGURED;
    }
}
