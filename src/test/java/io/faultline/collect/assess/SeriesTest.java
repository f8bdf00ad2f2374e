package io.faultline.collect.assess;

import static io.faultline.collect.assess.EventBuilder.aStep;
import static io.faultline.collect.assess.EventBuilder.anEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.QualityMark;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private final Series series = new Series();
    private final SeriesMemory memory = new SeriesMemory();

    @Test
    void countsTheStepsThatAreMissing() {
        for (int step = 10; step <= 50; step += 10) {
            assertThat(judge(aStep(step))).isZero();
        }

        assertThat(judge(aStep(90))).isEqualTo(QualityMark.GAP_BEFORE.bit());
        assertThat(series.missing()).isEqualTo(3);
        assertThat(judge(aStep(100))).isZero();
        assertThat(series.missing()).isZero();
    }

    @Test
    void takesALongerIntervalThatStaysForTheInterval() {
        for (int step = 10; step <= 50; step += 10) {
            judge(aStep(step));
        }

        assertThat(judge(aStep(70))).isEqualTo(QualityMark.GAP_BEFORE.bit());
        assertThat(judge(aStep(90))).isZero();
        assertThat(judge(aStep(110))).isZero();
    }

    @Test
    void takesAStepThatGoesBackForARestart() {
        for (int step = 10; step <= 50; step += 10) {
            judge(aStep(step));
        }

        assertThat(judge(aStep(20))).isEqualTo(QualityMark.COUNTER_RESET.bit());
        assertThat(judge(aStep(30))).isZero();
    }

    @Test
    void keepsRanksApart() {
        for (int step = 10; step <= 50; step += 10) {
            judge(aStep(step).ofRank(0));
        }

        assertThat(judge(aStep(10).ofRank(1))).isZero();
        assertThat(judge(aStep(60).ofRank(0))).isZero();
    }

    @Test
    void missesTheLinesOfABusyEngine() {
        for (int i = 0; i < 10; i++) {
            assertThat(judge(statistics(i * 10, 4, 100))).isZero();
        }

        assertThat(judge(statistics(130, 4, 100))).isEqualTo(QualityMark.GAP_BEFORE.bit());
        assertThat(series.missing()).isEqualTo(3);
    }

    @Test
    void missesNoLineOfAnIdleEngine() {
        for (int i = 0; i < 10; i++) {
            judge(statistics(i * 10, i < 9 ? 4 : 0, 100));
        }

        assertThat(judge(statistics(3_600, 4, 100))).isZero();
    }

    @Test
    void doubtsTenTimesThePeak() {
        for (int i = 0; i < 30; i++) {
            judge(statistics(i * 10, 4, 100 + i % 7));
        }

        assertThat(judge(statistics(300, 4, 1_000))).isZero();
        assertThat(judge(statistics(310, 4, 100_000))).isEqualTo(QualityMark.OUT_OF_RANGE.bit());
    }

    @Test
    void believesTheFirstThroughputAfterAnIdleTime() {
        for (int i = 0; i < 30; i++) {
            judge(statistics(i * 10, 4, 100));
        }
        judge(statistics(300, 0, 0));

        assertThat(judge(statistics(310, 4, 100_000))).isZero();
    }

    @Test
    void marksSecondsThatBecameMilliseconds() {
        for (int i = 0; i < 30; i++) {
            assertThat(judge(seconds(2.5 + i % 3 / 10.0))).isZero();
        }

        for (int i = 0; i < 4; i++) {
            assertThat(judge(seconds(2_500 + i))).as("perhaps one odd step").isZero();
        }
        assertThat(judge(seconds(2_500))).isEqualTo(QualityMark.UNIT_DRIFT.bit());
        assertThat(judge(seconds(2.5))).isZero();
    }

    @Test
    void marksARatioThatBecameAPercentage() {
        long marks = 0;
        for (int i = 0; i < 5; i++) {
            marks = judge(anEvent().telling(EventKind.INFERENCE_STATS, Measures.of("kv_cache_usage_ratio", 45 + i)));
        }

        assertThat(marks).isEqualTo(QualityMark.OUT_OF_RANGE.bit() | QualityMark.UNIT_DRIFT.bit());
    }

    @Test
    void judgesSingleNumbersByTheirRangeAlone() {
        LogEvent death = anEvent()
                .telling(EventKind.PROCESS_EXIT, Measures.of("exit_code", -15))
                .build();

        assertThat(series.judge(death, memory)).isEqualTo(0);
        assertThat(memory.size).isZero();
    }

    @Test
    void remembersNoMoreSeriesThanItMay() {
        for (int rank = 0; rank < 1_000; rank++) {
            judge(aStep(1).ofRank(rank));
        }

        assertThat(memory.size).isEqualTo(SeriesMemory.MOST);
        assertThat(memory.keys).hasSize(SeriesMemory.MOST);
    }

    private long judge(EventBuilder event) {
        return series.judge(event.build(), memory);
    }

    private static EventBuilder seconds(double value) {
        return anEvent().telling(EventKind.TRAINING_STEP, Measures.of("step_time_seconds", value));
    }

    private static EventBuilder statistics(int second, int running, double throughput) {
        return anEvent()
                .after(Duration.ofSeconds(second))
                .telling(
                        EventKind.INFERENCE_STATS,
                        Measures.builder()
                                .put("running_requests", running)
                                .put("generation_tokens_per_second", throughput)
                                .build());
    }
}
