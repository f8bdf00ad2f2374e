package io.faultline.detect.match;

import static io.faultline.detect.match.SampleRules.event;
import static io.faultline.detect.match.SampleRules.report;
import static io.faultline.detect.match.SampleRules.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.detect.match.RuleBench.Snapshot;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EndingsTest {

    private static final RuleSet LINK = SampleRules.rule(
            "link",
            """
            kind: sequence
            match: [{name: down, where: kind == 'link.down'}]
            suppress: 1h
            resolve: {when: kind == 'health.check', after: 2h}
            """);

    private static final RuleSet STALLED = SampleRules.rule(
            "stalled",
            """
            kind: progress
            match: kind == 'training.step'
            stop: kind == 'process.exit'
            factor: 5
            floor: 60s
            warm-up: 3
            suppress: 1h
            """);

    @Test
    void endsAnAlertOnceAndTellsWhichLineDidIt() throws Exception {
        try (RuleBench bench = new RuleBench(LINK)) {
            bench.send(at(EventKind.LINK_DOWN, 10));
            bench.send(at(EventKind.HEALTH_CHECK, 40));
            bench.send(at(EventKind.HEALTH_CHECK, 50));
            bench.time(second(3600).toEpochMilli());

            assertThat(bench.endings()).singleElement().satisfies(ending -> {
                assertThat(ending.rule()).isEqualTo("link");
                assertThat(ending.entity()).isEqualTo(Entity.ofJob("train-llm"));
                assertThat(ending.foundAt()).isEqualTo(second(10));
                assertThat(ending.endedAt()).isEqualTo(second(40));
                assertThat(ending.line().kind()).isEqualTo(EventKind.HEALTH_CHECK);
                assertThat(ending.reason()).isEqualTo("a line about it");
            });
            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.timers()).isZero();
        }
    }

    @Test
    void saysNothingOfWhatWasNotTold() throws Exception {
        try (RuleBench bench = new RuleBench(LINK)) {
            bench.send(at(EventKind.HEALTH_CHECK, 5));
            bench.send(at(EventKind.LINK_DOWN, 10));
            LogEvent other = at(EventKind.HEALTH_CHECK, 40);
            bench.send(other.withEntity(Entity.ofJob("train-vlm")));
            bench.time(second(3600).toEpochMilli());

            assertThat(bench.endings()).isEmpty();
        }
    }

    @Test
    void firesAgainAtOnceWhatWouldBeQuiet() throws Exception {
        try (RuleBench bench = new RuleBench(LINK)) {
            bench.send(at(EventKind.LINK_DOWN, 10));
            bench.send(at(EventKind.LINK_DOWN, 20));
            bench.send(at(EventKind.HEALTH_CHECK, 40));
            bench.send(at(EventKind.LINK_DOWN, 50));
            bench.time(second(100).toEpochMilli());

            assertThat(bench.alerts()).extracting(Alert::startsAt).containsExactly(second(10), second(50));
        }
    }

    @Test
    void looksForTheEndAcrossARestartForAsLongAsTheRuleSays() throws Exception {
        Snapshot snapshot;
        try (RuleBench bench = new RuleBench(LINK)) {
            bench.send(at(EventKind.LINK_DOWN, 10));
            bench.time(second(60).toEpochMilli());
            snapshot = bench.snapshot();
        }

        try (RuleBench restored = new RuleBench(LINK, snapshot)) {
            restored.send(at(EventKind.HEALTH_CHECK, 7209));
            restored.time(second(7209).toEpochMilli());
            assertThat(restored.endings()).extracting(Ending::foundAt).containsExactly(second(10));
        }
        try (RuleBench restored = new RuleBench(LINK, snapshot)) {
            restored.time(second(7210).toEpochMilli());
            assertThat(restored.stateEntries()).isZero();
            assertThat(restored.timers()).isZero();
        }
    }

    @Test
    void takesOfOneInstantTheOrderInWhichItWasWritten() throws Exception {
        try (RuleBench bench = new RuleBench(LINK)) {
            bench.send(written(1, at(EventKind.LINK_DOWN, 10)));
            bench.send(written(2, at(EventKind.HEALTH_CHECK, 10)));
            bench.send(written(3, at(EventKind.HEALTH_CHECK, 40)));
            bench.send(written(4, at(EventKind.LINK_DOWN, 40)));
            bench.time(second(60).toEpochMilli());

            assertThat(bench.alerts()).hasSize(2);
            assertThat(bench.endings()).extracting(Ending::endedAt).containsExactly(second(10));
        }
    }

    @Test
    void endsAStallWithTheNextStepOrTheJobsExit() throws Exception {
        try (RuleBench bench = new RuleBench(STALLED)) {
            for (int second : new int[] {0, 10, 20, 30, 40, 400, 410, 420}) {
                bench.send(step(second));
            }
            bench.send(at(EventKind.PROCESS_EXIT, 900));
            bench.time(second(1000).toEpochMilli());

            assertThat(bench.alerts()).extracting(Alert::startsAt).containsExactly(second(40), second(420));
            assertThat(bench.endings())
                    .extracting(Ending::endedAt, Ending::reason)
                    .containsExactly(
                            tuple(second(400), "it went on after 6m"), tuple(second(900), "it ended or began anew"));
        }
    }

    @Test
    void endsASlownessWhenThePaceIsWhatItWasAndNotWhenItBecameUsual() throws Exception {
        RuleSet slow = SampleRules.rule(
                "slow",
                """
                kind: progress
                match: kind == 'inference.stats'
                value: measures.generation_tokens_per_second
                slow: [{below: 0.5, for: 1m}]
                warm-up: 5
                floor: 1h
                """);
        try (RuleBench bench = new RuleBench(slow)) {
            for (int second = 0; second < 2000; second += 10) {
                bench.send(report(second, "generation_tokens_per_second", second < 100 ? 1000 : 300));
            }
            bench.time(second(1999).toEpochMilli());
            assertThat(bench.alerts()).hasSize(1);
            assertThat(bench.endings()).isEmpty();

            bench.send(report(2000, "generation_tokens_per_second", 600));
            bench.time(second(2000).toEpochMilli());
            assertThat(bench.endings())
                    .extracting(Ending::reason)
                    .containsExactly("its pace is 600, at least 500 were awaited");
        }
    }

    @Test
    void endsAnAbsenceWhenItSpeaksAgain() throws Exception {
        RuleSet absence = SampleRules.rule("absent", "kind: absence\nmatch: kind == 'health.check'\nevery: 5m\n");
        try (RuleBench bench = new RuleBench(absence)) {
            bench.send(at(EventKind.HEALTH_CHECK, 0));
            bench.send(at(EventKind.HEALTH_CHECK, 1000));
            bench.send(at(EventKind.HEALTH_CHECK, 1010));
            bench.time(second(1010).toEpochMilli());

            assertThat(bench.alerts()).hasSize(1);
            assertThat(bench.endings()).extracting(Ending::endedAt).containsExactly(second(1000));
        }
    }

    @Test
    void doesNotLetAnEndingBreakAStrictSequence() throws Exception {
        RuleSet strict = SampleRules.rule(
                "strict",
                """
                kind: sequence
                where: kind in ['link.down', 'pod.event']
                match: [{name: down, where: kind == 'link.down', times: 2, contiguity: strict}]
                within: 10m
                resolve: {when: kind == 'health.check'}
                """);
        try (RuleBench bench = new RuleBench(strict)) {
            bench.send(at(EventKind.LINK_DOWN, 10));
            bench.send(at(EventKind.HEALTH_CHECK, 20));
            bench.send(at(EventKind.LINK_DOWN, 30));
            bench.time(second(60).toEpochMilli());

            assertThat(bench.alerts()).hasSize(1);
        }
    }

    @Test
    void tellsNobodyOfTheEndsOfARuleOnTrial() throws Exception {
        RuleSet shadow = SampleRules.rule(
                "shadow",
                """
                status: shadow
                kind: sequence
                match: [{name: down, where: kind == 'link.down'}]
                resolve: {when: kind == 'health.check'}
                """);
        try (RuleBench bench = new RuleBench(shadow)) {
            bench.send(at(EventKind.LINK_DOWN, 10));
            bench.send(at(EventKind.HEALTH_CHECK, 40));
            bench.time(second(60).toEpochMilli());

            assertThat(bench.alerts()).hasSize(1);
            assertThat(bench.endings()).isEmpty();
        }
    }

    private static LogEvent at(EventKind kind, int second) {
        return event(kind, second, Measures.NONE);
    }

    private static LogEvent written(int line, LogEvent event) {
        return new LogEvent(
                event.timestamp(),
                event.observedTimestamp(),
                event.severityNumber(),
                event.severityText(),
                event.message(),
                event.format(),
                event.kind(),
                event.entity(),
                event.measures(),
                event.attributes(),
                event.template(),
                event.quality(),
                Origin.file("train-llm.log", line));
    }

    private static Instant second(int second) {
        return Story.START.plusSeconds(second);
    }
}
