package io.faultline.detect.match;

import io.faultline.model.Alert;
import io.faultline.model.Alert.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** What the version in force and its canary find about one entity: both, or only one of them. */
public final class CompareFunction extends KeyedProcessFunction<CompareFunction.Compared, Alert, Alert> {

    /** As long as a rule is quiet by default after an alert: what is closer together is one story of it. */
    private static final long APART_MILLIS = Duration.ofMinutes(10).toMillis();

    private static final long serialVersionUID = 1L;

    /** Key: rule and entity. Alerts that the other version did not find yet, few; each ends after the time above. */
    private transient ListState<Alert> alone;

    @SuppressWarnings("NullAway.Init") // open() comes before the first element
    public CompareFunction() {}

    /**
     * What is compared.
     *
     * @param rule its id
     * @param entity as text
     */
    public record Compared(String rule, String entity) {}

    public static Compared key(Alert alert) {
        return new Compared(alert.rule(), alert.entity().toString());
    }

    @Override
    public void open(OpenContext context) {
        alone = getRuntimeContext()
                .getListState(new ListStateDescriptor<>("compared", TypeInformation.of(Alert.class)));
    }

    @Override
    public void processElement(Alert alert, Context context, Collector<Alert> out) throws Exception {
        List<Alert> waiting = waiting();
        for (Iterator<Alert> others = waiting.iterator(); others.hasNext(); ) {
            Alert other = others.next();
            if (other.standing() != alert.standing() && apart(other, alert) <= APART_MILLIS) {
                others.remove();
                alone.update(waiting);
                out.collect(compared(alert.standing() == Standing.ONLY_V2 ? alert : other, Standing.BOTH));
                return;
            }
        }
        waiting.add(alert);
        alone.update(waiting);
        context.timerService().registerEventTimeTimer(end(alert));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out) throws Exception {
        List<Alert> waiting = waiting();
        waiting.removeIf(alert -> {
            boolean over = end(alert) <= timestamp;
            if (over) {
                out.collect(compared(alert, alert.standing()));
            }
            return over;
        });
        alone.update(waiting);
    }

    private List<Alert> waiting() throws Exception {
        List<Alert> waiting = new ArrayList<>();
        alone.get().forEach(waiting::add);
        return waiting;
    }

    private static long apart(Alert one, Alert other) {
        return Duration.between(one.startsAt(), other.startsAt()).abs().toMillis();
    }

    private static long end(Alert alert) {
        return alert.detectedAt().toEpochMilli() + APART_MILLIS;
    }

    /** A document of its own: the version in force has one with the alert's fingerprint. */
    private static Alert compared(Alert alert, Standing standing) {
        String identity = alert.fingerprint() + "\ncompared\n" + alert.ruleVersion();
        return alert.with(
                UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString(),
                standing);
    }
}
