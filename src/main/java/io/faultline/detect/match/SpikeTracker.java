package io.faultline.detect.match;

import io.faultline.detect.match.RulePattern.Spike;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares a number with its own moving average. */
final class SpikeTracker {

    private final Spike pattern;

    SpikeTracker(Spike pattern) {
        this.pattern = pattern;
    }

    /**
     * What a number did.
     *
     * @param state the average with it in it
     * @param finding the spike, at the number that made it long enough
     */
    record Tracked(SpikeState state, Optional<Finding> finding) {}

    /** Numbers of a run do not enter the average; when the run is told they do, and the new level becomes the usual. */
    Tracked after(SpikeState state, Candidate event) {
        if (event.has(Spike.STOP)) {
            return new Tracked(SpikeState.EMPTY, Optional.empty());
        }
        double value = event.measures().getOr(pattern.measure(), Double.NaN);
        long now = event.timestamp();
        if (!Double.isFinite(value)) {
            return new Tracked(state, Optional.empty());
        }
        double limit = Math.max(pattern.floor(), pattern.factor() * state.average());
        boolean much = state.seen() >= pattern.warmUp() && value > limit;
        if (!much || state.alarmed()) {
            return new Tracked(state.learn(value, much, now), Optional.empty());
        }
        Candidate[] run = Arrays.copyOf(state.run(), state.run().length + 1);
        run[run.length - 1] = event;
        if (run.length < pattern.times()) {
            return new Tracked(new SpikeState(state.average(), state.seen(), run, false, now), Optional.empty());
        }
        return new Tracked(state.learn(value, true, now), Optional.of(finding(run, value, state.average())));
    }

    /** When an idle state is of no use any more, in milliseconds. */
    long end(SpikeState state) {
        return state.last() + pattern.maxSilence().toMillis();
    }

    private Finding finding(Candidate[] run, double value, double average) {
        String reason = String.format(
                Locale.ROOT,
                "%s: observed %s, usual are %s; %d in a row are more than %s times that",
                pattern.measure(),
                Quote.number(value),
                Quote.number(average),
                run.length,
                Quote.number(pattern.factor()));
        List<Evidence> evidence =
                Arrays.stream(run).map(event -> event.evidence("spike")).toList();
        Instant startsAt = Instant.ofEpochMilli(run[0].timestamp());
        return new Finding(startsAt, run[0].entity(), Entity.UNKNOWN, reason, evidence);
    }
}
