package io.faultline.explain.account;

import io.faultline.model.LogEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Events to signs, before the key: few events have one, and a sign is small. A driver's version stands in every row of
 * some formats; it is handed on when it is not what the node's last row said.
 */
public final class SignFunction extends RichFlatMapFunction<LogEvent, Sign> {

    private static final long serialVersionUID = 1L;

    private static final int MAX_NODES = 10_000;

    /** Not in state: after a restart each version is handed on once more, which changes nothing. */
    private transient Map<String, String> drivers;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public SignFunction() {}

    @Override
    public void open(OpenContext context) {
        drivers = new LinkedHashMap<>();
    }

    @Override
    public void flatMap(LogEvent event, Collector<Sign> out) {
        Signs.of(event, sign -> handOn(sign, out));
    }

    private void handOn(Sign sign, Collector<Sign> out) {
        if (!sign.name().equals(Signs.DRIVER) || isNew(sign)) {
            out.collect(sign);
        }
    }

    private boolean isNew(Sign driver) {
        if (drivers.size() >= MAX_NODES && !drivers.containsKey(driver.key())) {
            drivers.remove(drivers.keySet().iterator().next());
        }
        return !driver.value().equals(drivers.put(driver.key(), driver.value()));
    }
}
