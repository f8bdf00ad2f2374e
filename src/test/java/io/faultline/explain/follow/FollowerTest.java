package io.faultline.explain.follow;

import static io.faultline.explain.SampleAlerts.at;
import static io.faultline.explain.SampleAlerts.xid79;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Alert;
import io.faultline.model.AlertState;
import io.faultline.model.AlertState.Phase;
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
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
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

    @Property(tries = 500)
    void neverEndsWhatDidNotFireAndEndsEachOnceAndHasAtMostOneOpen(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 4000) Integer> gaps,
            @ForAll @IntRange(min = 0, max = 900) int pending) {
        FollowSettings settings = new FollowSettings(
                Duration.ofSeconds(pending), Duration.ofMinutes(10), 3, Duration.ofHours(2), Duration.ofMinutes(30));
        List<Alert> alerts = new ArrayList<>();
        long second = 0;
        for (int gap : gaps) {
            second += gap;
            alerts.add(xid79(second));
        }

        List<AlertState> told = follow(settings, alerts, second + 40_000);

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

    @Test
    void keepsItsPlaceAcrossARestartAndLeavesNothingBehind() throws Exception {
        try (var harness = harness();
                var restored = harness()) {
            harness.open();
            harness.processElement(xid79(0), 0);
            restored.initializeState(harness.snapshot(1, 1));
            restored.open();
            restored.processElement(xid79(60), 0);
            restored.processWatermark(at(661).toEpochMilli());

            assertThat(restored.extractOutputValues())
                    .extracting(state -> state.revision() + " " + state.phase())
                    .containsExactly("2 FIRING", "3 RESOLVED");

            restored.processWatermark(at(3 * 3600).toEpochMilli());
            assertThat(restored.numKeyedStateEntries()).isZero();
            assertThat(restored.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void doesNotTakeTheEndOfInputForTheEndOfAnAlert() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(xid79(0), 0);
            harness.processWatermark(Long.MAX_VALUE);

            assertThat(harness.extractOutputValues())
                    .extracting(AlertState::phase)
                    .containsExactly(Phase.FIRING);
        }
    }

    @Test
    void recordsTravelWithoutKryo() {
        for (Class<?> record : new Class<?>[] {AlertState.class, Followed.class}) {
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

    private static KeyedOneInputStreamOperatorTestHarness<String, Alert, AlertState> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new FollowFunction(SETTINGS)), FollowFunction::key, Types.STRING);
    }
}
