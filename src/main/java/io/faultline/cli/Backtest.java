package io.faultline.cli;

import static io.faultline.model.Instants.earlier;
import static io.faultline.model.Instants.later;

import io.faultline.detect.match.RuleTrial;
import io.faultline.detect.match.RuleTrial.Outcome;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.LogEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two versions of rules over the same events, in one reading. */
final class Backtest {

    /** How far the job's time is behind the latest event, by default. */
    private static final Duration OUT_OF_ORDERNESS = Duration.ofMinutes(1);

    private final RuleTrial first;
    private final @Nullable RuleTrial second;
    private final @Nullable Instant until;
    private long events;
    private Instant from = Instant.MAX;
    private Instant to = Instant.MIN;

    /**
     * @param against the second version; null where there is one only
     * @param until how long time runs; null for the end of the input
     */
    Backtest(RuleSet rules, @Nullable RuleSet against, @Nullable Instant until) {
        this.first = new RuleTrial(rules);
        this.second = against == null ? null : new RuleTrial(against);
        this.until = until;
    }

    void add(LogEvent event) {
        if (!event.kind().isOfNoLine()) {
            events++;
        }
        from = earlier(from, event.timestamp());
        to = later(to, event.timestamp());
        first.add(event);
        if (second != null) {
            second.add(event);
        }
    }

    Outcome first() throws Exception {
        return run(first);
    }

    /** Nothing where there is one version only. */
    Outcome second() throws Exception {
        return second == null ? new Outcome(List.of(), List.of(), List.of(), 0) : run(second);
    }

    long events() {
        return events;
    }

    /** {@code 2026-03-01T10:00:00Z}; empty where there was no event. */
    String from() {
        return events == 0 ? "" : from.toString();
    }

    String to() {
        return events == 0 ? "" : to.toString();
    }

    private Outcome run(RuleTrial trial) throws Exception {
        return until == null ? trial.runToTheEnd(OUT_OF_ORDERNESS) : trial.runUntil(until);
    }
}
