package io.faultline.detect.match;

import static io.faultline.model.Instants.later;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.score.ScoreSettings;
import io.faultline.detect.summarize.SummarizeSettings;
import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.NearMiss;
import io.faultline.model.QualityMark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rules over events in this thread, without a cluster: the production code of the steps from {@code summarize} to
 * {@code match-alerts}, with states in memory and virtual time. Of the events only what a rule cares about is kept. Two
 * runs over the same events give the same alerts.
 */
public final class RuleTrial {

    private static final Comparator<Alert> IN_ORDER = Comparator.comparing(Alert::detectedAt)
            .thenComparing(Alert::rule)
            .thenComparing(alert -> alert.entity().toString())
            .thenComparing(Alert::startsAt);

    private final RuleIndex index;
    private final TrialSignals signals;
    private final boolean readsSignals;
    private final List<Candidate> first = new ArrayList<>();
    private final List<Candidate> second = new ArrayList<>();
    private Instant latest = Instant.MIN;

    public RuleTrial(RuleSet rules) {
        this(new RuleIndex(rules));
    }

    /** As for a set of rules, which are compiled once for many trials. */
    public RuleTrial(RuleIndex index) {
        this(index, SummarizeSettings.defaults(), ScoreSettings.defaults());
    }

    public RuleTrial(RuleIndex index, SummarizeSettings summarize, ScoreSettings score) {
        this.index = index;
        this.signals = new TrialSignals(summarize, score);
        this.readsSignals = index.caresAbout(EventKind.STATISTICS_WINDOW) || index.caresAbout(EventKind.ANOMALY);
    }

    /**
     * What came of a run.
     *
     * @param endings which of the alerts are over, as their rules saw
     * @param nearMisses what the job would keep of them
     * @param kept what is left of states and timers
     */
    public record Outcome(List<Alert> alerts, List<Ending> endings, List<NearMiss> nearMisses, int kept) {
        public Outcome {
            alerts = List.copyOf(alerts);
            endings = List.copyOf(endings);
            nearMisses = List.copyOf(nearMisses);
        }
    }

    /** Takes an event; they may come in any order. */
    public void add(LogEvent event) {
        latest = later(latest, event.timestamp());
        if (event.has(QualityMark.DUPLICATE)) {
            return;
        }
        select(event);
        if (readsSignals) {
            signals.add(event);
        }
    }

    /** Lets time run until an instant; {@code kept} counts what is left of states and timers then. */
    public Outcome runUntil(Instant until) throws Exception {
        return run(until, false);
    }

    /**
     * Runs as the job does over files: time follows the latest event at a distance, then the input ends.
     *
     * @param outOfOrderness the distance
     */
    public Outcome runToTheEnd(Duration outOfOrderness) throws Exception {
        return run(latest.equals(Instant.MIN) ? Instant.EPOCH : latest.minus(outOfOrderness), true);
    }

    /** What became of the partial matches of a sequence's group, the farthest first; after a run. */
    public List<Reach> reaches(RuleDefinition rule, String group) throws Exception {
        if (!(rule.pattern() instanceof SequencePattern sequence) || latest.equals(Instant.MIN)) {
            return List.of();
        }
        List<Candidate> own = Stream.concat(first.stream(), second.stream())
                .filter(candidate -> candidate.key().rule().equals(rule.id())
                        && candidate.key().group().equals(group))
                .toList();
        try (FollowFunction following = new FollowFunction(sequence)) {
            return following.follow(own, latest.toEpochMilli());
        }
    }

    private Outcome run(Instant until, boolean end) throws Exception {
        if (readsSignals) {
            signals.signals(end ? Instant.MAX : until, this::select);
        }
        RuleSet rules = index.rules();
        try (TrialRoundFunction events = new TrialRoundFunction(rules);
                TrialRoundFunction alerts = new TrialRoundFunction(rules)) {
            run(events, first, until, end);
            events.alerts().stream()
                    .filter(Alert::isTold)
                    .forEach(alert -> index.select(Signals.of(alert), candidate -> {}, second::add));
            run(alerts, second, until, end);
            List<Alert> all = new ArrayList<>(events.alerts());
            all.addAll(alerts.alerts());
            all.sort(IN_ORDER);
            List<NearMiss> misses = Stream.concat(events.misses().stream(), alerts.misses().stream())
                    .sorted(Comparator.comparing(NearMiss::endedAt).thenComparing(NearMiss::id))
                    .toList();
            List<Ending> endings = Stream.concat(events.endings().stream(), alerts.endings().stream())
                    .sorted(Ending.IN_ORDER)
                    .toList();
            return new Outcome(all, endings, misses, events.kept() + alerts.kept());
        }
    }

    private static void run(TrialRoundFunction round, List<Candidate> candidates, Instant until, boolean end)
            throws Exception {
        candidates.sort(Comparator.comparingLong(Candidate::timestamp));
        long time = until.toEpochMilli();
        for (Candidate candidate : candidates) {
            if (end || candidate.timestamp() <= time) {
                round.advance(Math.min(time, candidate.timestamp() - 1));
                round.add(candidate);
            }
        }
        round.advance(time);
        if (end) {
            round.advance(Long.MAX_VALUE);
        }
    }

    private void select(LogEvent event) {
        index.select(event, first::add, second::add);
    }
}
