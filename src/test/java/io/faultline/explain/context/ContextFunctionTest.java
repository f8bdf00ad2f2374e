package io.faultline.explain.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.explain.account.Loss;
import io.faultline.explain.complete.Heard;
import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Change;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.Entity.Level;
import io.faultline.model.Incident;
import io.faultline.model.Origin;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Times are seconds after 10:00; the job has 16 GPUs. */
class ContextFunctionTest {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final Entity JOB = Entity.ofJob("train-llm");

    private KeyedTwoInputStreamOperatorTestHarness<String, Incident, ContextFact, Incident> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void waitsForWhatIsKnownOfItsMoment() throws Exception {
        send(incident(1, Incident.State.OPEN, 600), 720);
        fact(change(Change.Kind.DEPLOY, 480, "chat deployed"));
        fact(loss(661, 600, 0, true));

        watermark(719);
        assertThat(harness.extractOutputValues()).isEmpty();
        watermark(721);

        Incident told = only();
        assertThat(told.changes())
                .extracting(Change::text, Change::secondsBefore)
                .containsExactly(tuple("chat deployed", 120L));
        // two minutes of 16 GPUs, up to the end of the second in which it was told
        assertThat(told.cost().gpuHours()).isCloseTo(16 * 120.999 / 3600, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(told.cost().gpus()).isEqualTo(16);
        assertThat(told.cost().running()).isTrue();
    }

    @Test
    void tellsTheNearestChangesOfWhatIsAffectedAndNotWhatCameAfter() throws Exception {
        fact(change(Change.Kind.CHECKPOINT, 500, "saved"));
        fact(change(Change.Kind.RESTART, 100, "started"));
        fact(change(Change.Kind.RESTART, 650, "started after it"));
        fact(change(Change.Kind.DRIVER, -8000, "two hours ago and more"));
        fact(ContextFact.of(
                "",
                "job/other",
                new Change(at(590), Change.Kind.DEPLOY, Entity.ofJob("other"), "of another job", 0, line())));
        send(incident(1, Incident.State.OPEN, 600), 720);

        watermark(721);

        assertThat(only().changes()).extracting(Change::text).containsExactly("saved", "started");
    }

    @Test
    void doesNotKnowTheCostWhereNobodySaysHowManyGpusThereAre() throws Exception {
        fact(ContextFact.of("", "job/train-llm", JOB, new Loss(millis(661), millis(600), 0, true, 0)));
        send(incident(1, Incident.State.OPEN, 600), 720);

        watermark(721);

        assertThat(only().cost()).isEqualTo(Cost.UNKNOWN);
    }

    @Test
    void tellsWhichSourcesWereSilentThenAndNotThatOneFellSilentLater() throws Exception {
        heard("gpu-a1.kernel.log", 500, Heard.News.WRITES);
        heard("train-llm.log", 500, Heard.News.WRITES);
        heard("gpu-a1.kernel.log", 590, Heard.News.SILENT);
        heard("train-llm.log", 800, Heard.News.SILENT);
        send(incident(1, Incident.State.OPEN, 600), 720);

        watermark(900);

        assertThat(only().completeness()).isEqualTo(0.5);
        assertThat(only().cause().because())
                .contains("1 of 2 sources is silent or late, so this may be more than is known: gpu-a1.kernel.log");
    }

    @Test
    void forgetsSourcesThatHaveGone() throws Exception {
        heard("train-llm.log", 500, Heard.News.WRITES);
        watermark(600);
        int known = harness.numKeyedStateEntries();

        watermark(600 + 8 * 3600);

        assertThat(known).isPositive();
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void tellsAgainWhenTheCostHasDoubledAndNeverMoreOftenThanTheInterval() throws Exception {
        fact(loss(661, 600, 0, true));
        send(incident(1, Incident.State.OPEN, 600), 660);

        for (int second = 660; second <= 1800; second += 10) {
            watermark(second);
        }

        List<Incident> told = harness.extractOutputValues();
        // after 1, 3, 6 and 12 minutes; the next would be after 24
        assertThat(told).extracting(Incident::revision).containsExactly(1, 2, 3, 4);
        for (int i = 2; i < told.size(); i++) {
            assertThat(told.get(i).cost().gpuHours())
                    .isGreaterThanOrEqualTo(2 * told.get(i - 1).cost().gpuHours());
        }
    }

    @Test
    void countsRevisionsOnAfterItsOwn() throws Exception {
        fact(loss(661, 600, 0, true));
        send(incident(1, Incident.State.OPEN, 600), 720);
        watermark(1000);
        send(incident(2, Incident.State.RESOLVED, 600), 1320);
        watermark(1400);

        List<Incident> told = harness.extractOutputValues();
        assertThat(told).extracting(Incident::revision).isSorted().doesNotHaveDuplicates();
        assertThat(told.get(told.size() - 1).state()).isEqualTo(Incident.State.RESOLVED);
    }

    @Test
    void tellsTheWholeCostOfWhatIsResolvedBeforeTheJobIsBack() throws Exception {
        fact(loss(601, 600, 0, true));
        send(incident(1, Incident.State.RESOLVED, 600), 1320);
        watermark(1400);
        assertThat(only().cost().running()).isTrue();

        // back after half an hour, and five minutes of work are thrown away
        fact(loss(2400, 2400, 1_800_000 + 300_000, false));
        watermark(3000);

        List<Incident> told = harness.extractOutputValues();
        assertThat(told).hasSize(2);
        assertThat(told.get(1).revision()).isEqualTo(2);
        assertThat(told.get(1).cost()).isEqualTo(new Cost(16 * 2100 / 3600.0, 16, false));
        assertThat(told.get(1).state()).isEqualTo(Incident.State.RESOLVED);
    }

    @Test
    void countsTheGpusThatStoodStillAndNotThoseItIsBackWith() throws Exception {
        fact(loss(601, 600, 0, true));
        send(incident(1, Incident.State.RESOLVED, 600), 1320);
        watermark(1400);
        fact(ContextFact.of("", "job/train-llm", JOB, new Loss(millis(2400), millis(2400), 1_800_000, false, 64)));

        watermark(3000);

        assertThat(harness.extractOutputValues().get(1).cost()).isEqualTo(new Cost(16 * 1800 / 3600.0, 16, false));
    }

    @Test
    void doesNotCountWhatWasLostBeforeItBegan() throws Exception {
        fact(loss(100, 100, 0, true));
        fact(loss(200, 200, 100_000, false));
        fact(loss(601, 600, 100_000, true));
        send(incident(1, Incident.State.OPEN, 600), 660);

        watermark(661);

        assertThat(only().cost().gpuHours())
                .isCloseTo(16 * 60.999 / 3600, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void leavesTheCostOfAMergedIncidentToTheOtherOne() throws Exception {
        fact(loss(601, 600, 0, true));
        send(incident(1, Incident.State.MERGED, 600), 660);

        watermark(661);

        assertThat(only().cost()).isEqualTo(Cost.UNKNOWN);
    }

    @Test
    void tellsWhatIsOpenWithItsCostWhenInputEnds() throws Exception {
        fact(loss(661, 600, 0, true));
        send(incident(1, Incident.State.OPEN, 600), 660);
        watermark(661);
        watermark(690);
        fact(loss(700, 700, 100_000, false));

        harness.processBothWatermarks(Watermark.MAX_WATERMARK);

        List<Incident> told = harness.extractOutputValues();
        assertThat(told.get(told.size() - 1).cost()).isEqualTo(new Cost(16 * 100 / 3600.0, 16, false));
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void forgetsWhatIsOver() throws Exception {
        fact(change(Change.Kind.DEPLOY, 0, "deployed"));
        send(incident(1, Incident.State.RESOLVED, 600), 1320);
        watermark(1400);

        watermark(1400 + 12 * 3600);

        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void goesOnWhereTheCheckpointWas() throws Exception {
        fact(loss(661, 600, 0, true));
        send(incident(1, Incident.State.OPEN, 600), 720);
        watermark(719);
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();

        watermark(721);

        assertThat(only().cost().gpus()).isEqualTo(16);
    }

    private Incident only() {
        assertThat(harness.extractOutputValues()).hasSize(1);
        return harness.extractOutputValues().get(0);
    }

    private void send(Incident incident, long second) throws Exception {
        harness.processElement1(new StreamRecord<>(incident, millis(second)));
    }

    private void fact(ContextFact fact) throws Exception {
        harness.processElement2(new StreamRecord<>(fact, 0));
    }

    private void heard(String source, long second, Heard.News news) throws Exception {
        Heard heard = new Heard(source, millis(second), news);
        harness.processElement2(new StreamRecord<>(
                new ContextFact("", "source/" + source, Entity.UNKNOWN, null, null, heard), millis(second)));
    }

    private void watermark(long second) throws Exception {
        harness.processBothWatermarks(new Watermark(millis(second)));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Incident, ContextFact, Incident> harness()
            throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(new ContextFunction(ContextSettings.defaults())),
                Incident::cluster,
                ContextFact::cluster,
                Types.STRING);
    }

    private static ContextFact change(Change.Kind kind, long second, String text) {
        return ContextFact.of("", "job/train-llm", new Change(at(second), kind, JOB, text, 0, line()));
    }

    private static ContextFact loss(long known, long since, long lost, boolean losing) {
        return ContextFact.of("", "job/train-llm", JOB, new Loss(millis(known), millis(since), lost, losing, 16));
    }

    private static Incident incident(int revision, Incident.State state, long second) {
        Cause cause =
                new Cause(CauseCategory.ENVIRONMENT, "unknown", JOB, "stalled", 0.2, Cause.Verdict.UNKNOWN, List.of());
        return new Incident(
                "incident-1",
                revision,
                state,
                "Training makes no progress",
                io.faultline.model.Level.HIGH,
                at(second),
                at(second + 60),
                cause,
                List.of(JOB.with(Level.RANK, "3"), JOB),
                List.of("training-stalled"),
                List.of(),
                List.of(),
                1);
    }

    private static Origin line() {
        return Origin.file("train-llm.log", 1);
    }

    private static Instant at(long second) {
        return TEN.plusSeconds(second);
    }

    private static long millis(long second) {
        return at(second).toEpochMilli();
    }
}
