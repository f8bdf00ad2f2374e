package io.faultline.detect.match.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.ProgressPattern;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Attributes;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Five shapes of a service that does not go on are told within two of its intervals, five that look alike are not. The
 * engine reports every ten seconds.
 */
class ProgressTrackerTest {

    private static final String ENGINE =
            """
            kind: progress
            match: kind == 'inference.stats'
            value: measures.generation_tokens_per_second
            demand: measures.running_requests > 0 || measures.waiting_requests > 0
            stop: kind in ['engine.start', 'engine.stop', 'engine.death']
            phases:
              - {name: prefill, from: measures.prompt_tokens_per_second > 0, until: measures.prompt_tokens_per_second == 0, at-most: 5m}
            floor: 0s
            slow:
              - {below: 0.1, for: 20s}
              - {below: 0.6, for: 10m}
            under-load: measures.running_requests >= 4
            """;

    private static final String STEPS =
            """
            kind: progress
            match: kind == 'training.step'
            value: measures.step
            counter: true
            stop: kind in ['training.start', 'process.exit']
            phases:
              - {name: checkpoint, from: kind == 'checkpoint.begin', until: kind == 'checkpoint.end', at-most: 10m}
              - {name: evaluation, from: kind == 'evaluation.begin', until: kind == 'evaluation.result', at-most: 10m}
            floor: 0s
            slow:
              - {below: 0.6, for: 10m}
            """;

    @Test
    void aFreezeIsTold() {
        TrackBench<ProgressState> bench = engine().send(moving(0, 300)).until(1000);

        assertThat(bench.foundAt()).containsExactly(310L);
        assertThat(bench.reasons())
                .containsExactly("nothing since 20s ago, allowed are 20s; 99 of 100 times it comes within 10s");
    }

    @Test
    void aPauseOfNineTenthsThatEndsIsNearlyAFreeze() {
        // Allowed are 20 s behind 290; the last reports of its own pace are each 10 s apart.
        TrackBench<ProgressState> bench =
                engine().send(moving(0, 300)).send(moving(308, 309)).send(moving(318, 319));
        assertThat(bench.missed())
                .containsExactly("308s: nothing since 18s ago, allowed are 20s; 99 of 100 times it comes within 10s");
        assertThat(bench.foundAt()).isEmpty();
    }

    @Test
    void anAdmissionStallIsTold() {
        TrackBench<ProgressState> bench = engine().send(moving(0, 100))
                .send(reports(100, 200, 0, 0, 0, 0))
                .send(reports(200, 300, 0, 7, 0, 0));

        assertThat(bench.foundAt()).containsExactly(220L);
        assertThat(bench.findings().get(0).startsAt()).isEqualTo(Story.START.plusSeconds(200));
        assertThat(bench.reasons())
                .containsExactly("nothing since 20s ago, allowed are 20s; 99 of 100 times it comes within 10s; the last"
                        + " report: generation_tokens_per_second=0 prompt_tokens_per_second=0 running_requests=0"
                        + " waiting_requests=7");
    }

    @Test
    void aLivelockIsTold() {
        TrackBench<ProgressState> bench = engine().send(moving(0, 100)).send(reports(100, 300, 8, 3, 0, 0));

        assertThat(bench.foundAt()).containsExactly(110L);
    }

    @Test
    void aCrawlIsTold() {
        TrackBench<ProgressState> bench = engine().send(moving(0, 100)).send(reports(100, 300, 8, 3, 10, 20));

        assertThat(bench.foundAt()).containsExactly(110L);
        assertThat(bench.reasons())
                .containsExactly(
                        "generation_tokens_per_second: observed 20, usual are 400; below 0.1 times that for 20s");
    }

    @Test
    void aLatchAtHalfSpeedIsTold() {
        TrackBench<ProgressState> bench = engine().send(moving(0, 300)).send(reports(300, 3000, 8, 3, 10, 200));

        assertThat(bench.foundAt()).containsExactly(890L);
        assertThat(bench.reasons())
                .containsExactly(
                        "generation_tokens_per_second: observed 200, usual are 400; below 0.6 times that for 10m");
    }

    @Test
    void idleIsSilent() {
        TrackBench<ProgressState> bench = engine().send(moving(0, 300))
                .send(reports(300, 320, 0, 0, 0, 0))
                .send(moving(2000, 2100))
                .send(reports(2100, 3000, 0, 0, 0, 0))
                .send(reports(3000, 3100, 1, 0, 5, 30))
                .send(reports(3100, 3110, 0, 0, 0, 0))
                .until(20_000);

        assertThat(bench.reasons()).isEmpty();
    }

    @Test
    void aLongPrefillIsSilent() {
        TrackBench<ProgressState> bench = engine().send(moving(0, 300))
                .send(reports(300, 500, 1, 0, 9000, 0))
                .send(moving(500, 600))
                .send(reports(600, 610, 0, 0, 0, 0));

        assertThat(bench.reasons()).isEmpty();
    }

    @Test
    void aPrefillThatEndsInNothingIsTold() {
        TrackBench<ProgressState> bench = engine().send(moving(0, 300))
                .send(reports(300, 500, 1, 0, 9000, 0))
                .send(reports(500, 600, 1, 0, 0, 0));

        assertThat(bench.foundAt()).containsExactly(520L);
    }

    @Test
    void saturatedButMovingIsSilent() {
        TrackBench<ProgressState> bench = engine().send(moving(0, 300));
        for (int second = 300; second < 6000; second += 20) {
            bench.send(report(second, 8, 250, 100, 300)).send(report(second + 10, 8, 250, 100, 410));
        }

        assertThat(bench.reasons()).isEmpty();
    }

    @Test
    void warmUpIsSilent() {
        TrackBench<ProgressState> bench = engine().send(event(EventKind.ENGINE_START, 0, Measures.NONE))
                .send(reports(300, 400, 1, 0, 0, 0))
                .send(report(900, 1, 0, 0, 5))
                .send(report(1800, 1, 0, 0, 400))
                .send(moving(1900, 2000))
                .send(reports(2000, 2010, 0, 0, 0, 0))
                .until(20_000);

        assertThat(bench.reasons()).isEmpty();
    }

    @Test
    void aRestartIsSilentAndClosesThePhaseThatWasOpen() {
        TrackBench<ProgressState> bench = steps().send(steps(0, 300, 0))
                .send(event(EventKind.CHECKPOINT_BEGIN, 300, Measures.NONE))
                .send(event(EventKind.TRAINING_START, 320, Measures.NONE))
                .send(steps(2000, 2300, 20))
                .until(2400);

        // The checkpoint of before would have excused the stall up to 2900.
        assertThat(bench.foundAt()).containsExactly(2310L);
    }

    @Test
    void aStepThatDoesNotRiseIsNoProgress() {
        TrackBench<ProgressState> bench = steps().send(steps(0, 300, 0));
        for (int second = 300; second < 400; second += 10) {
            bench.send(step(second, 29));
        }

        assertThat(bench.foundAt()).containsExactly(310L);
    }

    @Test
    void aJobThatGoesBackToItsCheckpointGoesOn() {
        TrackBench<ProgressState> bench =
                steps().send(steps(0, 300, 0)).send(steps(300, 600, 10)).end();

        assertThat(bench.reasons()).isEmpty();
        assertThat(bench.groups()).isZero();
    }

    @Test
    void stepsThatTakeTwiceAsLongAreToldOnce() {
        TrackBench<ProgressState> bench = steps().send(steps(0, 300, 0));
        for (int i = 0; i < 200; i++) {
            bench.send(step(305 + 19 * i, 30 + i));
        }

        // The step at 324 is the first that took 19 s; 600 s after 305 are over with that at 913.
        assertThat(bench.foundAt()).containsExactly(913L);
    }

    @Test
    void phasesThatOverlapExcuseUntilTheLastIsOver() {
        TrackBench<ProgressState> bench = steps().send(steps(0, 300, 0))
                .send(event(EventKind.CHECKPOINT_BEGIN, 300, Measures.NONE))
                .send(event(EventKind.EVALUATION_BEGIN, 310, Measures.NONE))
                .send(event(EventKind.EVALUATION_RESULT, 330, Measures.NONE))
                .until(890);
        assertThat(bench.reasons()).isEmpty();

        bench.until(900);

        assertThat(bench.reasons()).containsExactly("checkpoint began 10m ago and may last 10m");
    }

    @Test
    void oneSlowGapInAHundredDoesNotMoveWhatIsAllowed() {
        TrackBench<ProgressState> bench =
                steps().send(steps(0, 100, 0)).send(steps(109, 1400, 10)).until(2000);

        // 19 s is the one gap of 138 that is longer than 10 s; of the last 128 the 127th is 10 s.
        assertThat(bench.foundAt()).containsExactly(1419L);
    }

    @Test
    void anEndOfTheInputIsNoStall() {
        TrackBench<ProgressState> bench = engine().send(moving(0, 300)).end();

        assertThat(bench.reasons()).isEmpty();
        assertThat(bench.groups()).isZero();
    }

    private static TrackBench<ProgressState> engine() {
        return bench(ENGINE);
    }

    private static TrackBench<ProgressState> steps() {
        return bench(STEPS);
    }

    private static TrackBench<ProgressState> bench(String rule) {
        return new TrackBench<>(SampleRules.rule("stalled", rule), ProgressPattern.class, ProgressTracker::new);
    }

    private static List<LogEvent> moving(int from, int until) {
        return reports(from, until, 8, 0, 100, 400);
    }

    private static List<LogEvent> reports(int from, int until, int running, int waiting, int prompt, int generated) {
        List<LogEvent> reports = new ArrayList<>();
        for (int second = from; second < until; second += 10) {
            reports.add(report(second, running, waiting, prompt, generated));
        }
        return reports;
    }

    private static LogEvent report(int second, int running, int waiting, int prompt, int generated) {
        return event(
                EventKind.INFERENCE_STATS,
                second,
                Measures.builder()
                        .put("running_requests", running)
                        .put("waiting_requests", waiting)
                        .put("prompt_tokens_per_second", prompt)
                        .put("generation_tokens_per_second", generated)
                        .build());
    }

    private static List<LogEvent> steps(int from, int until, int first) {
        List<LogEvent> steps = new ArrayList<>();
        for (int second = from; second < until; second += 10) {
            steps.add(step(second, first + (second - from) / 10));
        }
        return steps;
    }

    private static LogEvent step(int second, int step) {
        return event(EventKind.TRAINING_STEP, second, Measures.of("step", step));
    }

    private static LogEvent event(EventKind kind, int second, Measures measures) {
        return SampleRules.event(kind, Story.START.plusSeconds(second), measures, Attributes.NONE);
    }
}
