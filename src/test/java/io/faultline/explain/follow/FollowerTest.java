package io.faultline.explain.follow;

import static io.faultline.explain.SampleAlerts.GPU_A1;
import static io.faultline.explain.SampleAlerts.at;
import static io.faultline.explain.SampleAlerts.ending;
import static io.faultline.explain.SampleAlerts.xid79;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.explain.SampleAlerts;
import io.faultline.model.Alert;
import io.faultline.model.AlertState;
import io.faultline.model.AlertState.Phase;
import io.faultline.model.Ending;
import io.faultline.model.EventKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final FollowSettings SETTINGS = FollowSettings.defaults();

    @Test
    void firesAtTheFirstFindingAndEndsWhenNoneCameForAWhile() {
        List<AlertState> told = follow(SETTINGS, List.of(xid79(0), xid79(60)), 3600);

        assertThat(told)
                .extracting(state -> state.revision() + " " + state.phase() + " " + state.count())
                .containsExactly("1 FIRING 1", "2 FIRING 2", "3 RESOLVED 2");
        assertThat(told).extracting(AlertState::id).containsOnly(told.get(0).id());
        assertThat(told.get(2).endedAt()).isEqualTo(at(660));
    }

    @Test
    void waitsWhereItHasToBeFoundForAWhileAndForgetsWhatWasNot() {
        FollowSettings pending = new FollowSettings(
                Duration.ofMinutes(2), Duration.ofMinutes(10), 3, Duration.ofHours(2), Duration.ofHours(1));

        assertThat(follow(pending, List.of(xid79(0)), 7200))
                .extracting(AlertState::phase)
                .containsExactly(Phase.PENDING);
        assertThat(follow(pending, List.of(xid79(0), xid79(60), xid79(120)), 7200))
                .extracting(AlertState::phase)
                .containsExactly(Phase.PENDING, Phase.PENDING, Phase.FIRING, Phase.RESOLVED);
    }

    @Test
    void callsWhatComesBackAThirdTimeFlappingAndHoldsItsEndBack() {
        List<AlertState> told =
                follow(SETTINGS, List.of(xid79(0), xid79(900), xid79(1800), xid79(2700), xid79(3900)), 9000);

        assertThat(told)
                .extracting(AlertState::phase)
                .containsExactly(
                        Phase.FIRING,
                        Phase.RESOLVED,
                        Phase.FIRING,
                        Phase.RESOLVED,
                        Phase.FIRING,
                        Phase.RESOLVED,
                        Phase.FLAPPING,
                        Phase.FLAPPING,
                        Phase.RESOLVED);
        assertThat(told.get(8).endedAt()).isEqualTo(at(3900 + 1800));
    }

    @Test
    void aLateFindingRevisesWhatIsOverAndOpensNothing() {
        Follower follower = new Follower(SETTINGS, null);
        follower.find(xid79(100));
        follower.pass(at(1000).toEpochMilli());
        follower.find(xid79(40));

        assertThat(follower.told())
                .extracting(
                        state -> state.revision() + " " + state.phase() + " " + state.count() + " " + state.startsAt())
                .containsExactly("1 FIRING 1 " + at(100), "2 RESOLVED 1 " + at(100), "3 RESOLVED 2 " + at(40));
    }

    @Test
    void endsWhenItsRuleSeesTheEndAndIsToldSoOnce() {
        Follower follower = new Follower(SETTINGS, null);
        follower.find(xid79(0));
        follower.end(ending(xid79(0), 30));
        follower.end(ending(xid79(0), 40));
        follower.pass(at(3600).toEpochMilli());

        assertThat(follower.told())
                .extracting(state -> state.revision() + " " + state.phase() + " " + state.endedBy())
                .containsExactly("1 FIRING ", "2 RESOLVED it is well again");
        assertThat(follower.told().get(1).endedAt()).isEqualTo(at(30));
    }

    @Test
    void doesNotEndWhatWasFoundAfterTheEnding() {
        Follower follower = new Follower(SETTINGS, null);
        follower.find(xid79(0));
        follower.find(xid79(60));
        follower.end(ending(xid79(0), 30));
        follower.end(ending(xid79(0), 90));

        assertThat(follower.told()).extracting(AlertState::phase).containsExactly(Phase.FIRING, Phase.FIRING);
    }

    @Test
    void isAnotherAlertWhereItIsFoundAgainInTheInstantOfItsEnd() {
        Follower follower = new Follower(SETTINGS, null);
        follower.find(xid79(0));
        follower.end(ending(xid79(0), 30));
        follower.find(xid79(30));

        assertThat(follower.told())
                .extracting(AlertState::phase)
                .containsExactly(Phase.FIRING, Phase.RESOLVED, Phase.FIRING);
        assertThat(follower.told().get(2).id())
                .isNotEqualTo(follower.told().get(0).id());
    }

    @Test
    void forgetsWhatEndsBeforeItFired() {
        FollowSettings pending = new FollowSettings(
                Duration.ofMinutes(2), Duration.ofMinutes(10), 3, Duration.ofHours(2), Duration.ofHours(1));
        Follower follower = new Follower(pending, null);
        follower.find(xid79(0));
        follower.end(ending(xid79(0), 60));

        assertThat(follower.told()).extracting(AlertState::phase).containsExactly(Phase.PENDING);
        assertThat(follower.known()).isNull();
    }

    @Test
    void holdsTheEndOfWhatFlapsBackFromWhenItsRuleSawIt() {
        Follower follower = new Follower(SETTINGS, null);
        for (int second = 0; second < 400; second += 100) {
            follower.find(xid79(second));
            follower.end(ending(xid79(second), second + 50));
        }
        follower.pass(at(9000).toEpochMilli());

        List<AlertState> told = follower.told();
        assertThat(told)
                .extracting(AlertState::phase)
                .containsExactly(
                        Phase.FIRING,
                        Phase.RESOLVED,
                        Phase.FIRING,
                        Phase.RESOLVED,
                        Phase.FIRING,
                        Phase.RESOLVED,
                        Phase.FLAPPING,
                        Phase.RESOLVED);
        assertThat(told.get(7).endedAt()).isEqualTo(at(350 + 1800));
    }

    @Test
    void goesOnForAsLongAsItsRuleSays() {
        Alert lasting = new SampleAlerts.Builder("node-not-ready", Alert.Role.INITIATING)
                .about(GPU_A1, GPU_A1)
                .line(0, EventKind.NODE_CONDITION, GPU_A1, "gpu-a1 is not ready")
                .resolvedAfter(7200)
                .build();

        List<AlertState> told = follow(SETTINGS, List.of(lasting), 9000);

        assertThat(told).extracting(AlertState::phase).containsExactly(Phase.FIRING, Phase.RESOLVED);
        assertThat(told.get(1).endedAt()).isEqualTo(at(7200));
    }

    @Property(tries = 300)
    void toldTheSameWhateverInputIsFirstAndHoweverTimeIsToldOf(
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 900) Integer> gaps,
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 12_000) Integer> steps)
            throws Exception {
        List<Alert> alerts = alerts(gaps);
        List<Ending> endings = endings(alerts, gaps);

        List<AlertState> atOnce = told(alerts, endings, List.of());

        assertThat(told(alerts, endings, steps)).isEqualTo(atOnce);
    }

    private static List<Alert> alerts(List<Integer> gaps) {
        List<Alert> alerts = new ArrayList<>();
        long second = 0;
        for (int gap : gaps) {
            second += gap;
            alerts.add(xid79(second));
        }
        return alerts;
    }

    /** Some alerts end before the next one, some in its instant, some are not ended, some twice. */
    private static List<Ending> endings(List<Alert> alerts, List<Integer> gaps) {
        List<Ending> endings = new ArrayList<>();
        for (int i = 0; i + 1 < alerts.size(); i++) {
            long at = Duration.between(at(0), alerts.get(i + 1).detectedAt()).toSeconds();
            int kind = gaps.get(i) % 4;
            if (kind != 0) {
                endings.add(ending(alerts.get(i), kind == 1 ? at : at - gaps.get(i + 1) / 2));
            }
            if (kind == 3) {
                endings.add(ending(alerts.get(i), at));
            }
        }
        return endings;
    }

    /** An alert or an ending comes before the watermark that reaches it, the endings first. */
    private static List<AlertState> told(List<Alert> alerts, List<Ending> endings, List<Integer> steps)
            throws Exception {
        try (var harness = harness()) {
            harness.open();
            List<Alert> found = new ArrayList<>(alerts);
            List<Ending> over = new ArrayList<>(endings);
            List<Integer> inOrder = new ArrayList<>(steps.stream().sorted().toList());
            inOrder.add(60_000);
            for (int step : inOrder) {
                for (Ending ending : List.copyOf(over)) {
                    if (!ending.endedAt().isAfter(at(step)) && over.remove(ending)) {
                        harness.processElement2(ending, 0);
                    }
                }
                for (Alert alert : List.copyOf(found)) {
                    if (!alert.detectedAt().isAfter(at(step)) && found.remove(alert)) {
                        harness.processElement1(alert, 0);
                    }
                }
                harness.processBothWatermarks(new Watermark(at(step).toEpochMilli()));
            }
            return harness.extractOutputValues();
        }
    }

    @Property(tries = 500)
    void neverEndsWhatDidNotFireAndEndsEachOnceAndHasAtMostOneOpen(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 4000) Integer> gaps,
            @ForAll @IntRange(min = 0, max = 900) int pending) {
        FollowSettings settings = new FollowSettings(
                Duration.ofSeconds(pending), Duration.ofMinutes(10), 3, Duration.ofHours(2), Duration.ofMinutes(30));
        List<Alert> alerts = alerts(gaps);
        Follower follower = new Follower(settings, null);
        List<Ending> endings = endings(alerts, gaps);
        for (Alert alert : alerts) {
            endings.stream().filter(ending -> isDue(ending, alert, alerts)).forEach(follower::end);
            follower.find(alert);
        }
        follower.pass(at(1_000_000).toEpochMilli());
        List<AlertState> told = follower.told();

        Map<String, Phase> last = new HashMap<>();
        Set<String> fired = new HashSet<>();
        for (AlertState state : told) {
            assertThat(last.get(state.id())).as("nothing follows an end").isNotEqualTo(Phase.RESOLVED);
            if (state.phase().isActive()) {
                fired.add(state.id());
            }
            if (state.phase() == Phase.RESOLVED) {
                assertThat(fired).contains(state.id());
            }
            last.put(state.id(), state.phase());
            assertThat(last.values().stream().filter(Phase::isActive).count()).isLessThanOrEqualTo(1);
        }
        assertThat(last.values()).as("in the end all that fired is over").doesNotContain(Phase.FIRING, Phase.FLAPPING);
    }

    /** Whether it lies between an alert and the one before it. */
    private static boolean isDue(Ending ending, Alert alert, List<Alert> alerts) {
        int before = alerts.indexOf(alert) - 1;
        return before >= 0
                && ending.isBefore(alert)
                && !ending.isBefore(alerts.get(before))
                && ending.foundAt().equals(alerts.get(before).detectedAt());
    }

    @Test
    void keepsItsPlaceAcrossARestartAndLeavesNothingBehind() throws Exception {
        try (var harness = harness();
                var restored = harness()) {
            harness.open();
            harness.processElement1(xid79(0), 0);
            harness.processBothWatermarks(new Watermark(at(0).toEpochMilli()));
            harness.processElement2(ending(xid79(60), 90), 0);
            restored.initializeState(harness.snapshot(1, 1));
            restored.open();
            restored.processElement1(xid79(60), 0);
            restored.processBothWatermarks(new Watermark(at(661).toEpochMilli()));

            assertThat(restored.extractOutputValues())
                    .extracting(state -> state.revision() + " " + state.phase())
                    .containsExactly("2 FIRING", "3 RESOLVED");

            restored.processBothWatermarks(new Watermark(at(3 * 3600).toEpochMilli()));
            assertThat(restored.numKeyedStateEntries()).isZero();
            assertThat(restored.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void doesNotTakeTheEndOfInputForTheEndOfAnAlert() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement1(xid79(0), 0);
            harness.processBothWatermarks(Watermark.MAX_WATERMARK);

            assertThat(harness.extractOutputValues())
                    .extracting(AlertState::phase)
                    .containsExactly(Phase.FIRING);
        }
    }

    @Test
    void recordsTravelWithoutKryo() {
        for (Class<?> record : new Class<?>[] {Alert.class, AlertState.class, Ending.class, Followed.class}) {
            TypeInformation<?> type = TypeInformation.of(record);

            assertThat(type).isInstanceOf(PojoTypeInfo.class);
            assertThat(type.toString()).doesNotContain("GenericType");
        }
    }

    private static List<AlertState> follow(FollowSettings settings, List<Alert> alerts, long until) {
        Follower follower = new Follower(settings, null);
        for (Alert alert : alerts) {
            passTo(follower, alert.detectedAt().toEpochMilli());
            follower.find(alert);
        }
        passTo(follower, Instant.ofEpochMilli(at(until).toEpochMilli()).toEpochMilli());
        return follower.told();
    }

    /** As its timers would. */
    private static void passTo(Follower follower, long now) {
        while (follower.due() <= now) {
            follower.pass(follower.due());
        }
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Alert, Ending, AlertState> harness()
            throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(new FollowFunction(SETTINGS)),
                (Alert alert) -> FollowFunction.key(alert),
                (Ending ending) -> FollowFunction.key(ending),
                Types.STRING);
    }
}
