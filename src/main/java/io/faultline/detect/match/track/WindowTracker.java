package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.WindowPattern;
import io.faultline.detect.match.rule.Windows;
import io.faultline.detect.match.track.WindowState.Pane;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares a number of each window when the window is over. A window that the input's end cuts off is not compared. */
public final class WindowTracker implements Tracker<WindowState> {

    private final WindowPattern pattern;
    private final Windows window;

    public WindowTracker(WindowPattern pattern) {
        this.pattern = pattern;
        this.window = pattern.window();
    }

    @Override
    public Tracked<WindowState> feed(@Nullable WindowState state, Moment moment) {
        Findings findings = new Findings();
        WindowState current = state;
        while (current != null && current.end() <= moment.timestamp()) {
            if (!moment.isEndOfInput()) {
                judge(current, findings);
            }
            current = next(current);
        }
        for (Candidate event : moment.events()) {
            double value = value(event);
            current = Double.isFinite(value) ? with(current, event, value) : current;
        }
        return current == null ? Tracked.ended(findings) : new Tracked<>(current, findings, current.end());
    }

    private double value(Candidate event) {
        return pattern.isRatio() ? (event.has(WindowPattern.OF) ? 1 : 0) : event.value();
    }

    private boolean tells(double value) {
        return pattern.isRatio() ? value > 0 : pattern.condition().holds(value);
    }

    private WindowState with(@Nullable WindowState state, Candidate event, double value) {
        Candidate[] before = state == null ? new Candidate[0] : state.telling();
        Candidate[] telling = tells(value)
                ? Stream.concat(Arrays.stream(before), Stream.of(event))
                        .skip(Math.max(0, before.length + 1 - WindowState.MOST_TELLING))
                        .toArray(Candidate[]::new)
                : before;
        Pane[] panes = state == null ? new Pane[0] : state.panes();
        long now = event.timestamp();
        if (window.isSession()) {
            long began = panes.length == 0 ? now : panes[0].end();
            long end = Math.min(
                    now + window.gap().toMillis(), began + window.size().toMillis());
            return new WindowState(end, added(panes, began, value), event, telling);
        }
        long end = state == null ? window.paneEnd(now) : state.end();
        return new WindowState(end, added(panes, window.paneEnd(now), value), event, telling);
    }

    private Pane[] added(Pane[] panes, long end, double value) {
        boolean same = panes.length > 0 && panes[panes.length - 1].end() == end;
        Pane[] more = Arrays.copyOf(panes, same ? panes.length : panes.length + 1);
        Pane last = same
                ? more[more.length - 1]
                : Pane.empty(end, pattern.aggregate().isQuantile());
        more[more.length - 1] = last.with(value);
        return more;
    }

    /** The state when the window that ends first is over; null where no event is in a later one. */
    private @Nullable WindowState next(WindowState state) {
        long end = state.end() + window.slide().toMillis();
        long start = end - window.size().toMillis();
        Pane[] panes =
                Arrays.stream(state.panes()).filter(pane -> pane.end() > start).toArray(Pane[]::new);
        Candidate[] telling = Arrays.stream(state.telling())
                .filter(event -> event.timestamp() >= start)
                .toArray(Candidate[]::new);
        return window.isSession() || panes.length == 0 ? null : new WindowState(end, panes, state.last(), telling);
    }

    private void judge(WindowState state, Findings findings) {
        Pane all = Pane.empty(0, pattern.aggregate().isQuantile());
        for (Pane pane : state.panes()) {
            all = all.with(pane);
        }
        if (all.count() < pattern.atLeast()) {
            return;
        }
        double value = aggregate(all, state.last());
        if (pattern.condition().holds(value)) {
            findings.tell(finding(state, value, all.count()));
        } else if (pattern.condition().nearlyHolds(value)) {
            findings.nearly(Miss.of(finding(state, value, all.count()), state.end()));
        }
    }

    private double aggregate(Pane all, Candidate last) {
        return switch (pattern.aggregate()) {
            case MEAN -> all.sum() / all.count();
            case MIN -> all.min();
            case MAX -> all.max();
            case SUM -> all.sum();
            case P50 -> Objects.requireNonNull(all.numbers()).quantile(0.5);
            case P99 -> Objects.requireNonNull(all.numbers()).quantile(0.99);
            case LAST -> value(last);
        };
    }

    private Finding finding(WindowState state, double value, long count) {
        Candidate[] quoted = state.telling().length > 0 ? state.telling() : new Candidate[] {state.last()};
        String what = pattern.isRatio()
                ? "share of " + Quote.expression(pattern.of())
                : pattern.aggregate().name().toLowerCase(Locale.ROOT) + " of " + Quote.expression(pattern.value());
        String reason = String.format(
                Locale.ROOT,
                "%s: observed %s of %d events in %s, told is %s",
                what,
                Quote.number(value),
                count,
                window.isSession() ? "a session" : Quote.duration(window.size().toMillis()),
                pattern.condition());
        List<Evidence> evidence =
                Arrays.stream(quoted).map(event -> event.evidence("match")).toList();
        return new Finding(
                Instant.ofEpochMilli(quoted[0].timestamp()), quoted[0].entity(), Entity.UNKNOWN, reason, evidence);
    }
}
