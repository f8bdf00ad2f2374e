package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.Nearly;
import io.faultline.detect.match.rule.ProgressPattern;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows when something that should go on does not. */
public final class ProgressTracker implements Tracker<ProgressState> {

    private static final double P99 = 0.99;

    private final ProgressPattern pattern;
    private final Pace pace;

    public ProgressTracker(ProgressPattern pattern) {
        this.pattern = pattern;
        this.pace = new Pace(pattern);
    }

    @Override
    public Tracked<ProgressState> feed(@Nullable ProgressState state, Moment moment) {
        Findings findings = new Findings();
        ProgressState current = state;
        if (current != null && moment.timestamp() >= deadline(current)) {
            stall(current, moment).ifPresent(findings::tell);
            current = current.told();
        }
        for (Candidate event : moment.events()) {
            ProgressState before = current;
            current = after(before, event, findings);
            if (before != null && before.isTold() && (current == null || !current.isTold())) {
                findings.over(event, recovery(before, current, event));
            }
        }
        if (current == null || moment.timestamp() >= end(current)) {
            return Tracked.ended(findings);
        }
        return new Tracked<>(current, findings, Math.min(deadline(current), end(current)));
    }

    /** The state after one event; null where nothing is expected any more. */
    private @Nullable ProgressState after(@Nullable ProgressState state, Candidate event, Findings findings) {
        if (event.has(ProgressPattern.STOP)) {
            return null;
        }
        ProgressState current = state;
        if (event.has(ProgressPattern.REPORT) && isAbout(event)) {
            if (current == null) {
                return begun(event);
            }
            boolean advances = advances(current, event);
            current = pace.judge(current, event, findings);
            if (advances) {
                missed(current, event, findings);
                return progressed(current, event);
            }
            current = unmoved(current, event);
        }
        return current == null ? null : phases(current, event);
    }

    private String recovery(ProgressState before, @Nullable ProgressState after, Candidate event) {
        if (after == null) {
            return "it ended or began anew";
        }
        if (!after.demand()) {
            return "nothing is expected any more";
        }
        return before.alarmed()
                ? "it went on after "
                        + Quote.duration(event.timestamp() - before.last().timestamp())
                : "its pace is " + Quote.number(pace.of(before, event)) + ", at least " + Quote.number(before.enough())
                        + " were awaited";
    }

    private boolean isAbout(Candidate report) {
        return pattern.value().isBlank() || Double.isFinite(report.value());
    }

    /** Whether a report tells of progress; a counter that falls was set back, and goes on from there. */
    private boolean advances(ProgressState state, Candidate report) {
        return pattern.counter() ? report.value() != state.value() : moves(report);
    }

    private boolean moves(Candidate report) {
        return pattern.value().isBlank() || pattern.counter() || report.value() > 0;
    }

    private boolean demands(Candidate report) {
        return pattern.demand().isBlank() || report.has(ProgressPattern.DEMAND);
    }

    private ProgressState begun(Candidate event) {
        boolean demand = demands(event);
        boolean disturbed = !demand || !moves(event);
        return ProgressState.begun(
                event,
                demand,
                disturbed,
                pattern.phases().size(),
                pattern.slow().size());
    }

    private ProgressState progressed(ProgressState state, Candidate event) {
        boolean demand = demands(event);
        boolean setBack = pattern.counter() && event.value() < state.value();
        boolean learns = !state.disturbed() && !setBack;
        ProgressState current =
                learns ? state.withGap(event.timestamp() - state.last().timestamp()) : state;
        return current.waitingFrom(event, demand, !demand);
    }

    private ProgressState unmoved(ProgressState state, Candidate event) {
        boolean demand = demands(event);
        return demand && !state.demand() ? state.waitingFrom(event, true, true) : state.reported(event, demand);
    }

    private ProgressState phases(ProgressState state, Candidate event) {
        ProgressState current = state;
        for (int i = 0; i < pattern.phases().size(); i++) {
            if (event.has(pattern.from(i))) {
                current = current.withPhase(i, event.timestamp(), event.timestamp());
            } else if (event.has(pattern.until(i)) && current.phases()[i] != ProgressState.NEVER) {
                current = current.withPhase(i, ProgressState.NEVER, event.timestamp());
            }
        }
        return current;
    }

    /** When waiting becomes a stall, in milliseconds; {@link Long#MAX_VALUE} where nothing is expected. */
    private long deadline(ProgressState state) {
        if (!state.demand() || state.alarmed() || state.gaps().length < pattern.warmUp()) {
            return Long.MAX_VALUE;
        }
        int open = overdue(state);
        return open < 0 ? state.since() + allowed(state) : phaseEnd(state, open);
    }

    /** The open phase that is the first to be over its time; -1 where none is open. */
    private int overdue(ProgressState state) {
        int first = -1;
        for (int i = 0; i < state.phases().length; i++) {
            boolean open = state.phases()[i] != ProgressState.NEVER;
            if (open && (first < 0 || phaseEnd(state, i) < phaseEnd(state, first))) {
                first = i;
            }
        }
        return first;
    }

    private long phaseEnd(ProgressState state, int phase) {
        return state.phases()[phase] + pattern.phases().get(phase).atMost().toMillis();
    }

    /** When an idle state is of no use any more, in milliseconds. */
    private long end(ProgressState state) {
        return Math.max(state.since(), state.reported()) + pattern.maxSilence().toMillis();
    }

    /** The stall, if there is one: a hole in the logs is none, nor is their end. */
    private Optional<Finding> stall(ProgressState state, Moment moment) {
        if (moment.isEndOfInput() || moment.known() > end(state)) {
            return Optional.empty();
        }
        return Optional.of(finding(state, moment.timestamp()));
    }

    /** Tells of what was nearly a stall when it went on. */
    private void missed(ProgressState state, Candidate event, Findings findings) {
        long deadline = deadline(state);
        int open = overdue(state);
        long began = open < 0 ? state.since() : state.phases()[open];
        if (deadline != Long.MAX_VALUE && Nearly.waited(event.timestamp() - began, deadline - began)) {
            findings.nearly(Miss.of(finding(state, event.timestamp()), event.timestamp()));
        }
    }

    private Finding finding(ProgressState state, long now) {
        Candidate last = state.last();
        List<Evidence> evidence = new ArrayList<>(List.of(last.evidence(Evidence.LAST_SIGN)));
        Candidate report = state.report();
        if (report != null) {
            evidence.add(report.evidence("report"));
        }
        Instant startsAt = Instant.ofEpochMilli(last.timestamp());
        return new Finding(startsAt, last.entity(), Entity.UNKNOWN, reason(state, now), List.copyOf(evidence));
    }

    private String reason(ProgressState state, long now) {
        int open = overdue(state);
        if (open >= 0) {
            ProgressPattern.Phase phase = pattern.phases().get(open);
            return String.format(
                    Locale.ROOT,
                    "%s began %s ago and may last %s",
                    phase.name(),
                    Quote.duration(now - state.phases()[open]),
                    Quote.duration(phase.atMost().toMillis()));
        }
        String waiting = String.format(
                Locale.ROOT,
                "nothing since %s ago, allowed are %s; 99 of 100 times it comes within %s",
                Quote.duration(now - state.last().timestamp()),
                Quote.duration(allowed(state)),
                Quote.duration((long) Sorted.highQuantile(P99, state.gaps())));
        Candidate report = state.report();
        if (report == null) {
            return waiting;
        }
        String value = pattern.value().isBlank()
                ? ""
                : Quote.expression(pattern.value()) + "=" + Quote.number(report.value()) + " ";
        return waiting + "; the last report: " + value + Quote.measures(report.measures());
    }

    private long allowed(ProgressState state) {
        double usual = pattern.factor() * Sorted.highQuantile(P99, state.gaps());
        return Math.max(pattern.floor().toMillis(), (long) usual);
    }
}
