package io.faultline.respond.notify;

import io.faultline.model.Notification;
import io.faultline.respond.notify.channel.Notice;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets notices through within the monthly {@link Quota} of their receiver, and sends the others to its fallback. The key
 * is the receiver's name. A month is one of processing time: it is the provider's bill.
 */
public final class BudgetFunction extends KeyedProcessFunction<String, Notice, Notice> {

    private static final long serialVersionUID = 1L;

    /** One for each notice that its receiver is not told for want of quota. */
    public static final OutputTag<Notification> OVER =
            new OutputTag<>("over-quota", TypeInformation.of(Notification.class));

    private final NotifySettings settings;
    private transient Map<String, ReceiverSettings> limited;

    /** Per receiver with a quota: a month and a number, cleared when that month is over. */
    private transient ValueState<Ledger> ledger;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public BudgetFunction(NotifySettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        limited = new HashMap<>();
        settings.receivers().stream()
                .filter(receiver -> receiver.quota() > 0)
                .forEach(receiver -> limited.put(receiver.name(), receiver));
        ledger = getRuntimeContext().getState(new ValueStateDescriptor<>("ledger", TypeInformation.of(Ledger.class)));
    }

    @Override
    public void processElement(Notice notice, Context context, Collector<Notice> out) throws Exception {
        ReceiverSettings receiver = limited.get(notice.receiver());
        if (receiver == null) {
            out.collect(notice);
            return;
        }
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        Ledger before = ledger.value();
        Quota.Decision decision = new Quota(receiver.quota())
                .decide(
                        before == null ? Ledger.EMPTY : before,
                        notice.incident().severity(),
                        now);
        ledger.update(decision.ledger());
        context.timerService().registerProcessingTimeTimer(Quota.nextMonth(now).toEpochMilli());
        if (decision.granted()) {
            out.collect(notice);
        } else {
            refuse(notice, receiver, now, context, out);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Notice> out) {
        ledger.clear();
    }

    private static void refuse(
            Notice notice, ReceiverSettings receiver, Instant now, Context context, Collector<Notice> out) {
        boolean replaced = !receiver.fallback().isEmpty();
        String next = replaced ? "; " + receiver.fallback() + " is told instead" : "";
        context.output(
                OVER,
                new Notification(
                        notice.key(),
                        receiver.name(),
                        receiver.name(),
                        notice.incident().id(),
                        notice.incident().revision(),
                        Notification.Outcome.FAILED,
                        0,
                        now,
                        now,
                        "the month's quota of " + receiver.quota() + " is used up for this severity" + next));
        if (replaced) {
            out.collect(notice.to(receiver.fallback()));
        }
    }
}
