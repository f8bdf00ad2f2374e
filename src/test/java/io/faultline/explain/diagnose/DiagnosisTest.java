package io.faultline.explain.diagnose;

import static io.faultline.explain.SampleAlerts.GPU_9B;
import static io.faultline.explain.SampleAlerts.GPU_A1;
import static io.faultline.explain.SampleAlerts.TRAIN_LLM;
import static io.faultline.explain.SampleAlerts.anomaly;
import static io.faultline.explain.SampleAlerts.at;
import static io.faultline.explain.SampleAlerts.collectiveTimeout;
import static io.faultline.explain.SampleAlerts.cudaOutOfMemory;
import static io.faultline.explain.SampleAlerts.inferenceStalled;
import static io.faultline.explain.SampleAlerts.lossNan;
import static io.faultline.explain.SampleAlerts.processExit;
import static io.faultline.explain.SampleAlerts.trainingStalled;
import static io.faultline.explain.SampleAlerts.xid79;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.faultline.explain.SampleAlerts;
import io.faultline.explain.SampleFleet;
import io.faultline.explain.correlate.Story;
import io.faultline.model.Alert;
import io.faultline.model.Cause;
import io.faultline.model.Cause.Verdict;
import io.faultline.model.CauseCategory;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.model.Fleet;
import io.faultline.model.Incident;
import io.faultline.model.Incident.State;
import io.faultline.model.Level;
import io.faultline.model.Part;
import io.faultline.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    @Test
    void blamesTheGpuForTheTimeOutAndTheExit() {
        Incident incident = diagnosed(trainingStalled(0, "train-llm"), xid79(3), collectiveTimeout(605));

        assertThat(incident.title()).isEqualTo("GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died");
        assertThat(incident.cause().kind()).isEqualTo("gpu.xid");
        assertThat(incident.cause().entity()).isEqualTo(GPU_9B);
        assertThat(incident.cause().verdict()).isEqualTo(Verdict.CONFIRMED);
        assertThat(incident.cause().because())
                .first()
                .isEqualTo("Xid 79 on GPU 0000:9b:00 on gpu-a1 at 10:00:03, 10 min 42 s before job train-llm died");
        assertThat(incident.rules())
                .containsExactly("training-stalled", "gpu-xid-critical", "collective-timeout-then-exit");
        assertThat(incident.responses())
                .containsExactly(
                        "Drain gpu-a1 and reboot it",
                        "Dump the stacks of train-llm",
                        "Restart train-llm without the node that stopped first");
        assertThat(incident.entities()).startsWith(GPU_9B).contains(TRAIN_LLM).doesNotHaveDuplicates();
        assertThat(incident.alerts()).isEqualTo(3);
    }

    @Test
    void tellsAFullMinuteWithoutSeconds() {
        assertThat(diagnosed(xid79(3), collectiveTimeout(23)).cause().because())
                .first()
                .isEqualTo("Xid 79 on GPU 0000:9b:00 on gpu-a1 at 10:00:03, 1 min before job train-llm died");
    }

    @Test
    void aGpuThatFailsAloneIsALikelyCause() {
        Incident incident = diagnosed(xid79(0));

        assertThat(incident.cause().verdict()).isEqualTo(Verdict.LIKELY);
        assertThat(incident.title()).isEqualTo("GPU 0000:9b:00 on gpu-a1 fell off the bus");
    }

    @Test
    void blamesTheMemoryForTheExit() {
        Incident incident = diagnosed(processExit(5), cudaOutOfMemory(0));

        assertThat(incident.cause().kind()).isEqualTo("memory.exhausted");
        assertThat(incident.cause().entity().rank()).isEqualTo("3");
        assertThat(incident.cause().verdict()).isEqualTo(Verdict.CONFIRMED);
        assertThat(incident.title()).isEqualTo("CUDA ran out of memory: rank 3 of job train-llm; job train-llm died");
    }

    @Test
    void blamesNaNForTheExit() {
        Incident incident = diagnosed(lossNan(0), processExit(90));

        assertThat(incident.cause().kind()).isEqualTo("training.step");
        assertThat(incident.cause().category()).isEqualTo(CauseCategory.MODEL);
        assertThat(incident.cause().verdict()).isEqualTo(Verdict.CONFIRMED);
    }

    @Test
    void aGpuThatFailsMinutesAfterTheLossBecameNaNDidNotCauseIt() {
        assertThat(diagnosed(lossNan(0), xid79(300)).cause().kind()).isEqualTo("training.step");
    }

    @Test
    void aGpuWhoseClockIsALittleLateStillCausedIt() {
        assertThat(diagnosed(lossNan(0), xid79(20)).cause().kind()).isEqualTo("gpu.xid");
    }

    @Test
    void aTimeOutExplainsAStall() {
        Incident incident = diagnosed(trainingStalled(0, "train-llm"), collectiveTimeout(605));

        assertThat(incident.cause().kind()).isEqualTo("collective.timeout");
        assertThat(incident.cause().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(incident.title()).isEqualTo("A collective timed out and the job ended: rank 8 of job train-llm");
    }

    @Test
    void aStallAloneHasNoKnownKind() {
        Incident incident = diagnosed(inferenceStalled(0, "chat-0"));

        assertThat(incident.cause().kind()).isEqualTo("unknown");
        assertThat(incident.cause().category()).isEqualTo(CauseCategory.ENVIRONMENT);
        assertThat(incident.cause().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(incident.cause().entity().replica()).isEqualTo("chat-0");
        assertThat(incident.title()).isEqualTo("Inference stalled: replica chat-0");
    }

    @Test
    void namesTheRankThatStayedSilent() {
        Incident incident = diagnosed(watchdogs(0, 1, 2, 4, 5));

        assertThat(incident.cause().because())
                .contains("rank 3 never reported the time-out that 5 other ranks reported");
        assertThat(incident.cause().entity()).isEqualTo(TRAIN_LLM.with(Entity.Level.RANK, "3"));
        assertThat(incident.cause().verdict()).isEqualTo(Verdict.LIKELY);
    }

    @Test
    void namesTheSilentOneOfMoreRanksThanItQuotes() {
        Alert told = new SampleAlerts.Builder("collective-timeout", Alert.Role.SYMPTOM)
                .titled("A collective timed out and the job died")
                .about(TRAIN_LLM, TRAIN_LLM)
                .line(600, EventKind.COLLECTIVE_TIMEOUT, TRAIN_LLM, "[Rank 5] Watchdog caught collective")
                .toldBy(IntStream.range(0, 64).filter(rank -> rank != 41).toArray())
                .build();

        Incident incident = diagnosed(told);

        assertThat(incident.cause().entity()).isEqualTo(TRAIN_LLM.with(Entity.Level.RANK, "41"));
        assertThat(incident.cause().because())
                .contains("rank 41 never reported the time-out that 63 other ranks reported");
    }

    @Test
    void knowsTheHighestRankFromWhatItWroteBefore() {
        Entity last = TRAIN_LLM.with(Entity.Level.RANK, "4");
        Alert stalled = new SampleAlerts.Builder("training-stalled", Alert.Role.SYMPTOM)
                .about(TRAIN_LLM, TRAIN_LLM)
                .lastSign(0, EventKind.TRAINING_STEP, last, "iteration 1200/ 5000 | lm loss: 2.1")
                .build();

        Incident incident = diagnosed(stalled, watchdogs(0, 1, 2, 3));

        assertThat(incident.cause().entity().rank()).isEqualTo("4");
    }

    @Test
    void givesNoAdviceOfAnAnomalyWhereARuleKnowsWhatToDo() {
        Incident incident = diagnosed(anomaly(0, TRAIN_LLM), trainingStalled(60, "train-llm"));

        assertThat(incident.responses()).containsExactly("Dump the stacks of train-llm");
    }

    @Test
    void anExplodingGradientIsNoStall() {
        Alert gradient = new SampleAlerts.Builder("grad-norm-explodes", Alert.Role.SYMPTOM)
                .titled("The gradient norm explodes")
                .about(TRAIN_LLM, TRAIN_LLM)
                .line(0, EventKind.TRAINING_STEP, TRAIN_LLM, "iteration 1299/ 5000 | grad norm: 210.0")
                .build();

        assertThat(diagnosed(gradient, lossNan(10)).title()).isEqualTo("Loss became NaN: job train-llm");
    }

    @Test
    void quotesWhatARuleFoundButNotTheNameOfItsOnlyStep() {
        assertThat(diagnosed(failure("failure")).cause().because()).doesNotContain("failure");
        assertThat(diagnosed(failure("failure (exit_code 7), then exit"))
                        .cause()
                        .because())
                .contains("failure (exit_code 7), then exit");
    }

    private static Alert failure(String reason) {
        return new SampleAlerts.Builder("job-fails", Alert.Role.SYMPTOM)
                .about(TRAIN_LLM, TRAIN_LLM)
                .line(0, EventKind.PROCESS_TRACEBACK, TRAIN_LLM, "KeyError: 'label'")
                .because(reason)
                .build();
    }

    @Test
    void namesNobodyWhereTooFewRanksSpoke() {
        Incident incident = diagnosed(watchdogs(7));

        assertThat(incident.cause().entity()).isEqualTo(TRAIN_LLM);
        assertThat(incident.cause().because()).noneMatch(sentence -> sentence.contains("never reported"));
    }

    @Test
    void namesNobodyWhereTheAlertHoldsNotAllLines() {
        Incident incident =
                diagnosed(watchdogs(IntStream.rangeClosed(1, Alert.MAX_EVIDENCE).toArray()));

        assertThat(incident.cause().entity()).isEqualTo(TRAIN_LLM);
    }

    @Test
    void namesTheRankThatFellBehind() {
        Incident incident = diagnosed(watchdog(new SampleAlerts.Builder("nccl", Alert.Role.SYMPTOM), 79, 79, 77, 79));

        assertThat(incident.cause().because()).contains("rank 2 had enqueued work 77 last, the others went on to 79");
        assertThat(incident.cause().entity().rank()).isEqualTo("2");
    }

    @Test
    void anAnomalyIsNoCauseWhereARuleFound() {
        Incident incident = diagnosed(anomaly(0, TRAIN_LLM), trainingStalled(60, "train-llm"));

        assertThat(incident.cause().title()).isEqualTo("Training stalled");
        assertThat(incident.severity()).isEqualTo(Level.HIGH);
    }

    @Test
    void showsTheFirstLineOfEachRuleHoweverManyLinesOneHas() {
        SampleAlerts.Builder noisy =
                new SampleAlerts.Builder("gpu-xid-critical", Alert.Role.INITIATING).about(GPU_9B, GPU_9B);
        IntStream.range(0, 40)
                .forEach(i -> noisy.line(i, EventKind.GPU_XID, GPU_9B, "NVRM: Xid (PCI:0000:9b:00): 79, " + i));

        Incident incident = diagnosed(noisy.build(), collectiveTimeout(100), processExit(200));

        assertThat(incident.evidence())
                .hasSize(Incident.MAX_EVIDENCE)
                .isSortedAccordingTo(java.util.Comparator.comparing(Evidence::timestamp));
        assertThat(incident.evidence())
                .extracting(Evidence::kind)
                .contains(EventKind.GPU_XID, EventKind.COLLECTIVE_TIMEOUT, EventKind.PROCESS_EXIT);
    }

    @Test
    void aMergedStoryIsAMergedIncidentWithoutAlerts() {
        Story merged = new Story("b", 2, State.MERGED, "a", at(0), at(0), new Alert[] {xid79(0)}, 1);

        Incident incident = new Diagnosis(Fleet.EMPTY).of(merged);

        assertThat(incident.alerts()).isZero();
        assertThat(incident.state()).isEqualTo(State.MERGED);
        assertThat(incident.title()).startsWith("Part of incident a: GPU 0000:9b:00");
        assertThat(incident.cause().because()).first().isEqualTo("its alerts belong to incident a");
    }

    @Test
    void saysWhatEachAlertWas() {
        Alert terminated = new SampleAlerts.Builder("task-ended", Alert.Role.SYMPTOM)
                .about(TRAIN_LLM, TRAIN_LLM)
                .line(647, EventKind.PROCESS_EXIT, TRAIN_LLM, "srun: error: gpu-a2: tasks 8-15: Terminated")
                .build();

        Incident incident = diagnosed(trainingStalled(0, "train-llm"), xid79(3), collectiveTimeout(605), terminated);

        assertThat(incident.parts())
                .extracting(Part::rule, Part::role)
                .containsExactly(
                        tuple("training-stalled", Part.Role.CASCADE),
                        tuple("gpu-xid-critical", Part.Role.INITIATING),
                        tuple("collective-timeout-then-exit", Part.Role.CASCADE),
                        tuple("task-ended", Part.Role.TEARDOWN));
    }

    @Test
    void aTimeOutInitiatesNothingEvenWhereNothingElseIsKnown() {
        Incident incident = diagnosed(collectiveTimeout(605));

        assertThat(incident.parts()).extracting(Part::role).containsExactly(Part.Role.CASCADE);
        assertThat(incident.cause().because())
                .last()
                .isEqualTo("unknown: rule collective-timeout-then-exit found a symptom, and no line says what it"
                        + " follows from");
    }

    @Test
    void twoRulesThatSeeTheSameGpuBothSayWhatInitiated() {
        Alert again = new SampleAlerts.Builder("xid-then-job-exit", Alert.Role.INITIATING)
                .about(GPU_A1, GPU_9B)
                .line(3, EventKind.GPU_XID, GPU_9B, "NVRM: Xid (PCI:0000:9b:00): 79, GPU has fallen off the bus.")
                .build();

        assertThat(diagnosed(xid79(3), again).parts()).extracting(Part::role).containsOnly(Part.Role.INITIATING);
    }

    @Test
    void namesASecondFaultThatCanNotFollowFromTheFirst() {
        Incident incident = diagnosed(lossNan(0), xid79(300), collectiveTimeout(905));

        assertThat(incident.title())
                .isEqualTo(
                        "Loss became NaN: job train-llm; job train-llm died; besides, GPU 0000:9b:00 on gpu-a1 fell off the"
                                + " bus");
        assertThat(incident.cause().because())
                .contains("does not follow from that: Xid 79 on GPU 0000:9b:00 on gpu-a1 at 10:05:00, by rule"
                        + " gpu-xid-critical");
        assertThat(incident.parts())
                .extracting(Part::rule, Part::role)
                .containsExactly(
                        tuple("loss-nan", Part.Role.INITIATING),
                        tuple("gpu-xid-critical", Part.Role.INITIATING),
                        tuple("collective-timeout-then-exit", Part.Role.CASCADE));
    }

    @Test
    void namesASecondMachineOfTheSameRule() {
        Incident incident = diagnosed(xid79(0), xid79Of("gpu-a1", 200), xid79Of("gpu-b3", 400));

        assertThat(incident.title())
                .isEqualTo(
                        "GPU 0000:9b:00 on gpu-a1 fell off the bus; besides, GPU 0000:9b:00 on gpu-b3 fell off the bus");
        assertThat(incident.parts())
                .extracting(part -> part.entity().node(), Part::role)
                .containsExactly(tuple("gpu-a1", Part.Role.INITIATING), tuple("gpu-b3", Part.Role.INITIATING));
    }

    @Test
    void takesForOneFaultWhatMayFollowFromTheFirst() {
        // a process that ends after its loss was NaN, a link's other end, and what begins within a minute
        Alert link = linkDown("gpu-a1", 0);
        Incident computed = diagnosed(lossNan(0), processExit(300));
        Incident ends = diagnosed(link, linkDown("gpu-b3", 300));
        Incident together = diagnosed(xid79(0), xid79Of("gpu-b3", 50));

        assertThat(List.of(computed.title(), ends.title(), together.title()))
                .noneMatch(title -> title.contains("besides"));
    }

    private static Alert xid79Of(String node, long second) {
        Entity gpu = Entity.ofNode(node).with(Entity.Level.GPU, "0000:9b:00");
        return new SampleAlerts.Builder("gpu-xid-critical", Alert.Role.INITIATING)
                .about(Entity.ofNode(node), gpu)
                .line(second, EventKind.GPU_XID, gpu, "NVRM: Xid (PCI:0000:9b:00): 79, GPU has fallen off the bus.")
                .build();
    }

    private static Alert linkDown(String node, long second) {
        return new SampleAlerts.Builder("link-flaps", Alert.Role.INITIATING)
                .about(Entity.ofNode(node), Entity.ofNode(node))
                .line(second, EventKind.LINK_DOWN, Entity.ofNode(node), "ibp26s0: Link down")
                .build();
    }

    @Test
    void showsThePartOfTheCauseHoweverManyRulesFired() {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            alerts.add(new SampleAlerts.Builder("rule-" + i, Alert.Role.SYMPTOM)
                    .about(TRAIN_LLM, TRAIN_LLM)
                    .line(i, EventKind.REQUEST_ERROR, TRAIN_LLM, "it failed")
                    .build());
        }
        alerts.add(xid79(60));

        Incident incident = diagnosed(alerts.toArray(Alert[]::new));

        assertThat(incident.parts())
                .hasSize(Incident.MAX_PARTS)
                .last()
                .extracting(Part::rule)
                .isEqualTo("gpu-xid-critical");
    }

    @Test
    void saysWhatRestsOnWhat() {
        Incident incident = diagnosed(xid79(3), collectiveTimeout(605));

        assertThat(incident.cause().because())
                .last()
                .isEqualTo("confirmed: rule gpu-xid-critical found what breaks by itself, and rule"
                        + " collective-timeout-then-exit what follows from it");
    }

    @Test
    void namesTheSwitchThatItsNodesHaveInCommon() {
        Alert[] alerts = IntStream.range(16, 24)
                .mapToObj(i -> new SampleAlerts.Builder("link-flaps", Alert.Role.INITIATING)
                        .titled("A link flaps")
                        .about(SampleFleet.onNode(i), SampleFleet.onNode(i))
                        .line(i, EventKind.LINK_DOWN, SampleFleet.onNode(i), "ibp26s0: Link down")
                        .build())
                .toArray(Alert[]::new);

        Incident incident = new Diagnosis(SampleFleet.large())
                .of(new Story("a", 1, State.OPEN, "", at(0), at(700), alerts, alerts.length));

        Cause cause = incident.cause();
        assertThat(incident.title()).isEqualTo("A link flaps: leaf leaf-3, 8 of 8");
        // all 8 of 8 in one of 64: one way among C(64, 8), of 18 groups that could have been named
        assertThat(cause.scope())
                .isEqualTo(new Scope("leaf", "leaf-3", 8, 8, 0, cause.scope().pValue()));
        assertThat(cause.scope().pValue()).isCloseTo(18 / 4_426_165_368.0, within(1e-15));
        assertThat(cause.because())
                .contains(
                        "8 of the 8 nodes of leaf leaf-3 (the same as rack r3) are affected and none elsewhere, by rule"
                                + " link-flaps (Fisher's exact test, p = 4.1e-09)");
    }

    @Test
    void namesNoPartWhereOneGpuTookAWholeJobWithIt() {
        List<Alert> alerts = new ArrayList<>(List.of(xid79(0)));
        for (int node = 0; node < SampleFleet.NODES; node++) {
            alerts.add(new SampleAlerts.Builder("rank-timed-out", Alert.Role.SYMPTOM)
                    .about(SampleFleet.onNode(node), SampleFleet.onNode(node))
                    .line(600, EventKind.COLLECTIVE_TIMEOUT, SampleFleet.onNode(node), "Watchdog caught collective")
                    .build());
        }

        Cause cause = new Diagnosis(SampleFleet.large())
                .of(new Story("a", 1, State.OPEN, "", at(0), at(700), alerts.toArray(Alert[]::new), alerts.size()))
                .cause();

        assertThat(cause.scope()).isEqualTo(Scope.NONE);
    }

    @Test
    void knowsTheNodeOfTheRankThatStayedSilent() {
        Cause cause = new Diagnosis(SampleFleet.large())
                .of(new Story("a", 1, State.OPEN, "", at(0), at(700), new Alert[] {watchdogs(0, 1, 2, 4, 5)}, 1))
                .cause();

        assertThat(cause.entity().rank()).isEqualTo("3");
        assertThat(cause.entity().node()).isEqualTo("gpu-0");
    }

    @Test
    void knowsTheNodeOfASilentRankFromALineThatNamesBoth() {
        Entity rank = TRAIN_LLM.with(Entity.Level.RANK, "3").or(GPU_A1);
        Alert stalled = new SampleAlerts.Builder("training-stalled", Alert.Role.SYMPTOM)
                .about(TRAIN_LLM, TRAIN_LLM)
                .lastSign(0, EventKind.TRAINING_STEP, rank, "iteration 1200/ 5000 | lm loss: 2.1")
                .build();

        assertThat(diagnosed(stalled, watchdogs(0, 1, 2, 4, 5)).cause().entity())
                .isEqualTo(rank);
    }

    @Test
    void namesTheSwitchOfTheRanksThatStayedSilent() {
        Alert told = new SampleAlerts.Builder("collective-timeout", Alert.Role.SYMPTOM)
                .titled("A collective timed out and the job died")
                .about(TRAIN_LLM, TRAIN_LLM)
                .line(600, EventKind.COLLECTIVE_TIMEOUT, TRAIN_LLM, "[Rank 5] Watchdog caught collective")
                .toldBy(IntStream.range(0, 512)
                        .filter(rank -> rank < 128 || rank >= 192)
                        .toArray())
                .build();

        Cause cause = new Diagnosis(SampleFleet.large())
                .of(new Story("a", 1, State.OPEN, "", at(0), at(700), new Alert[] {told}, 1))
                .cause();

        assertThat(cause.scope().level() + "=" + cause.scope().value()).isEqualTo("leaf=leaf-3");
        assertThat(cause.because())
                .anyMatch(sentence -> sentence.startsWith(
                        "8 of the 8 nodes of leaf leaf-3 (the same as rack r3) are silent and none elsewhere"));
    }

    private static Incident diagnosed(Alert... alerts) {
        return new Diagnosis(Fleet.EMPTY).of(new Story("a", 1, State.OPEN, "", at(0), at(700), alerts, alerts.length));
    }

    private static Alert watchdogs(int... ranks) {
        SampleAlerts.Builder builder =
                new SampleAlerts.Builder("collective-timeout", Alert.Role.SYMPTOM).about(TRAIN_LLM, TRAIN_LLM);
        for (int rank : ranks) {
            builder.line(
                    600,
                    EventKind.COLLECTIVE_TIMEOUT,
                    TRAIN_LLM,
                    "[Rank " + rank + "] Watchdog caught collective"
                            + " operation timeout: WorkNCCL(SeqNum=78) ran for 600011 milliseconds before timing out.");
        }
        return builder.build();
    }

    /** One number a rank: the last work it enqueued. */
    private static Alert watchdog(SampleAlerts.Builder builder, int... lastEnqueued) {
        builder.about(TRAIN_LLM, TRAIN_LLM);
        for (int rank = 0; rank < lastEnqueued.length; rank++) {
            builder.line(
                    600,
                    EventKind.COLLECTIVE_TIMEOUT,
                    TRAIN_LLM,
                    "[PG ID 0 PG GUID 0(default_pg) Rank " + rank
                            + "]  failure detected by watchdog at work sequence id: 78 PG status: last enqueued work: "
                            + lastEnqueued[rank] + ", last completed work: 76");
        }
        return builder.build();
    }
}
