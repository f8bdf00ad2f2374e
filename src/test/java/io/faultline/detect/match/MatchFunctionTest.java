package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Alert;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.NearMiss;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchFunctionTest {

    private static final RuleSet STALLED = SampleRules.rule(
            "stalled", "kind: progress\nmatch: kind == 'training.step'\nfactor: 5\nfloor: 60s\nwarm-up: 3\n");

    private static final RuleSet TIMEOUT_THEN_NO_EXIT = SampleRules.rule(
            "hanging",
            """
            kind: sequence
            match:
              - {name: timeout, where: kind == 'collective.timeout'}
              - {name: exit, where: kind == 'process.exit', not: true}
            within: 5m
            """);

    private static final RuleSet TIMEOUT_THEN_EXIT = SampleRules.rule(
            "exits",
            """
            kind: sequence
            match:
              - {name: timeout, where: kind == 'collective.timeout'}
              - {name: exit, where: kind == 'process.exit'}
            within: 5m
            suppress: 10m
            """);

    private static final RuleSet COUNTED_TIMEOUTS = SampleRules.rule(
            "counted",
            """
            kind: sequence
            match:
              - {name: timeout, where: kind == 'collective.timeout'}
              - {name: exit, where: kind == 'process.exit'}
            within: 5m
            suppress: 0s
            witnesses: kind == 'collective.timeout'
            """);

    @Test
    void countsAllRanksThatToldItAndNotOnlyThoseThatItQuotes() throws Exception {
        try (RuleBench bench = new RuleBench(COUNTED_TIMEOUTS)) {
            for (int rank = 0; rank < 64; rank++) {
                if (rank != 41) {
                    bench.send(ofRank(rank, event(EventKind.COLLECTIVE_TIMEOUT, rank % 7)));
                }
            }
            bench.send(ofRank(41, event(EventKind.PROCESS_EXIT, 60)));
            bench.send(ofRank(9, event(EventKind.COLLECTIVE_TIMEOUT, 100)));
            bench.send(ofRank(9, event(EventKind.PROCESS_EXIT, 160)));
            bench.time(at(3600).toEpochMilli());

            assertThat(bench.alerts())
                    .extracting(alert -> alert.ranks().toString())
                    .containsExactly("0-40, 42-63", "9");
            assertThat(bench.alerts().get(0).reason()).isEqualTo("timeout, then exit, told by ranks 0-40, 42-63");
            assertThat(bench.stateEntries()).isZero();
        }
    }

    @Test
    void tellsWhatIsExpectedAndNeverSpoke() throws Exception {
        RuleFile rule = SampleRules.file(
                "health",
                """
                kind: absence
                match: kind == 'health.check'
                every: 5m
                until: kind == 'engine.stop'
                expected: [inventory, job=train-small, job=removed]
                """);
        RuleSet rules = RuleSet.of("test", List.of(rule));
        try (RuleBench bench = new RuleBench(rules)) {
            bench.send(event(EventKind.HEALTH_CHECK, 0));
            LogEvent stop = event(EventKind.ENGINE_STOP, 10);
            bench.send(stop.withEntity(Entity.ofJob("removed")));
            bench.send(event(EventKind.HEALTH_CHECK, 200));
            bench.time(at(3600).toEpochMilli());

            // The inventory of the bench has train-llm, which spoke, and a node, which is no job.
            assertThat(bench.alerts())
                    .extracting(alert -> alert.entity().job() + ": " + alert.reason())
                    .containsExactlyInAnyOrder(
                            "train-small: expected, and never came in 5m; it should come every 5m",
                            "train-llm: nothing since 5m ago; it should come every 5m");
            bench.time(at(200_000).toEpochMilli());
            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.timers()).isZero();
        }
    }

    @Test
    void blamesTheGroupAndNotTheRankThatWrites() throws Exception {
        try (RuleBench bench = new RuleBench(STALLED)) {
            for (int second = 0; second <= 40; second += 10) {
                bench.send(ofRank(31, SampleRules.step(second)));
            }
            bench.time(at(100).toEpochMilli());

            assertThat(bench.alerts()).extracting(Alert::causeEntity).containsExactly(Entity.ofJob("train-llm"));
        }
    }

    @Test
    void tellsBesideItsAlertsHowFarASequenceCameThatTimedOut() throws Exception {
        try (RuleBench bench = new RuleBench(TIMEOUT_THEN_EXIT)) {
            bench.send(event(EventKind.COLLECTIVE_TIMEOUT, 10));
            bench.time(at(3600).toEpochMilli());

            assertThat(bench.alerts()).isEmpty();
            assertThat(bench.nearMisses()).hasSize(1);
            NearMiss miss = bench.nearMisses().get(0);
            assertThat(miss.reason()).isEqualTo("timeout, then not exit");
            assertThat(miss.entity()).isEqualTo(Entity.ofJob("train-llm"));
            assertThat(miss.startsAt()).isEqualTo(at(10));
            assertThat(miss.endedAt()).isEqualTo(at(310));
        }
    }

    @Test
    void doesNotTakeTheInputsEndForANearMiss() throws Exception {
        try (RuleBench bench = new RuleBench(TIMEOUT_THEN_EXIT)) {
            bench.send(event(EventKind.COLLECTIVE_TIMEOUT, 10));
            bench.time(Long.MAX_VALUE);

            assertThat(bench.nearMisses()).isEmpty();
            assertThat(bench.stateEntries()).isZero();
        }
    }

    @Test
    void quotesWhichAlternativeOfAStepHappened() throws Exception {
        RuleSet rules = SampleRules.rule(
                "ends",
                """
                kind: sequence
                match:
                  - name: end
                    any-of:
                      - {name: watchdog, where: kind == 'collective.timeout'}
                      - {name: exit, where: kind == 'process.exit'}
                """);
        try (RuleBench bench = new RuleBench(rules)) {
            bench.send(event(EventKind.PROCESS_EXIT, 10));
            bench.time(at(60).toEpochMilli());

            assertThat(bench.alerts()).extracting(Alert::reason).containsExactly("end: exit");
        }
    }

    private static LogEvent ofRank(int rank, LogEvent event) {
        return event.withEntity(event.entity().with(Entity.Level.RANK, String.valueOf(rank)));
    }

    @Test
    void doesNotTakeTheInputsEndForAStall() throws Exception {
        try (RuleBench bench = steps(STALLED)) {
            bench.time(Long.MAX_VALUE);

            assertThat(bench.alerts()).isEmpty();
            assertThat(bench.stateEntries()).isZero();
        }
    }

    @Test
    void seesAStallBeforeTheInputsEndWhenTheJobWentOnAfterwards() throws Exception {
        try (RuleBench bench = steps(STALLED)) {
            bench.send(SampleRules.step(400));
            bench.time(Long.MAX_VALUE);

            assertThat(bench.alerts()).extracting(Alert::detectedAt).containsExactly(at(100));
        }
    }

    @Test
    void saysWhatDecided() throws Exception {
        try (RuleBench bench = steps(STALLED)) {
            bench.time(at(100).toEpochMilli());

            assertThat(bench.alerts())
                    .extracting(Alert::reason)
                    .containsExactly("nothing since 1m ago, allowed are 1m; 99 of 100 times it comes within 10s");
        }
    }

    @Test
    void doesNotTakeTheInputsEndForSomethingThatDidNotHappen() throws Exception {
        try (RuleBench bench = new RuleBench(TIMEOUT_THEN_NO_EXIT)) {
            bench.send(event(EventKind.COLLECTIVE_TIMEOUT, 0));
            bench.time(Long.MAX_VALUE);

            assertThat(bench.alerts()).isEmpty();
            assertThat(bench.stateEntries()).isZero();
        }
    }

    @Test
    void tellsWhatDidNotHappenWhenItsTimeIsOver() throws Exception {
        try (RuleBench bench = new RuleBench(TIMEOUT_THEN_NO_EXIT)) {
            bench.send(event(EventKind.COLLECTIVE_TIMEOUT, 0));
            bench.time(at(299).toEpochMilli());
            assertThat(bench.alerts()).isEmpty();

            bench.time(at(300).toEpochMilli());

            assertThat(bench.alerts()).extracting(Alert::startsAt).containsExactly(at(0));
        }
    }

    @Test
    void goesOnFromASnapshotInTheMiddleOfASequence() throws Exception {
        try (RuleBench before = new RuleBench(TIMEOUT_THEN_EXIT)) {
            before.send(event(EventKind.COLLECTIVE_TIMEOUT, 0));
            before.time(at(10).toEpochMilli());
            before.send(event(EventKind.PROCESS_EXIT, 20));

            try (RuleBench after = new RuleBench(TIMEOUT_THEN_EXIT, before.snapshot())) {
                after.time(at(30).toEpochMilli());

                assertThat(after.alerts()).hasSize(1);
                assertThat(after.alerts().get(0).evidence()).extracting("step").containsExactly("timeout", "exit");
            }
        }
    }

    @Test
    void ordersByTimeAndNotByArrival() throws Exception {
        try (RuleBench bench = new RuleBench(TIMEOUT_THEN_EXIT)) {
            bench.send(event(EventKind.PROCESS_EXIT, 20));
            bench.send(event(EventKind.COLLECTIVE_TIMEOUT, 0));
            bench.time(at(30).toEpochMilli());

            assertThat(bench.alerts()).extracting(Alert::startsAt).containsExactly(at(0));
        }
    }

    @Test
    void ordersWhatHasTheSameTimeByWhereItWasWritten() throws Exception {
        try (RuleBench bench = new RuleBench(TIMEOUT_THEN_EXIT)) {
            bench.send(inLine(10, event(EventKind.PROCESS_EXIT, 20)));
            bench.send(inLine(9, event(EventKind.COLLECTIVE_TIMEOUT, 20)));
            bench.time(at(30).toEpochMilli());

            assertThat(bench.alerts()).extracting(Alert::startsAt).containsExactly(at(20));
        }
    }

    private static LogEvent inLine(int line, LogEvent event) {
        return SampleRules.told(event, event.entity(), event.timestamp(), line);
    }

    @Test
    void isQuietForAGroupAfterAnAlertAndTellsALaterMatchAsAnother() throws Exception {
        try (RuleBench bench = new RuleBench(TIMEOUT_THEN_EXIT)) {
            for (int second : new int[] {0, 300, 700}) {
                bench.send(event(EventKind.COLLECTIVE_TIMEOUT, second));
                bench.send(event(EventKind.PROCESS_EXIT, second + 10));
            }
            bench.time(at(2000).toEpochMilli());

            assertThat(bench.alerts()).extracting(Alert::startsAt).containsExactly(at(0), at(700));
            assertThat(bench.alerts()).extracting(Alert::fingerprint).doesNotHaveDuplicates();
            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.timers()).isZero();
        }
    }

    @Test
    void leavesNothingOfASequenceThatTimedOut() throws Exception {
        try (RuleBench bench = new RuleBench(TIMEOUT_THEN_EXIT)) {
            bench.send(event(EventKind.COLLECTIVE_TIMEOUT, 0));
            bench.time(at(10).toEpochMilli());
            assertThat(bench.stateEntries()).isPositive();

            bench.time(at(300).toEpochMilli());

            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.timers()).isZero();
        }
    }

    private static RuleBench steps(RuleSet rules) throws Exception {
        RuleBench bench = new RuleBench(rules);
        for (int second = 0; second <= 40; second += 10) {
            bench.send(SampleRules.step(second));
        }
        return bench;
    }

    private static LogEvent event(EventKind kind, int second) {
        return SampleRules.event(kind, at(second), Measures.NONE, Attributes.NONE);
    }

    private static Instant at(int second) {
        return Story.START.plusSeconds(second);
    }
}
