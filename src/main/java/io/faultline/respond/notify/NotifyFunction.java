package io.faultline.respond.notify;

import io.faultline.model.Notification;
import io.faultline.respond.notify.channel.Notice;
import java.time.Clock;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Hands notices to the {@link Deliveries}. What is under way when a checkpoint is taken is in it and is told again after
 * a restart, with the same idempotency key.
 */
public final class NotifyFunction extends RichAsyncFunction<Notice, Notification> {

    private static final long serialVersionUID = 1L;

    private final NotifySettings settings;
    private final Clock clock;
    private transient Deliveries deliveries;
    private transient DrillTimes drills;

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
        drills = new DrillTimes();
        deliveries = new Deliveries(settings, clock);
        deliveries.forEach(this::count);
        MetricGroup group = getRuntimeContext().getMetricGroup();
        group.gauge("notify_drill_latency_seconds", (Gauge<Double>) drills::latencySeconds);
        group.gauge("notify_drill_told_seconds", (Gauge<Double>) drills::toldSeconds);
    }

    private void count(String receiver, Delivery delivery) {
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("receiver", receiver);
        group.gauge("notify_delivered_total", (Gauge<Long>) () -> delivery.count(true));
        group.gauge("notify_failed_total", (Gauge<Long>) () -> delivery.count(false));
        group.gauge("notify_reworded_total", (Gauge<Long>) delivery::reworded);
        group.gauge("notify_waiting", (Gauge<Integer>) delivery::waiting);
    }

    /** What the gauges of fire drills show. */
    DrillTimes drills() {
        return drills;
    }

    @Override
    public void asyncInvoke(Notice notice, ResultFuture<Notification> result) {
        // a delivery never fails, so nobody waits for this
        var unused = deliveries.deliver(notice).thenAccept(ended -> {
            drills.add(notice, ended);
            result.complete(ended);
        });
    }

    @Override
    public void timeout(Notice notice, ResultFuture<Notification> result) {
        result.complete(List.of(deliveries.failed(notice, "not delivered within " + settings.asyncTimeout())));
    }

    @Override
    public void close() {
        if (deliveries != null) {
            deliveries.close();
        }
    }
}
