package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.Nearly;
import io.faultline.detect.match.rule.SpikePattern;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares a number with its own moving average. */
public final class SpikeTracker implements Tracker<SpikeState> {

    private final SpikePattern pattern;

    public SpikeTracker(SpikePattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Tracked<SpikeState> feed(@Nullable SpikeState state, Moment moment) {
        Findings findings = new Findings();
        SpikeState current = state == null ? SpikeState.EMPTY : state;
        for (Candidate event : moment.events()) {
            current = after(current, event, findings);
        }
        long end = current.last() + pattern.maxSilence().toMillis();
        boolean over = current.equals(SpikeState.EMPTY) || moment.timestamp() >= end;
        return over ? Tracked.ended(findings) : new Tracked<>(current, findings, end);
    }

    /** Numbers of a run do not enter the average; when the run is told they do, and the new level becomes the usual. */
    private SpikeState after(SpikeState state, Candidate event, Findings findings) {
        if (event.has(SpikePattern.STOP)) {
            return SpikeState.EMPTY;
        }
        double value = event.value();
        long now = event.timestamp();
        if (!Double.isFinite(value)) {
            return state;
        }
        double limit = Math.max(pattern.floor(), pattern.factor() * state.average());
        boolean much = state.seen() >= pattern.warmUp() && value > limit;
        if (!much && isNear(state.run())) {
            findings.nearly(Miss.of(finding(state.run(), state.average()), now));
        }
        if (!much || state.alarmed()) {
            return state.learn(value, much, now);
        }
        Candidate[] run = Arrays.copyOf(state.run(), state.run().length + 1);
        run[run.length - 1] = event;
        if (run.length < pattern.times()) {
            return new SpikeState(state.average(), state.seen(), run, false, now);
        }
        findings.tell(finding(run, state.average()));
        return state.learn(value, true, now);
    }

    private boolean isNear(Candidate[] run) {
        return run.length < pattern.times() && run.length >= Nearly.count(pattern.times());
    }

    private Finding finding(Candidate[] run, double average) {
        String reason = String.format(
                Locale.ROOT,
                "%s: observed %s, usual are %s; %d in a row are more than %s times that",
                Quote.expression(pattern.value()),
                Quote.number(run[run.length - 1].value()),
                Quote.number(average),
                run.length,
                Quote.number(pattern.factor()));
        List<Evidence> evidence =
                Arrays.stream(run).map(event -> event.evidence("spike")).toList();
        Instant startsAt = Instant.ofEpochMilli(run[0].timestamp());
        return new Finding(startsAt, run[0].entity(), Entity.UNKNOWN, reason, evidence);
    }
}
