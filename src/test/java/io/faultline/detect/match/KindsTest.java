package io.faultline.detect.match;

import static io.faultline.detect.match.SampleRules.alertOf;
import static io.faultline.detect.match.SampleRules.event;
import static io.faultline.detect.match.SampleRules.ofRank;
import static io.faultline.detect.match.SampleRules.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Alert;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each kind of rule in its operator: it goes on from a snapshot, and it leaves nothing behind. */
class KindsTest {

    /** A rule, and events half a minute or less apart of which the last but a few bring one alert. */
    private record Case(String rule, List<LogEvent> events, int alertAt) {

        RuleSet rules() {
            return SampleRules.rule("kind", rule);
        }

        @Override
        public String toString() {
            return rule.lines().findFirst().orElse("");
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case(
                        "kind: progress\nmatch: kind == 'training.step'\nfloor: 0s\n",
                        events(10, second -> SampleRules.step(second)),
                        110),
                new Case(
                        """
                        kind: threshold
                        match: kind == 'inference.stats'
                        value: measures.kv_cache_usage_ratio
                        aggregate: p50
                        condition: {gt: 0.9}
                        window: {size: 2m, slide: 30s}
                        at-least: 10
                        """,
                        events(10, second -> report(second, "kv_cache_usage_ratio", 0.95)),
                        120),
                new Case(
                        """
                        kind: ratio
                        match: kind == 'inference.stats'
                        of: measures.kv_cache_usage_ratio > 0.9
                        condition: {gt: 0.5}
                        window: {gap: 1m}
                        at-least: 10
                        """,
                        events(10, second -> report(second, "kv_cache_usage_ratio", 0.95)),
                        150),
                new Case(
                        "kind: frequency\nmatch: kind == 'request.error'\ntimes: 8\nwithin: 2m\n",
                        events(10, second -> event(EventKind.REQUEST_ERROR, second, Measures.NONE)),
                        70),
                new Case(
                        "kind: combination\nrules: [loss-nan, training-stalled]\nwithin: 2m\n",
                        events(10, second -> alertOf(second < 60 ? "loss-nan" : "training-stalled", second)),
                        60),
                new Case(
                        "kind: silent-rank\nmatch: kind == 'collective.timeout'\nworld-size: 11\nwithin: 2m\n",
                        events(
                                10,
                                second -> ofRank(
                                        second / 10, event(EventKind.COLLECTIVE_TIMEOUT, second, Measures.NONE))),
                        120),
                new Case(
                        """
                        kind: peers
                        match: kind == 'inference.stats'
                        field: rank
                        value: measures.kv_cache_usage_ratio
                        every: 50s
                        times: 2
                        """,
                        events(
                                10,
                                second -> ofRank(
                                        second / 10 % 5,
                                        report(second, "kv_cache_usage_ratio", second % 50 == 0 ? 0.9 : 0.1))),
                        100),
                new Case(
                        "kind: absence\nmatch: kind == 'training.step'\nevery: 1m\n",
                        events(10, second -> SampleRules.step(second)),
                        150),
                new Case(
                        """
                        kind: change
                        match: kind == 'inference.stats'
                        value: measures.kv_cache_usage_ratio
                        window: {size: 50s}
                        at-least: 5
                        """,
                        events(10, second -> report(second, "kv_cache_usage_ratio", second < 50 ? 0.1 : 0.9)),
                        95),
                new Case(
                        "kind: new-value\nmatch: kind == 'alert'\nfield: attributes.rule\nlearn: 1m\n",
                        events(10, second -> alertOf(second < 80 ? "loss-nan" : "training-stalled", second)),
                        80),
                new Case(
                        "kind: rare\nmatch: kind == 'alert'\nfield: attributes.rule\nshare: 0.15\nafter: 7\n",
                        events(10, second -> alertOf(second == 80 ? "training-stalled" : "loss-nan", second)),
                        80));
    }

    private static List<LogEvent> events(int times, IntFunction<LogEvent> event) {
        return IntStream.range(0, times).mapToObj(i -> event.apply(10 * i)).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsWhatItFindsAndLeavesNothing(Case one) throws Exception {
        try (RuleBench bench = new RuleBench(one.rules())) {
            send(bench, one.events());
            bench.time(Story.START.plusSeconds(3600).toEpochMilli());
            bench.time(Story.START.plusSeconds(86_400L * 40).toEpochMilli());

            assertThat(bench.alerts())
                    .extracting(Alert::detectedAt)
                    .containsExactly(Story.START.plusSeconds(one.alertAt()));
            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.timers()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void goesOnFromASnapshot(Case one) throws Exception {
        List<Alert> told = new ArrayList<>();
        try (RuleBench before = new RuleBench(one.rules())) {
            send(before, one.events().subList(0, 5));
            told.addAll(before.alerts());

            try (RuleBench after = new RuleBench(one.rules(), before.snapshot())) {
                send(after, one.events().subList(5, one.events().size()));
                after.time(Story.START.plusSeconds(3600).toEpochMilli());
                told.addAll(after.alerts());
            }
        }

        assertThat(told).extracting(Alert::detectedAt).containsExactly(Story.START.plusSeconds(one.alertAt()));
    }

    private static void send(RuleBench bench, List<LogEvent> events) throws Exception {
        for (LogEvent event : events) {
            bench.send(event);
            bench.time(event.timestamp().toEpochMilli());
        }
    }
}
