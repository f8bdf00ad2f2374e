package io.faultline.detect.match.track;

import io.faultline.detect.match.RuleIndex;
import io.faultline.detect.match.rule.RulePattern;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One rule's tracker with its groups, without Flink: events go in by the order of their time, timers fire between them.
 *
 * @param <S> the tracker's state
 */
final class TrackBench<S> {

    private final RuleIndex index;
    private final Tracker<S> tracker;
    private final Map<String, S> states = new HashMap<>();
    private final Map<String, Long> wakeUps = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Miss> missed = new ArrayList<>();
    private final List<Long> foundAt = new ArrayList<>();

    <P extends RulePattern> TrackBench(RuleSet rule, Class<P> type, Function<P, Tracker<S>> trackers) {
        index = new RuleIndex(rule);
        tracker = trackers.apply(type.cast(rule.rules().get(0).pattern()));
    }

    TrackBench<S> send(List<LogEvent> events) {
        events.forEach(this::send);
        return this;
    }

    TrackBench<S> send(LogEvent event) {
        List<Candidate> candidates = new ArrayList<>();
        index.select(event, candidates::add, candidates::add);
        long now = event.timestamp().toEpochMilli();
        wake(now - 1, now);
        for (Candidate candidate : candidates) {
            feed(candidate.key().group(), new Moment(now, List.of(candidate), now));
        }
        return this;
    }

    /** Time passes and the logs are known up to then. */
    TrackBench<S> until(int second) {
        long now = Story.START.plusSeconds(second).toEpochMilli();
        wake(now, now);
        return this;
    }

    /** The input ends. */
    TrackBench<S> end() {
        wake(Long.MAX_VALUE - 1, Long.MAX_VALUE);
        return this;
    }

    private void wake(long until, long known) {
        while (true) {
            Map<String, Long> due = wakeUps.entrySet().stream()
                    .filter(wakeUp -> wakeUp.getValue() <= until)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            if (due.isEmpty()) {
                return;
            }
            due.forEach((group, time) -> feed(group, new Moment(time, List.of(), known)));
        }
    }

    private void feed(String group, Moment moment) {
        Tracked<S> tracked = tracker.feed(states.get(group), moment);
        tracked.findings().missed().forEach(missed::add);
        tracked.findings().found().forEach(finding -> {
            findings.add(finding);
            foundAt.add(Story.START.until(
                    java.time.Instant.ofEpochMilli(moment.timestamp()), java.time.temporal.ChronoUnit.SECONDS));
        });
        wakeUps.remove(group);
        states.remove(group);
        S state = tracked.state();
        if (state != null) {
            states.put(group, state);
            wakeUps.put(group, tracked.wakeUp());
        }
    }

    /** The seconds at which something was found. */
    List<Long> foundAt() {
        return foundAt;
    }

    List<Finding> findings() {
        return findings;
    }

    List<String> reasons() {
        return findings.stream().map(Finding::reason).toList();
    }

    /** What nearly was something: when that was over, in seconds, and why it was not. */
    List<String> missed() {
        return missed.stream()
                .map(miss -> Story.START.until(miss.endedAt(), java.time.temporal.ChronoUnit.SECONDS) + "s: "
                        + miss.reason())
                .toList();
    }

    int groups() {
        return states.size();
    }

    S state(String group) {
        return states.get(group);
    }
}
