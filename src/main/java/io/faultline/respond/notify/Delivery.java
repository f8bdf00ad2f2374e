package io.faultline.respond.notify;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.Wording;
import io.faultline.settings.Durations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells one receiver, no faster than it takes messages, and tries again with growing pauses where that may help. Each
 * receiver has threads of its own, so a dead one does not hold up the others.
 */
final class Delivery implements AutoCloseable {

    /** Two, so that one notice that hangs until its time-out does not hold up the next. */
    private static final int THREADS = 2;

    /** Failsafe's sign for "no wish of its own, use the growing pauses". */
    private static final Duration AS_CONFIGURED = Duration.ofNanos(-1);

    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder reworded = new LongAdder();
    private final Channel channel;
    private final Wording wording;
    private final Clock clock;
    private final ScheduledExecutorService threads;
    private final FailsafeExecutor<Receipt> failsafe;

    /** Guarded by this object, as is what follows. */
    private final Backlog<CompletableFuture<Result>> backlog;

    /** First attempts; what is tried again waits for its time without a place of its own, and lets others by. */
    private int underWay;

    private boolean asksLater;

    Delivery(String receiver, Channel channel, Wording wording, Rate rate, DeliverySettings settings, Clock clock) {
        this.channel = channel;
        this.wording = wording;
        this.clock = clock;
        this.backlog = new Backlog<>(rate, settings.digestAfter());
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newScheduledThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "notify-" + receiver + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.failsafe = Failsafe.with(retries(settings)).with(threads);
    }

    /**
     * How a delivery ended.
     *
     * @param attempts how often it was tried; 0 where its time was over before
     */
    record Result(boolean delivered, int attempts, String detail) {}

    /** Never blocks and never fails; after the time limit it ends undelivered, and is not tried again. */
    CompletableFuture<Result> deliver(Notice notice, Duration limit) {
        CompletableFuture<Result> result = new CompletableFuture<>();
        Result late = new Result(false, 0, "not delivered within " + Durations.text(limit));
        synchronized (this) {
            backlog.add(notice, result, clock.instant());
        }
        tellNext();
        return result.completeOnTimeout(late, limit.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((ended, never) -> (ended.delivered() ? delivered : failed).increment());
    }

    /** Notices that ended so. */
    long count(boolean wereDelivered) {
        return (wereDelivered ? delivered : failed).sum();
    }

    /** Messages that the receiver's own template could not say. */
    long reworded() {
        return reworded.sum();
    }

    /** Notices that wait for their first attempt. */
    synchronized int waiting() {
        return backlog.size();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        channel.close();
    }

    private synchronized void tellNext() {
        backlog.removeIf(CompletableFuture::isDone);
        while (underWay < THREADS && !threads.isShutdown()) {
            var next = backlog.next(clock.instant());
            if (next instanceof Backlog.Tell<CompletableFuture<Result>> tell) {
                underWay++;
                tell(tell.notice(), tell.owners());
            } else {
                if (next instanceof Backlog.Wait<?> wait) {
                    askAfter(wait.time());
                }
                return;
            }
        }
    }

    private void askAfter(Duration pause) {
        if (!asksLater) {
            asksLater = true;
            // at least a millisecond: a clock that stands still must not make this spin
            var unused = threads.schedule(this::askNow, pause.toMillis() + 1, TimeUnit.MILLISECONDS);
        }
    }

    private void askNow() {
        synchronized (this) {
            asksLater = false;
        }
        tellNext();
    }

    private void tell(Notice notice, List<CompletableFuture<Result>> owners) {
        AtomicInteger attempts = new AtomicInteger();
        // the end of all deliveries is told to their owners, so nobody waits for this
        var unused = failsafe.getAsync(() -> attempt(notice, owners, attempts.incrementAndGet()))
                .handle((receipt, failure) ->
                        result(receipt, failure, attempts.get(), owners.size(), remark(notice, receipt)))
                .thenAccept(result -> owners.forEach(owner -> owner.complete(result)));
    }

    /** Why the receiver was not told in the words of its own template. */
    private String remark(Notice notice, @Nullable Receipt receipt) {
        String remark =
                receipt instanceof Receipt.Delivered ? wording.message(notice).remark() : "";
        if (!remark.isEmpty()) {
            reworded.increment();
        }
        return remark;
    }

    private Receipt attempt(Notice notice, List<CompletableFuture<Result>> owners, int number) {
        if (number == 1) {
            return first(notice);
        }
        if (owners.stream().allMatch(CompletableFuture::isDone)) {
            return new Receipt.Refused("nobody waits for it any more");
        }
        synchronized (this) {
            backlog.sentAgain(clock.instant());
        }
        return channel.deliver(notice);
    }

    private Receipt first(Notice notice) {
        try {
            return channel.deliver(notice);
        } finally {
            synchronized (this) {
                underWay--;
            }
            tellNext();
        }
    }

    private static Result result(
            @Nullable Receipt receipt, @Nullable Throwable failure, int attempts, int together, String remark) {
        String detail = receipt == null ? String.valueOf(failure) : receipt.detail();
        String with = together == 1 ? "" : "told together with " + (together - 1);
        String whole =
                Stream.of(detail, with, remark).filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
        return new Result(receipt instanceof Receipt.Delivered, attempts, whole);
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
