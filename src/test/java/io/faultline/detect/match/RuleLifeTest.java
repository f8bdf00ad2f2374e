package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.life.RuleHead;
import io.faultline.detect.match.life.RuleUpdate;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.RuleKey;
import io.faultline.model.Alert;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.RuleStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Rules that change while partial matches are held. */
class RuleLifeTest {

    private static final String STEPS =
            """
            kind: sequence
            match:
              - {name: timeout, where: kind == 'collective.timeout'}
              - {name: exit, where: kind == 'process.exit'}
            within: 5m
            suppress: 0s
            on-change: %s
            """;

    private static final RuleSet NONE = new RuleSet(List.of());
    private static final RuleSet EXITS = SampleRules.rule("exits", STEPS.formatted("reset"));

    @Test
    void matchesARuleThatWasPushedWhileItRan() throws Exception {
        try (RuleBench bench = new RuleBench(NONE)) {
            bench.send(timeout(0));
            push(bench, "exits", 1, STEPS.formatted("reset"));
            bench.send(timeout(10));
            bench.send(exit(20));
            bench.time(at(30));

            assertThat(bench.alerts()).extracting(Alert::startsAt).containsExactly(instant(10));
            assertThat(bench.alerts()).extracting(Alert::ruleVersion).containsExactly(1);
            assertThat(bench.stateEntries()).isZero();
        }
    }

    @Test
    void keepsThePartialMatchesOfRulesThatDidNotChange() throws Exception {
        try (RuleBench bench = new RuleBench(EXITS)) {
            bench.send(timeout(0));
            bench.time(at(5));
            push(bench, "other", 1, STEPS.formatted("reset"));
            push(bench, "other", 2, STEPS.formatted("keep"));
            bench.send(exit(20));
            bench.time(at(30));

            assertThat(bench.alerts()).extracting(Alert::rule).containsExactly("exits");
        }
    }

    @Test
    void keepsThePartialMatchesOfAChangedRuleThatSaysSo() throws Exception {
        try (RuleBench bench = new RuleBench(EXITS)) {
            bench.send(timeout(0));
            bench.time(at(5));
            push(bench, "exits", 2, STEPS.formatted("keep"));
            bench.send(exit(20));
            bench.time(at(30));

            assertThat(bench.alerts()).extracting(Alert::ruleVersion).containsExactly(2);
            assertThat(bench.stateEntries()).isZero();
        }
    }

    @Test
    void forgetsThePartialMatchesOfAChangedRuleAndLeavesNothing() throws Exception {
        try (RuleBench bench = new RuleBench(EXITS)) {
            bench.send(timeout(0));
            bench.time(at(5));
            assertThat(bench.stateEntries()).isPositive();
            push(bench, "exits", 2, STEPS.formatted("reset"));
            bench.send(exit(20));
            bench.time(at(300));

            assertThat(bench.alerts()).isEmpty();
            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.timers()).isZero();
        }
    }

    @Test
    void doesNotTakeAPauseForSilence() throws Exception {
        RuleSet stalled = SampleRules.rule(
                "stalled", "kind: progress\nmatch: kind == 'training.step'\nfactor: 5\nfloor: 60s\nwarm-up: 3\n");
        try (RuleBench bench = new RuleBench(stalled)) {
            for (int second = 0; second <= 40; second += 10) {
                bench.send(SampleRules.step(second));
            }
            bench.time(at(45));
            bench.command(RuleCommand.head(
                    "stalled", RuleHead.UNTOUCHED.withPaused("maintenance").document()));
            bench.time(at(200));
            bench.command(RuleCommand.head("stalled", RuleHead.UNTOUCHED.document()));
            bench.time(at(600));

            assertThat(bench.alerts()).isEmpty();
            assertThat(bench.stateEntries()).isZero();
        }
    }

    @Test
    void letsCandidatesThatOvertookTheirUpdateWaitForIt() throws Exception {
        try (RuleBench bench = new RuleBench(NONE)) {
            RuleUpdate update = update(bench, "exits", 1, STEPS.formatted("reset"));
            bench.tellSelect(update);
            bench.send(timeout(0));
            bench.send(exit(10));
            bench.clock(1_000);
            bench.time(at(20));
            bench.clock(1_500);
            assertThat(bench.alerts()).isEmpty();
            assertThat(bench.clockTimers()).isEqualTo(1);

            bench.tellMatch(update);
            bench.clock(2_000);

            assertThat(bench.alerts()).extracting(Alert::startsAt).containsExactly(instant(0));
            bench.time(at(1_000));
            assertThat(bench.alerts()).hasSize(1);
            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.clockTimers()).isZero();
            assertThat(bench.timers()).isZero();
        }
    }

    @Test
    void feedsWhatOvertookItsUpdateBeforeWhatCameLater() throws Exception {
        try (RuleBench bench = new RuleBench(NONE)) {
            RuleUpdate update = update(bench, "exits", 1, STEPS.formatted("reset"));
            bench.tellSelect(update);
            bench.send(timeout(0));
            bench.time(at(5));
            bench.send(exit(10));
            bench.tellMatch(update);

            // The event-time timer of the exit fires before the clock's.
            bench.time(at(20));

            assertThat(bench.alerts()).extracting(Alert::startsAt).containsExactly(instant(0));
        }
    }

    @Test
    void forgetsWhatWaitsForAnUpdateThatNeverComes() throws Exception {
        try (RuleBench bench = new RuleBench(NONE)) {
            bench.tellSelect(update(bench, "exits", 1, STEPS.formatted("reset")));
            bench.send(timeout(0));
            bench.clock(1_000);
            bench.time(at(20));

            bench.clock(1_000 + 61_000);

            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.clockTimers()).isZero();
        }
    }

    @Test
    void dropsCandidatesOfAnEpochThatIsOver() throws Exception {
        try (RuleBench bench = new RuleBench(EXITS)) {
            List<Candidate> old = bench.candidates(timeout(0));
            push(bench, "exits", 2, STEPS.formatted("reset"));
            for (Candidate candidate : old) {
                bench.deliver(candidate);
            }

            assertThat(bench.stateEntries()).isZero();
        }
    }

    @Test
    void goesOnWithPushedRulesAndTheirPartialMatchesAfterARestart() throws Exception {
        try (RuleBench before = new RuleBench(EXITS)) {
            push(before, "exits", 2, STEPS.formatted("reset"));
            push(before, "other", 1, STEPS.formatted("reset"));
            before.send(timeout(0));
            before.time(at(5));

            try (RuleBench after = new RuleBench(EXITS, before.snapshot())) {
                after.send(exit(20));
                after.time(at(30));

                assertThat(after.alerts()).extracting(Alert::rule).containsExactlyInAnyOrder("exits", "other");
                assertThat(after.alerts()).extracting(Alert::ruleVersion).containsExactlyInAnyOrder(2, 1);
            }
        }
    }

    @Test
    void restoresASavepointThatWasTakenBeforeTheRuleChanged() throws Exception {
        try (RuleBench before = new RuleBench(EXITS)) {
            before.send(timeout(0));
            before.time(at(5));
            RuleBench.Snapshot savepoint = before.snapshot();
            RuleSet changed = SampleRules.rule("exits", "version: 2\n" + STEPS.formatted("reset"));

            try (RuleBench after = new RuleBench(changed, savepoint)) {
                after.send(exit(20));
                after.time(at(300));

                assertThat(after.alerts()).isEmpty();
                assertThat(after.stateEntries()).isZero();
            }
        }
    }

    @Test
    void runsTheSameRulesWithTheSamePartialMatchesAtAnotherParallelism() throws Exception {
        OperatorSubtaskState one;
        List<Candidate> exits = new ArrayList<>();
        try (RuleBench before = new RuleBench(NONE)) {
            push(before, "exits", 1, STEPS.formatted("reset"));
            for (int job = 0; job < 40; job++) {
                before.send(of("job-" + job, timeout(0)));
                exits.addAll(before.candidates(of("job-" + job, exit(20))));
            }
            before.time(at(5));
            one = before.snapshot().match();
        }

        List<Alert> alerts = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            try (var part = restored(one, 3, subtask)) {
                for (Candidate exit : exits) {
                    if (isOf(exit.key(), 3, subtask)) {
                        part.processElement1(exit, exit.timestamp());
                    }
                }
                part.processWatermark1(new Watermark(at(30)));
                alerts.addAll(part.extractOutputValues());
                assertThat(part.numKeyedStateEntries()).isZero();
            }
        }

        assertThat(alerts).hasSize(40).extracting(alert -> alert.entity().job()).doesNotHaveDuplicates();
    }

    @Test
    void tellsNobodyOfARuleInTheShadow() throws Exception {
        try (RuleBench bench =
                new RuleBench(SampleRules.rule("exits", "status: shadow\n" + STEPS.formatted("reset")))) {
            bench.send(timeout(0));
            bench.send(exit(10));
            bench.time(at(20));

            assertThat(bench.alerts()).extracting(Alert::standing).containsExactly(Alert.Standing.SHADOW);
        }
    }

    @Test
    void givesWhatACanaryFindsToTheComparisonAlone() throws Exception {
        try (RuleBench bench = new RuleBench(EXITS)) {
            String longer = STEPS.formatted("reset").replace("5m", "10m");
            bench.command(RuleCommand.version(
                    "exits", 2, SampleRules.file("exits", longer).text()));
            bench.command(
                    RuleCommand.head("exits", RuleHead.UNTOUCHED.withCanary(2).document()));
            bench.send(timeout(0));
            bench.send(exit(10));
            bench.send(timeout(1_000));
            bench.send(exit(1_400));
            bench.time(at(2_000));

            assertThat(bench.alerts()).extracting(Alert::ruleVersion).containsExactly(1);
            assertThat(bench.compared())
                    .extracting(alert -> alert.standing() + " " + alert.startsAt())
                    .containsExactlyInAnyOrder(
                            "ONLY_V1 " + instant(0), "ONLY_V2 " + instant(0), "ONLY_V2 " + instant(1_000));
        }
    }

    @Test
    void pausesARuleThatHoldsTooManyPartialMatchesAndLeavesTheOthers() throws Exception {
        RuleSet greedy = SampleRules.rule(
                        "greedy", STEPS.formatted("reset") + "skip: none\nlimits: {partial-matches: 20}\n")
                .and(EXITS);
        try (RuleBench bench = new RuleBench(greedy)) {
            for (int second = 0; second < 30; second++) {
                bench.send(timeout(second));
            }
            bench.send(exit(30));
            bench.time(at(40));

            assertThat(bench.status()).singleElement().satisfies(status -> {
                assertThat(status.rule()).isEqualTo("greedy");
                assertThat(status.state()).isEqualTo(RuleStatus.State.OVER_LIMIT);
                assertThat(status.detail()).contains("partial matches, the limit is 20");
            });
            assertThat(bench.alerts()).isNotEmpty().extracting(Alert::rule).containsOnly("exits");
        }
    }

    @Test
    void pausesARuleWithTooManyGroupsUntilItChanges() throws Exception {
        String few = STEPS.formatted("reset") + "limits: {groups: 10}\n";
        try (RuleBench bench = new RuleBench(SampleRules.rule("exits", few))) {
            for (int job = 0; job < 12; job++) {
                bench.send(of("job-" + job, timeout(job)));
            }
            bench.time(at(20));
            bench.time(at(400));
            assertThat(bench.status())
                    .extracting(RuleStatus::detail)
                    .singleElement()
                    .asString()
                    .startsWith("11 groups hold something, the limit is 10");
            assertThat(bench.stateEntries()).isZero();

            push(bench, "exits", 2, few.replace("groups: 10", "groups: 20"));
            bench.send(timeout(500));
            bench.send(exit(510));
            bench.time(at(520));

            assertThat(bench.alerts()).extracting(Alert::ruleVersion).containsExactly(2);
        }
    }

    @Test
    void pausesARuleWhoseConditionsCostTooMuch() throws Exception {
        List<String> told = new ArrayList<>();
        RuleCost cost = new RuleCost(100, () -> told.add("too dear"));
        for (int sample = 0; sample < RuleCost.SAMPLES; sample++) {
            cost.sample(sample % 2 == 0 ? 50_000_000 : 10_000);
        }
        assertThat(told).as("half of the samples, whatever they were").isEmpty();

        for (int sample = 0; sample < RuleCost.SAMPLES; sample++) {
            cost.sample(sample < 33 ? 100_001 : 10_000);
        }

        assertThat(told).hasSize(1);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<RuleKey, Candidate, RuleUpdate, Alert> restored(
            OperatorSubtaskState state, int parallelism, int subtask) throws Exception {
        var harness = RuleBench.matchHarness(NONE, parallelism, subtask);
        harness.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 128, 1, parallelism, subtask));
        harness.open();
        harness.processWatermark2(Watermark.MAX_WATERMARK);
        return harness;
    }

    private static boolean isOf(RuleKey key, int parallelism, int subtask) {
        return org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(key, 128, parallelism)
                == subtask;
    }

    private static void push(RuleBench bench, String rule, int version, String pattern) throws Exception {
        bench.command(RuleCommand.version(
                rule, version, SampleRules.file(rule, pattern).text()));
        bench.command(
                RuleCommand.head(rule, RuleHead.UNTOUCHED.withActive(version).document()));
    }

    private static RuleUpdate update(RuleBench bench, String rule, int version, String pattern) {
        bench.book()
                .apply(RuleCommand.version(
                        rule, version, SampleRules.file(rule, pattern).text()));
        return bench.book()
                .apply(RuleCommand.head(
                        rule, RuleHead.UNTOUCHED.withActive(version).document()))
                .update();
    }

    private static LogEvent of(String job, LogEvent event) {
        return event.withEntity(Entity.ofJob(job));
    }

    private static LogEvent timeout(int second) {
        return SampleRules.event(EventKind.COLLECTIVE_TIMEOUT, instant(second), Measures.NONE, Attributes.NONE);
    }

    private static LogEvent exit(int second) {
        return SampleRules.event(EventKind.PROCESS_EXIT, instant(second), Measures.NONE, Attributes.NONE);
    }

    private static Instant instant(int second) {
        return Story.START.plusSeconds(second);
    }

    private static long at(int second) {
        return instant(second).toEpochMilli();
    }
}
