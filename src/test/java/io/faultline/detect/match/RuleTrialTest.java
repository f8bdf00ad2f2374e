package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Alert;
import io.faultline.model.Attributes;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.QualityMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleTrialTest {

    private static final RuleSet NAN = SampleRules.rule(
            "nan", "kind: sequence\nmatch: [{name: nan, where: \"isNan(measures.loss)\"}]\nsuppress: 1m\n");
    private static final RuleSet STALL = SampleRules.rule(
            "stall", "kind: progress\nmatch: kind == 'training.step'\nfloor: 60s\nwarm-up: 2\nmax-silence: 6h\n");

    @Test
    void letsARuleWaitForTheAlertsOfAnother() throws Exception {
        RuleSet rules = NAN.and(
                SampleRules.rule(
                        "twice",
                        """
                kind: sequence
                match: [{name: nan, where: "kind == 'alert' && attributes.rule == 'nan'", times: 2}]
                within: 10m
                """));

        List<Alert> alerts = run(rules, step(0, Double.NaN), step(100, Double.NaN), step(101, Double.NaN));

        assertThat(alerts).extracting(Alert::rule).containsExactly("nan", "nan", "twice");
        assertThat(alerts.get(2).startsAt()).isEqualTo(Story.START);
        assertThat(alerts.get(2).detectedAt()).isEqualTo(Story.START.plusSeconds(100));
    }

    @Test
    void letsARuleWaitForWindows() throws Exception {
        RuleSet rules = SampleRules.rule(
                "high",
                """
                kind: sequence
                match:
                  - {name: high, where: "kind == 'statistics.window' && attributes.measure == 'loss' && measures.mean > 3"}
                """);

        List<Alert> alerts = run(rules, step(0, 2), step(30, 3), step(60, 2), step(70, 6), step(125, 9));

        // The second window's mean is 4, the third is not over; a window is known one millisecond before its end.
        assertThat(alerts).extracting(Alert::detectedAt).containsExactly(Story.START.plusMillis(119_999));
    }

    @Test
    void letsARuleWaitForAnomalies() throws Exception {
        RuleSet rules = SampleRules.rule(
                "odd",
                """
                kind: sequence
                match: [{name: odd, where: "kind == 'anomaly'"}]
                """);
        List<LogEvent> events = new ArrayList<>();
        for (int minute = 0; minute < 16; minute++) {
            events.add(step(60 * minute + 5, minute < 14 ? 2 : 9));
        }

        RuleTrial trial = new RuleTrial(rules);
        events.forEach(trial::add);

        // Two windows in a row are odd, the second of them ends with the sixteenth minute.
        assertThat(trial.runUntil(Story.START.plusSeconds(960)).alerts())
                .extracting(Alert::detectedAt)
                .containsExactly(Story.START.plusSeconds(960));
    }

    @Test
    void saysTheSameWhateverTheOrderInWhichEventsCome() throws Exception {
        List<LogEvent> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(step(7 * i, i % 13 == 0 ? Double.NaN : 2));
        }
        List<Alert> inOrder = run(NAN, events.toArray(LogEvent[]::new));
        Collections.shuffle(events, new Random(7));

        assertThat(inOrder).hasSizeGreaterThan(10);
        assertThat(run(NAN, events.toArray(LogEvent[]::new))).isEqualTo(inOrder);
    }

    @Test
    void passesOverWhatWasReadTwice() throws Exception {
        assertThat(run(NAN, step(0, Double.NaN).marked(QualityMark.DUPLICATE))).isEmpty();
    }

    @Test
    void countsNothingForATimeThatMayHaveHappenedAnyTimeInHours() throws Exception {
        RuleSet often = SampleRules.rule(
                "often", "kind: frequency\nmatch: measures.loss > 1 || isNan(measures.loss)\ntimes: 3\nwithin: 1m\n");
        LogEvent[] own = {step(0, 2), step(1, 2), step(2, 2)};
        LogEvent[] vague = {
            step(0, Double.NaN).marked(QualityMark.TIME_VAGUE),
            step(1, 2).marked(QualityMark.TIME_VAGUE),
            step(2, 2),
            step(3, 2)
        };

        assertThat(run(often, own)).hasSize(1);
        assertThat(run(often, vague)).isEmpty();
        assertThat(run(NAN, vague)).hasSize(1);
    }

    @Test
    void tellsASilenceWhileOthersGoOnButNotTheEndOfTheInput() throws Exception {
        LogEvent other = SampleRules.event(
                EventKind.CHECKPOINT_BEGIN, Story.START.plusSeconds(600), Measures.NONE, Attributes.NONE);
        List<LogEvent> steps = List.of(step(0, 2), step(10, 2), step(20, 2), step(30, 2));
        RuleTrial ending = new RuleTrial(STALL);
        steps.forEach(ending::add);
        RuleTrial goingOn = new RuleTrial(STALL);
        steps.forEach(goingOn::add);
        goingOn.add(other);

        assertThat(ending.runToTheEnd(Duration.ofMinutes(1)).alerts()).isEmpty();
        assertThat(goingOn.runToTheEnd(Duration.ofMinutes(1)).alerts())
                .extracting(Alert::detectedAt)
                .containsExactly(Story.START.plusSeconds(90));
    }

    private static LogEvent step(int second, double loss) {
        return SampleRules.event(
                EventKind.TRAINING_STEP, Story.START.plusSeconds(second), Measures.of("loss", loss), Attributes.NONE);
    }

    private static List<Alert> run(RuleSet rules, LogEvent... events) throws Exception {
        RuleTrial trial = new RuleTrial(rules);
        for (LogEvent event : events) {
            trial.add(event);
        }
        return trial.runToTheEnd(Duration.ofSeconds(1)).alerts();
    }
}
