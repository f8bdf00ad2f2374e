package io.faultline.explain.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Entity;
import io.faultline.model.Entity.Level;
import io.faultline.model.JobAccount;
import io.faultline.model.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Times are seconds after 10:00. */
class LedgerTest {

    private static final long TEN = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

    private final Ledger ledger = new Ledger(AccountSettings.defaults(), null);
    private final List<JobAccount> accounts = new ArrayList<>();
    private int line;

    @Test
    void stallsFromTheLastStepNotFromWhenItIsCertain() {
        steps(0, 100, 10, 1);

        ledger.advance(at(130));
        assertThat(ledger.losses()).noneMatch(Loss::losing);
        ledger.advance(at(400));

        assertThat(ledger.losses()).singleElement().satisfies(loss -> {
            assertThat(loss.losing()).isTrue();
            assertThat(loss.since()).isEqualTo(at(100));
            assertThat(loss.knownAt()).isBetween(at(160), at(161));
            assertThat(loss.at(at(400))).isEqualTo(300_000);
        });
    }

    @Test
    void waitsLongerForAJobWhoseStepsAreLong() {
        steps(0, 600, 60, 1);

        ledger.advance(at(890));
        assertThat(ledger.losses()).noneMatch(Loss::losing);

        ledger.advance(at(910));
        assertThat(ledger.losses()).anyMatch(Loss::losing);
    }

    @Test
    void takesASaveForWorkWhileStepsGoOn() {
        steps(0, 100, 10, 1);
        take(Sign.Kind.CHECKPOINT_BEGIN, 100, 11);
        steps(110, 200, 10, 12);
        take(Sign.Kind.CHECKPOINT_END, 200, 11);
        steps(210, 300, 10, 22);

        finish(300);

        assertThat(sum(JobAccount::checkpoint)).isZero();
        assertThat(sum(JobAccount::productive)).isEqualTo(300);
    }

    @Test
    void letsASaveWithoutATimeOfItsOwnLastUntilTheNextStepBegins() {
        steps(0, 100, 10, 1);
        untimed(Sign.Kind.CHECKPOINT_BEGIN, 100, 11);
        untimed(Sign.Kind.CHECKPOINT_END, 100, 11);
        steps(250, 300, 10, 12);

        finish(300);

        assertThat(sum(JobAccount::checkpoint)).isEqualTo(140);
        assertThat(sum(JobAccount::productive)).isEqualTo(160);
        assertThat(sum(JobAccount::stalled)).isZero();
    }

    @Test
    void knowsAnEvaluationWhoseEndSeemsToComeBeforeItsBegin() {
        steps(0, 90, 10, 1);
        untimed(Sign.Kind.EVALUATION_END, 98, 11);
        take(Sign.Kind.STEP, 100, 11);
        untimed(Sign.Kind.EVALUATION_BEGIN, 100, Double.NaN);
        steps(140, 200, 10, 12);

        finish(200);

        assertThat(sum(JobAccount::evaluation)).isEqualTo(30);
        assertThat(sum(JobAccount::productive)).isEqualTo(170);
    }

    @Test
    void takesAnEndlessSaveForAStall() {
        steps(0, 100, 10, 1);
        take(Sign.Kind.CHECKPOINT_BEGIN, 100, 11);

        finish(100 + 3600 + 600);

        assertThat(sum(JobAccount::checkpoint)).isEqualTo(3600);
        assertThat(sum(JobAccount::stalled)).isEqualTo(590);
    }

    @Test
    void knowsARestartThatNoLineTellsOf() {
        steps(0, 300, 10, 101);
        steps(500, 600, 10, 111);

        finish(600);

        // 131 was the last step; 111 is made again at 500, so that 110 was where it went back to
        assertThat(sum(JobAccount::interruptions)).isEqualTo(1);
        assertThat(sum(JobAccount::wasted)).isEqualTo(210);
    }

    @Test
    void countsARunFromTheFirstStepAsAnotherRun() {
        steps(0, 300, 10, 1);
        take(Sign.Kind.EXIT, 305, Double.NaN);
        take(Sign.Kind.START, 360, 0);
        steps(380, 480, 10, 1);

        finish(480);

        assertThat(sum(JobAccount::wasted)).as("the step that was not finished").isEqualTo(5);
        assertThat(sum(JobAccount::restarting)).isEqualTo(65);
        assertThat(accounts.get(accounts.size() - 1).run()).isEqualTo(2);
    }

    @Test
    void takesTheLastStepOfAnotherRankForNoRestart() {
        steps(0, 100, 10, 1);
        take(Sign.Kind.EXIT, 101, Double.NaN);
        take(Sign.Kind.STEP, 102, 11);
        take(Sign.Kind.EXIT, 103, Double.NaN);

        finish(160);

        assertThat(sum(JobAccount::interruptions)).isEqualTo(1);
        assertThat(sum(JobAccount::wasted)).as("the step that was not finished").isEqualTo(1);
        assertThat(sum(JobAccount::productive)).isEqualTo(100);
    }

    @Test
    void countsACrashLoopAsMoreThanOneInterruption() {
        steps(0, 100, 10, 1);
        take(Sign.Kind.EXIT, 101, Double.NaN);
        take(Sign.Kind.EXIT, 102, Double.NaN);
        take(Sign.Kind.START, 160, Double.NaN);
        take(Sign.Kind.EXIT, 161, Double.NaN);
        take(Sign.Kind.START, 200, Double.NaN);
        take(Sign.Kind.EXIT, 230, Double.NaN);

        finish(230);

        assertThat(sum(JobAccount::interruptions))
                .as("the first, and the restart that failed")
                .isEqualTo(2);
        assertThat(sum(JobAccount::recoveries)).isZero();
    }

    @Test
    void givesAJobUpThatDoesNotComeBack() {
        steps(0, 100, 10, 1);
        take(Sign.Kind.EXIT, 100, Double.NaN);

        finish(100 + 5 * 3600);

        assertThat(sum(JobAccount::restarting)).isEqualTo(2 * 3600);
        assertThat(accounts.get(accounts.size() - 1).ended()).isTrue();
        assertThat(ledger.book()).isNull();
    }

    @Test
    void isNotStalledWhereNothingIsAskedFor() {
        reports(0, 100, Sign.Kind.MOVING);
        take(Sign.Kind.IDLE, 110, Double.NaN);
        ledger.advance(at(3000));
        reports(3010, 3100, Sign.Kind.MOVING);

        finish(3100);

        assertThat(sum(JobAccount::stalled)).isZero();
        assertThat(sum(JobAccount::productive)).isEqualTo(3100);
    }

    @Test
    void isStalledFromTheLastTokenOnWhereRequestsWait() {
        reports(0, 100, Sign.Kind.MOVING);
        reports(110, 400, Sign.Kind.STUCK);
        reports(410, 500, Sign.Kind.MOVING);

        finish(500);

        assertThat(sum(JobAccount::stalled)).isEqualTo(300);
        assertThat(sum(JobAccount::recovery)).isEqualTo(310);
    }

    @Test
    void takesOneReportWithoutTokensForNothing() {
        reports(0, 100, Sign.Kind.MOVING);
        take(Sign.Kind.STUCK, 110, Double.NaN);
        reports(120, 200, Sign.Kind.MOVING);

        finish(200);

        assertThat(sum(JobAccount::stalled)).isZero();
        assertThat(sum(JobAccount::interruptions)).isZero();
    }

    @Test
    void restartsAnEngineThatWasStoppedBecauseItWasStalled() {
        reports(0, 100, Sign.Kind.MOVING);
        reports(110, 300, Sign.Kind.STUCK);
        take(Sign.Kind.STOP, 305, Double.NaN);
        take(Sign.Kind.START, 320, Double.NaN);
        reports(400, 500, Sign.Kind.MOVING);

        finish(500);

        assertThat(sum(JobAccount::stalled)).isEqualTo(205);
        assertThat(sum(JobAccount::restarting)).isEqualTo(85);
        assertThat(sum(JobAccount::interruptions)).isEqualTo(1);
    }

    @Test
    void endsAnEngineThatIsScaledDown() {
        reports(0, 100, Sign.Kind.MOVING);
        take(Sign.Kind.STOP, 105, Double.NaN);
        take(Sign.Kind.MOVING, 110, Double.NaN);

        finish(4000);

        assertThat(sum(JobAccount::seconds)).isEqualTo(105);
        assertThat(sum(JobAccount::interruptions)).isZero();
    }

    @Test
    void takesTheSizeThatTheLogTellsBeforeTheInventorys() {
        ledger.take(sign(Sign.Kind.START, 0, Double.NaN, true, 0, 64));
        assertThat(ledger.gpus()).isEqualTo(64);

        ledger.take(sign(Sign.Kind.FACT, 1, Double.NaN, true, 8, 64));
        ledger.take(sign(Sign.Kind.FACT, 2, Double.NaN, true, 32, 64));
        ledger.take(sign(Sign.Kind.FACT, 3, Double.NaN, true, 8, 64));

        assertThat(ledger.gpus()).as("the largest of its communicators").isEqualTo(32);
    }

    private void steps(long from, long until, long every, int first) {
        int step = first;
        for (long second = from; second <= until; second += every) {
            take(Sign.Kind.STEP, second, step++);
        }
    }

    private void reports(long from, long until, Sign.Kind kind) {
        for (long second = from; second <= until; second += 10) {
            take(kind, second, Double.NaN);
        }
    }

    private void take(Sign.Kind kind, long second, double step) {
        ledger.take(sign(kind, second, step, true, 0, 0));
    }

    private void untimed(Sign.Kind kind, long second, double step) {
        ledger.take(sign(kind, second, step, false, 0, 0));
    }

    private void finish(long second) {
        ledger.finish(at(second));
        accounts.addAll(ledger.accounts());
    }

    private double sum(ToDoubleFunction<JobAccount> part) {
        return accounts.stream().mapToDouble(part).sum();
    }

    private static long at(long second) {
        return TEN + 1000 * second;
    }

    private Sign sign(Sign.Kind kind, long second, double step, boolean timed, int gpus, int listed) {
        return new Sign(
                "job/train-llm",
                Entity.UNKNOWN.with(Level.JOB, "train-llm"),
                kind,
                Instant.ofEpochMilli(at(second)),
                timed,
                step,
                gpus,
                listed,
                "",
                "",
                Origin.file("train-llm.log", ++line));
    }
}
