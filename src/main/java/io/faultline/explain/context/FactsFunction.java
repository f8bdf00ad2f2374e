package io.faultline.explain.context;

import io.faultline.explain.account.AccountSettings;
import io.faultline.explain.account.Book;
import io.faultline.explain.account.Ledger;
import io.faultline.explain.account.Sign;
import io.faultline.explain.change.ChangeFinder;
import io.faultline.explain.change.Known;
import io.faultline.model.JobAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Carries signs, in order of event time, to the {@link Ledger} and the {@link ChangeFinder}. The key is {@link Sign#key()}.
 * Signs wait for the watermark to reach the end of their second; then all of that second are taken.
 */
public final class FactsFunction extends KeyedProcessFunction<String, Sign, ContextFact> {

    /** The closed accounts. */
    public static final OutputTag<JobAccount> ACCOUNTS =
            new OutputTag<>("accounts", TypeInformation.of(JobAccount.class));

    /** A version that nobody has told of for so long is no news when it is told again. */
    private static final Duration MEMORY = Duration.ofDays(30);

    private static final long SECOND = 1000;

    private static final long serialVersionUID = 1L;

    private final AccountSettings settings;

    /**
     * Per subject and second: its different signs, most often one, since what every rank says is kept once. Cleared when the
     * watermark reaches the second's end.
     */
    private transient MapState<Long, Sign[]> pending;

    /** Per subject: one book, at most ten KiB; ends {@code give-up} after the job's end. */
    private transient ValueState<Book> books;

    /** Per subject: a few texts, at most ten KiB; ends by TTL after 30 days in which none of them was told. */
    private transient ValueState<Known> known;

    private transient long watermark;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public FactsFunction(AccountSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        watermark = Long.MIN_VALUE;
        pending = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "pending", Types.LONG, Types.OBJECT_ARRAY(TypeInformation.of(Sign.class))));
        books = getRuntimeContext().getState(new ValueStateDescriptor<>("book", TypeInformation.of(Book.class)));
        var descriptor = new ValueStateDescriptor<>("known", TypeInformation.of(Known.class));
        descriptor.enableTimeToLive(
                StateTtlConfig.newBuilder(MEMORY).cleanupIncrementally(1, false).build());
        known = getRuntimeContext().getState(descriptor);
    }

    @Override
    public void processElement(Sign sign, Context context, Collector<ContextFact> out) throws Exception {
        watermark = Math.max(watermark, context.timerService().currentWatermark());
        long end = secondEnd(sign.timestamp().toEpochMilli());
        Sign[] before = pending.get(end);
        Sign[] now = with(before, sign);
        if (now != before) {
            pending.put(end, now);
        }
        if (before == null) {
            context.timerService().registerEventTimeTimer(end);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<ContextFact> out) throws Exception {
        // the last watermark does not say that time passed, it says that nothing more comes
        boolean ended = context.timerService().currentWatermark() == Long.MAX_VALUE;
        watermark = ended ? watermark : Math.max(watermark, timestamp);
        Turn turn = new Turn(context, out);
        List<Sign> due = take(timestamp);
        due.forEach(turn::take);
        if (ended && pending.isEmpty()) {
            turn.ledger.finish(watermark);
            turn.end();
            books.clear();
        } else if (ended) {
            // the seconds that still wait have timers of their own
            turn.end();
        } else {
            turn.ledger.advance(timestamp);
            turn.end();
            if (turn.ledger.nextDue() != Long.MAX_VALUE) {
                context.timerService().registerEventTimeTimer(turn.ledger.nextDue());
            }
        }
    }

    private List<Sign> take(long until) throws Exception {
        List<Sign> due = new ArrayList<>();
        Sign[] signs = pending.get(until);
        if (signs != null) {
            due.addAll(List.of(signs));
            pending.remove(until);
        }
        due.sort(Sign.IN_ORDER);
        return due;
    }

    /** Of those that say the same the first. */
    private static Sign[] with(Sign @Nullable [] before, Sign sign) {
        if (before == null) {
            return new Sign[] {sign};
        }
        for (int i = 0; i < before.length; i++) {
            if (before[i].says(sign)) {
                if (Sign.IN_ORDER.compare(sign, before[i]) >= 0) {
                    return before;
                }
                Sign[] changed = before.clone();
                changed[i] = sign;
                return changed;
            }
        }
        Sign[] more = Arrays.copyOf(before, before.length + 1);
        more[before.length] = sign;
        return more;
    }

    /** The millisecond that ends a second. */
    static long secondEnd(long millis) {
        return Math.floorDiv(millis, SECOND) * SECOND + SECOND - 1;
    }

    /** What happens at one timer. */
    private final class Turn {
        private final OnTimerContext context;
        private final Collector<ContextFact> out;
        private final Ledger ledger;
        private final ChangeFinder finder;
        private final Known before;
        private final String cluster;
        private final String subject;

        Turn(OnTimerContext context, Collector<ContextFact> out) throws Exception {
            this.context = context;
            this.out = out;
            this.ledger = new Ledger(settings, books.value());
            Known value = known.value();
            this.before = value == null ? Known.NOTHING : value;
            this.finder = new ChangeFinder(before);
            String key = context.getCurrentKey();
            this.cluster = key.substring(0, key.indexOf('\n'));
            this.subject = key.substring(key.indexOf('\n') + 1);
        }

        void take(Sign sign) {
            int attempts = ledger.attempts();
            ledger.take(sign);
            finder.take(sign, attempts, ledger.attempts(), ledger.gpus());
        }

        void end() throws Exception {
            ledger.losses().forEach(loss -> out.collect(ContextFact.of(cluster, subject, ledger.entity(), loss)));
            finder.changes().forEach(change -> out.collect(ContextFact.of(cluster, subject, change)));
            ledger.accounts().forEach(account -> context.output(ACCOUNTS, account));
            Book book = ledger.book();
            if (book == null) {
                books.clear();
            } else {
                books.update(book);
            }
            if (!finder.known().equals(before)) {
                known.update(finder.known());
            }
        }
    }
}
