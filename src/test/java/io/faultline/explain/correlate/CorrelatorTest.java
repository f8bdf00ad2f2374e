package io.faultline.explain.correlate;

import static io.faultline.explain.SampleAlerts.GPU_9B;
import static io.faultline.explain.SampleAlerts.GPU_A1;
import static io.faultline.explain.SampleAlerts.TRAIN_LLM;
import static io.faultline.explain.SampleAlerts.anomaly;
import static io.faultline.explain.SampleAlerts.at;
import static io.faultline.explain.SampleAlerts.collectiveTimeout;
import static io.faultline.explain.SampleAlerts.cudaOutOfMemory;
import static io.faultline.explain.SampleAlerts.ending;
import static io.faultline.explain.SampleAlerts.inferenceStalled;
import static io.faultline.explain.SampleAlerts.processExit;
import static io.faultline.explain.SampleAlerts.trainingStalled;
import static io.faultline.explain.SampleAlerts.xid79;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.explain.SampleAlerts;
import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Fleet;
import io.faultline.model.Incident.State;
import io.faultline.model.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrelatorTest {

    private static final CommonCause NOTHING = new CommonCause(Fleet.EMPTY);

    private final OpenStories stories = new OpenStories("", List.of(), List.of());
    private final Correlator correlator = new Correlator(CorrelateSettings.defaults(), NOTHING, stories);

    @Test
    void tellsAStoryOnceItHasSettled() {
        List<Story> early = correlator.advance(List.of(xid79(0)), List.of(), at(59));
        List<Story> settled = correlator.advance(List.of(), List.of(), at(60));

        assertThat(early).isEmpty();
        assertThat(settled).extracting(Story::revision, Story::state).containsExactly(tuple(1, State.OPEN));
    }

    @Test
    void makesOneStoryOfAJobThatDiesOfOneGpu() {
        List<Story> told =
                correlator.end(List.of(collectiveTimeout(605), trainingStalled(0, "train-llm"), xid79(3)), List.of());

        assertThat(last(told).alerts()).hasSize(3);
        assertThat(told.stream().filter(Story::isMerged).map(Story::mergedInto))
                .containsExactly(last(told).id());
        assertThat(stories.all()).hasSize(1);
    }

    @Test
    void neverTellsTwoStoriesThatBecomeOneBeforeTheySettle() {
        Alert exit = new SampleAlerts.Builder("job-exit", Alert.Role.SYMPTOM)
                .about(TRAIN_LLM, TRAIN_LLM)
                .line(50, EventKind.PROCESS_EXIT, TRAIN_LLM.or(GPU_A1), "srun: error: gpu-a1: tasks 0-7: Killed")
                .build();

        List<Story> told = correlator.advance(List.of(xid79(0), cudaOutOfMemory(20), exit), List.of(), at(100_000));

        assertThat(told)
                .extracting(Story::revision, Story::state, Story::count)
                .containsExactly(tuple(1, State.OPEN, 3), tuple(2, State.RESOLVED, 3));
    }

    @Test
    void closesTheYoungerOfTwoToldStoriesIntoTheOlder() {
        List<Story> apart = correlator.advance(List.of(xid79(3), trainingStalled(0, "train-llm")), List.of(), at(300));
        List<Story> joined = correlator.advance(List.of(collectiveTimeout(500)), List.of(), at(600));

        assertThat(apart).extracting(Story::id).doesNotHaveDuplicates().hasSize(2);
        assertThat(joined).hasSize(2);
        assertThat(joined.get(0).id()).isEqualTo(apart.get(1).id());
        assertThat(joined.get(0).mergedInto()).isEqualTo(apart.get(0).id());
        assertThat(joined.get(0).state()).isEqualTo(State.MERGED);
        assertThat(joined.get(0).revision()).isEqualTo(2);
        assertThat(joined.get(1).id()).isEqualTo(apart.get(0).id());
        assertThat(joined.get(1).state()).isEqualTo(State.OPEN);
        assertThat(joined.get(1).count()).isEqualTo(3);
    }

    @Test
    void resolvesAStoryAtOnceWhenTheRulesSawTheEndOfAllItsAlerts() {
        Alert stall = trainingStalled(0, "train-llm");

        List<Story> told = correlator.advance(List.of(stall), List.of(ending(stall, 400)), at(400));

        assertThat(told)
                .extracting(Story::revision, Story::state)
                .containsExactly(tuple(1, State.OPEN), tuple(2, State.RESOLVED));
    }

    @Test
    void waitsForTheAlertsThatNothingEndsAndForNoOther() {
        Alert stall = trainingStalled(0, "train-llm");
        List<Ending> endings = List.of(ending(stall, 400));

        List<Story> open = correlator.advance(List.of(stall, lossNan(100)), endings, at(699));
        List<Story> over = correlator.advance(List.of(), List.of(), at(700));

        assertThat(open)
                .extracting(Story::state, Story::count)
                .containsExactly(tuple(State.OPEN, 1), tuple(State.OPEN, 2));
        assertThat(over).extracting(Story::state).containsExactly(State.RESOLVED);
    }

    @Test
    void isToldThatItIsOpenEvenWhereItIsOverBefore() {
        List<Ending> endings = List.of(ending(xid79(0), 20));

        assertThat(correlator.advance(List.of(xid79(0)), endings, at(59))).isEmpty();
        assertThat(correlator.advance(List.of(), List.of(), at(60)))
                .extracting(Story::revision, Story::state)
                .containsExactly(tuple(1, State.OPEN), tuple(2, State.RESOLVED));
        assertThat(correlator.advance(List.of(), List.of(), at(5000))).isEmpty();
    }

    @Test
    void keepsAStoryOpenForAsLongAsARuleSaysAndTakesWhatThatRuleFindsAgain() {
        List<Alert> twice = List.of(notReady(0), notReady(3000));

        List<Story> open = correlator.advance(twice, List.of(ending(notReady(0), 2500)), at(3100));
        List<Story> over = correlator.advance(List.of(), List.of(ending(notReady(3000), 3200)), at(3200));

        assertThat(open)
                .extracting(Story::revision, Story::state, Story::count)
                .containsExactly(tuple(1, State.OPEN, 1), tuple(2, State.RESOLVED, 1), tuple(1, State.OPEN, 1));
        assertThat(over).extracting(Story::revision, Story::state).containsExactly(tuple(2, State.RESOLVED));

        OpenStories others = new OpenStories("", List.of(), List.of());
        List<Story> lasting =
                new Correlator(CorrelateSettings.defaults(), NOTHING, others).advance(twice, List.of(), at(3100));
        assertThat(lasting).extracting(Story::id).containsOnly(open.get(0).id());
        assertThat(lasting).extracting(Story::state).containsOnly(State.OPEN);
        assertThat(others.all()).singleElement().satisfies(story -> assertThat(story.alerts())
                .hasSize(2));
    }

    @Test
    void doesNotBelieveTheNextEndOfAStoryThatCameBack() {
        List<Ending> endings = List.of(ending(xid79(0), 100), ending(xid79(200), 300));

        List<Story> told = correlator.advance(List.of(xid79(0), xid79(200)), endings, at(799));
        List<Story> quiet = correlator.advance(List.of(), List.of(), at(800));

        assertThat(told)
                .extracting(Story::revision, Story::state)
                .containsExactly(tuple(1, State.OPEN), tuple(2, State.RESOLVED), tuple(3, State.OPEN));
        assertThat(quiet).extracting(Story::revision, Story::state).containsExactly(tuple(4, State.RESOLVED));
    }

    @Test
    void tellsAtTheEndOfTheInputWhatItsRulesSawTheEndOf() {
        List<Ending> endings = List.of(ending(xid79(0), 20));

        List<Story> told = correlator.end(List.of(xid79(0), inferenceStalled(0, "chat-0")), endings);

        assertThat(told)
                .extracting(story -> story.alertList().get(0).rule(), Story::state)
                .containsExactlyInAnyOrder(
                        tuple("gpu-xid-critical", State.OPEN),
                        tuple("gpu-xid-critical", State.RESOLVED),
                        tuple("inference-stalled", State.OPEN));
    }

    private static Alert notReady(long second) {
        return new SampleAlerts.Builder("node-not-ready", Alert.Role.INITIATING)
                .about(GPU_A1, GPU_A1)
                .line(second, EventKind.NODE_CONDITION, GPU_A1, "gpu-a1 is not ready")
                .resolvedAfter(86_400)
                .build();
    }

    @Test
    void twoFaultsOfOneJobHalfAnHourApartAreTwo() {
        List<Story> told =
                correlator.end(List.of(lossNan(0), processExit(30), lossNan(1800), processExit(1830)), List.of());

        assertThat(told)
                .extracting(Story::state, Story::count)
                .containsExactly(tuple(State.OPEN, 2), tuple(State.RESOLVED, 2), tuple(State.OPEN, 2));
        assertThat(told.stream().map(Story::id).distinct()).hasSize(2);
    }

    @Test
    void twoReplicasThatStallTogetherAreTwo() {
        List<Story> told =
                correlator.end(List.of(inferenceStalled(0, "chat-0"), inferenceStalled(2, "chat-1")), List.of());

        assertThat(told).extracting(Story::id).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void twoReplicasOnOneBrokenNodeAreOne() {
        Entity first = GPU_A1.with(Entity.Level.REPLICA, "chat-0");
        Entity second = GPU_A1.with(Entity.Level.REPLICA, "chat-1");
        List<Story> told = correlator.end(List.of(xid79(0), death(5, first), death(6, second)), List.of());

        assertThat(told).hasSize(1);
    }

    @Test
    void aGpuWithTheSameAddressOnAnotherNodeIsAnotherGpu() {
        Entity other = Entity.ofNode("gpu-b2").with(Entity.Level.GPU, GPU_9B.gpu());
        Alert elsewhere = new SampleAlerts.Builder("gpu-xid-critical", Alert.Role.INITIATING)
                .about(Entity.ofNode("gpu-b2"), other)
                .line(1, EventKind.GPU_XID, other, "NVRM: Xid (PCI:0000:9b:00): 48, Double Bit ECC Error")
                .build();

        assertThat(correlator.end(List.of(xid79(0), elsewhere), List.of())).hasSize(2);
    }

    @Test
    void endsAStoryAfterTenQuietMinutesAndForgetsItAnHourLater() {
        correlator.advance(List.of(xid79(0)), List.of(), at(60));

        List<Story> before = correlator.advance(List.of(), List.of(), at(599));
        List<Story> after = correlator.advance(List.of(), List.of(), at(600));
        correlator.advance(List.of(), List.of(), at(4199));

        assertThat(before).isEmpty();
        assertThat(after).extracting(Story::revision, Story::state).containsExactly(tuple(2, State.RESOLVED));
        assertThat(stories.all()).hasSize(1);
        correlator.advance(List.of(), List.of(), at(4200));
        assertThat(stories.all()).isEmpty();
        assertThat(correlator.nextDue()).isNull();
    }

    @Test
    void reopensAStoryWhenAWatchdogSpeaksHalfAnHourLate() {
        Alert late = new SampleAlerts.Builder("collective-timeout", Alert.Role.SYMPTOM)
                .about(TRAIN_LLM, TRAIN_LLM)
                .line(
                        1810,
                        EventKind.COLLECTIVE_TIMEOUT,
                        TRAIN_LLM,
                        "[Rank 1] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=7, OpType=BROADCAST,"
                                + " Timeout(ms)=1800000) ran for 1800011 milliseconds before timing out.")
                .build();
        correlator.advance(List.of(trainingStalled(0, "train-llm")), List.of(), at(1800));

        List<Story> told = correlator.advance(List.of(late), List.of(), at(1900));

        assertThat(told)
                .extracting(Story::revision, Story::state, Story::count)
                .containsExactly(tuple(3, State.OPEN, 2));
    }

    @Test
    void tellsNewsAtMostOnceAnInterval() {
        correlator.advance(List.of(lossNan(0)), List.of(), at(60));

        List<Story> tooEarly = correlator.advance(List.of(processExit(61), cudaOutOfMemory(62)), List.of(), at(119));
        List<Story> due = correlator.advance(List.of(), List.of(), at(120));

        assertThat(tooEarly).isEmpty();
        assertThat(due).extracting(Story::revision, Story::count).containsExactly(tuple(2, 3));
    }

    @Test
    void moreOfTheSameIsNoNewsUntilItIsWorse() {
        correlator.advance(List.of(lossNan(0)), List.of(), at(60));

        List<Story> same = correlator.advance(List.of(lossNan(100)), List.of(), at(300));
        List<Story> worse = correlator.advance(List.of(lossNan(301, Level.CRITICAL)), List.of(), at(301));

        assertThat(same).isEmpty();
        assertThat(worse).extracting(Story::revision, Story::count).containsExactly(tuple(2, 3));
    }

    @Test
    void countsTheSameFindingOnce() {
        assertThat(last(correlator.end(List.of(xid79(0), xid79(0)), List.of())).count())
                .isEqualTo(1);
    }

    @Test
    void anAnomalyOpensNothing() {
        assertThat(correlator.advance(List.of(anomaly(0, TRAIN_LLM)), List.of(), at(100_000)))
                .isEmpty();
        assertThat(stories.anomalies()).isEmpty();
        assertThat(correlator.nextDue()).isNull();
    }

    @Test
    void anAnomalyFromShortlyBeforeJoinsTheStory() {
        List<Story> told = correlator.end(List.of(anomaly(0, TRAIN_LLM), anomaly(1, GPU_A1), lossNan(500)), List.of());

        assertThat(Arrays.stream(last(told).alerts()).map(Alert::rule)).containsExactly("anomaly-robust-z", "loss-nan");
    }

    @Test
    void anomaliesDoNotKeepAStoryOpen() {
        List<Story> told = correlator.advance(List.of(lossNan(0), anomaly(400, TRAIN_LLM)), List.of(), at(600));

        assertThat(last(told).state()).isEqualTo(State.RESOLVED);
        assertThat(last(told).endedAt()).isEqualTo(at(0));
    }

    @Test
    void whatIsOpenWhenTheInputEndsStaysOpen() {
        List<Story> told = correlator.end(List.of(lossNan(0), processExit(30)), List.of());

        assertThat(told)
                .extracting(Story::revision, Story::state, Story::count)
                .containsExactly(tuple(1, State.OPEN, 2));
    }

    @Test
    void countsBeyondWhatItKeepsButKeepsTheFirstAlertOfEachRule() {
        CorrelateSettings two = settings(2, 1000);
        Correlator small = new Correlator(two, NOTHING, new OpenStories("", List.of(), List.of()));

        Story story = last(small.end(List.of(lossNan(0), lossNan(10), lossNan(20), processExit(30)), List.of()));

        assertThat(story.count()).isEqualTo(4);
        assertThat(Arrays.stream(story.alerts()).map(Alert::rule)).containsExactly("loss-nan", "loss-nan", "job-exit");
    }

    @Test
    void endsTheQuietestStoryWhereThereAreTooMany() {
        OpenStories few = new OpenStories("", List.of(), List.of());
        Correlator small = new Correlator(settings(200, 2), NOTHING, few);

        List<Story> told = small.advance(
                List.of(inferenceStalled(0, "chat-0"), inferenceStalled(1, "chat-1"), inferenceStalled(2, "chat-2")),
                List.of(),
                at(40));

        assertThat(told)
                .extracting(Story::revision, Story::state)
                .containsExactly(tuple(1, State.OPEN), tuple(2, State.RESOLVED));
        assertThat(few.all()).hasSize(2);
    }

    @Test
    void namesAStoryByItsClusterAndWhatOpenedIt() {
        Correlator elsewhere =
                new Correlator(CorrelateSettings.defaults(), NOTHING, new OpenStories("west", List.of(), List.of()));

        String here = correlator.end(List.of(xid79(0)), List.of()).get(0).id();

        assertThat(here).matches("[0-9a-f]{16}");
        assertThat(elsewhere.end(List.of(xid79(0)), List.of()).get(0).id()).isNotEqualTo(here);
    }

    private static CorrelateSettings settings(int maxAlerts, int maxStories) {
        Duration minute = Duration.ofMinutes(1);
        return new CorrelateSettings(
                minute.multipliedBy(10), minute, minute, minute.multipliedBy(60), maxAlerts, maxStories, 10);
    }

    private static Alert lossNan(long second, Level level) {
        return new SampleAlerts.Builder("loss-nan", Alert.Role.INITIATING)
                .about(TRAIN_LLM, TRAIN_LLM)
                .line(second, EventKind.TRAINING_STEP, TRAIN_LLM, "lm loss: NAN")
                .level(level)
                .build();
    }

    private static Alert lossNan(long second) {
        return SampleAlerts.lossNan(second);
    }

    private static Alert death(long second, Entity replica) {
        return new SampleAlerts.Builder("engine-death", Alert.Role.SYMPTOM)
                .about(replica, replica)
                .line(second, EventKind.ENGINE_DEATH, replica, "Engine core died unexpectedly")
                .build();
    }

    private static Story last(List<Story> told) {
        return told.get(told.size() - 1);
    }
}
