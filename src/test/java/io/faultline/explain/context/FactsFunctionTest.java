package io.faultline.explain.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.explain.account.AccountSettings;
import io.faultline.explain.account.Sign;
import io.faultline.model.Change;
import io.faultline.model.Entity;
import io.faultline.model.Entity.Level;
import io.faultline.model.JobAccount;
import io.faultline.model.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Times are seconds after 10:00. */
class FactsFunctionTest {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final long DISORDER = 30;

    private int line;

    @Test
    void accountsOfAJobEveryFiveMinutesAndAtItsEnd() throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (Sign sign : run()) {
                harness.processElement(sign, sign.timestamp().toEpochMilli());
            }
            harness.processWatermark(Watermark.MAX_WATERMARK);

            List<JobAccount> accounts = accounts(harness);
            assertThat(accounts)
                    .extracting(account -> account.until().getEpochSecond() - TEN.getEpochSecond())
                    .as("up to the last step before each five minutes")
                    .containsExactly(290L, 590L, 890L, 1190L, 1330L);
            assertThat(accounts.stream().mapToDouble(JobAccount::seconds).sum()).isEqualTo(1330);
            assertThat(accounts.stream().mapToDouble(JobAccount::stalled).sum()).isEqualTo(300);
            assertThat(accounts).extracting(JobAccount::gpus).containsOnly(16);
            assertThat(accounts.get(accounts.size() - 1).ended()).isTrue();
            assertThat(harness.numKeyedStateEntries())
                    .as("only its size, to be compared with that of its next start")
                    .isEqualTo(1);
        }
    }

    @Test
    void findsTheSameInAnyOrderWithinTheDisorder() throws Exception {
        List<ContextFact> expected;
        List<JobAccount> accounts;
        try (var harness = harness()) {
            harness.open();
            for (Sign sign : run()) {
                send(harness, sign);
            }
            harness.processWatermark(Watermark.MAX_WATERMARK);
            expected = harness.extractOutputValues();
            accounts = accounts(harness);
        }
        for (int seed = 1; seed <= 5; seed++) {
            try (var harness = harness()) {
                harness.open();
                for (Sign sign : shuffled(run(), new Random(seed))) {
                    send(harness, sign);
                }
                harness.processWatermark(Watermark.MAX_WATERMARK);

                assertThat(accounts(harness)).as("seed %d", seed).isEqualTo(accounts);
                assertThat(harness.extractOutputValues().toString())
                        .as("seed %d", seed)
                        .isEqualTo(expected.toString());
            }
        }
    }

    @Test
    void goesOnWhereTheCheckpointWas() throws Exception {
        List<Sign> signs = run();
        OperatorSubtaskState snapshot;
        List<JobAccount> found;
        try (var harness = harness()) {
            harness.open();
            for (Sign sign : signs.subList(0, signs.size() / 2)) {
                send(harness, sign);
            }
            snapshot = harness.snapshot(1, 1);
            found = accounts(harness);
        }
        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            for (Sign sign : signs.subList(signs.size() / 2, signs.size())) {
                send(harness, sign);
            }
            harness.processWatermark(Watermark.MAX_WATERMARK);
            found.addAll(accounts(harness));
        }

        assertThat(found.stream().mapToDouble(JobAccount::seconds).sum()).isEqualTo(1330);
        assertThat(found.stream().mapToDouble(JobAccount::stalled).sum()).isEqualTo(300);
    }

    @Test
    void keepsOneOfWhatAllRanksSay() throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (int rank = 0; rank < 512; rank++) {
                Sign sign = sign(Sign.Kind.STEP, 10, 7, 0);
                harness.processElement(sign, sign.timestamp().toEpochMilli());
            }

            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        }
    }

    @Test
    void takesASaveWithoutATimeOfItsOwnAfterTheStepThatIsWrittenBeforeIt() throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (int second = 0; second <= 100; second += 10) {
                send(harness, sign(Sign.Kind.STEP, second, second / 10.0 + 1, 0));
            }
            Sign step = sign(Sign.Kind.STEP, 110, 12, 0);
            send(harness, moved(step, 149_000, true));
            send(harness, moved(sign(Sign.Kind.CHECKPOINT_BEGIN, 110, 12, 0), 0, false));
            send(harness, moved(sign(Sign.Kind.CHECKPOINT_END, 110, 12, 0), 0, false));
            send(harness, sign(Sign.Kind.STEP, 200, 13, 0));
            send(harness, sign(Sign.Kind.SUCCESS, 200, Double.NaN, 0));
            harness.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(accounts(harness)).extracting(JobAccount::checkpoint).containsExactly(80.0);
        }
    }

    /** The same with some nanoseconds more, or without a time of its own. */
    private static Sign moved(Sign sign, long nanos, boolean timed) {
        return new Sign(
                sign.subject(),
                sign.entity(),
                sign.kind(),
                sign.timestamp().plusNanos(nanos),
                timed,
                sign.step(),
                sign.gpus(),
                sign.listedGpus(),
                sign.name(),
                sign.value(),
                sign.origin());
    }

    @Test
    void tellsOfTheStart() throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (Sign sign : run()) {
                send(harness, sign);
            }

            assertThat(harness.extractOutputValues())
                    .filteredOn(fact -> fact.change() != null)
                    .extracting(
                            fact -> fact.change().kind(), fact -> fact.change().text())
                    .contains(org.assertj.core.api.Assertions.tuple(Change.Kind.RESTART, "job train-llm started"));
        }
    }

    /** 30 s of start, steps to 400, a stall to 700, steps again, and the end at 1330. */
    private List<Sign> run() {
        line = 0;
        List<Sign> signs = new ArrayList<>();
        signs.add(sign(Sign.Kind.FACT, 0, Double.NaN, 16));
        signs.add(sign(Sign.Kind.START, 20, Double.NaN, 0));
        int step = 1;
        for (int second = 30; second <= 400; second += 10) {
            signs.add(sign(Sign.Kind.STEP, second, step++, 0));
        }
        for (int second = 710; second <= 1320; second += 10) {
            signs.add(sign(Sign.Kind.STEP, second, step++, 0));
        }
        signs.add(sign(Sign.Kind.SUCCESS, 1330, Double.NaN, 0));
        return signs;
    }

    /** No sign passes one that is more than the disorder older. */
    private static List<Sign> shuffled(List<Sign> signs, Random random) {
        record Moved(Sign sign, double at) {}
        List<Moved> moved = new ArrayList<>();
        signs.forEach(
                sign -> moved.add(new Moved(sign, sign.timestamp().getEpochSecond() + random.nextDouble() * DISORDER)));
        Collections.sort(moved, java.util.Comparator.comparingDouble(Moved::at));
        return moved.stream().map(Moved::sign).toList();
    }

    private static void send(KeyedOneInputStreamOperatorTestHarness<String, Sign, ContextFact> harness, Sign sign)
            throws Exception {
        long at = sign.timestamp().toEpochMilli();
        harness.processElement(sign, at);
        harness.processWatermark(at - DISORDER * 1000 - 1);
    }

    private static List<JobAccount> accounts(
            KeyedOneInputStreamOperatorTestHarness<String, Sign, ContextFact> harness) {
        var output = harness.getSideOutput(FactsFunction.ACCOUNTS);
        return output == null
                ? new ArrayList<>()
                : new ArrayList<>(output.stream().map(StreamRecord::getValue).toList());
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Sign, ContextFact> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new FactsFunction(AccountSettings.defaults())), Sign::key, Types.STRING);
    }

    private Sign sign(Sign.Kind kind, long second, double step, int gpus) {
        return new Sign(
                "job/train-llm",
                Entity.UNKNOWN.with(Level.JOB, "train-llm"),
                kind,
                TEN.plusSeconds(second),
                true,
                step,
                gpus,
                0,
                "",
                "",
                Origin.file("train-llm.log", ++line));
    }
}
