package io.faultline.detect.match.track;

import static io.faultline.detect.match.SampleRules.ofRank;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.SilentRankPattern;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import org.junit.jupiter.api.Test;

class SilentRankTrackerTest {

    private final TrackBench<SilentRankState> bench = new TrackBench<>(
            SampleRules.rule(
                    "silent",
                    """
                    kind: silent-rank
                    match: kind == 'collective.timeout'
                    stop: kind in ['training.start', 'process.exit']
                    """),
            SilentRankPattern.class,
            SilentRankTracker::new);

    @Test
    void namesTheRankThatToldNothing() {
        bench.send(communicator(0, 8));
        for (int rank : new int[] {0, 1, 2, 3, 5, 6, 7}) {
            bench.send(timeout(rank, 600 + rank, 79));
        }
        bench.until(719);
        assertThat(bench.foundAt()).isEmpty();

        bench.until(720);

        assertThat(bench.foundAt()).containsExactly(720L);
        assertThat(bench.reasons()).containsExactly("1 of 8 ranks told nothing: 4, told by ranks 0-3, 5-7");
        Finding finding = bench.findings().get(0);
        assertThat(finding.causeEntity()).isEqualTo(Entity.ofJob("train-llm").with(Entity.Level.RANK, "4"));
        assertThat(finding.ranks()).hasToString("0-3, 5-7");
        assertThat(finding.startsAt()).isEqualTo(Story.START.plusSeconds(600));
    }

    @Test
    void blamesNobodyAloneWhereSeveralToldNothing() {
        bench.send(communicator(3, 4)).send(timeout(1, 600, 79)).send(timeout(2, 601, 79));
        bench.until(1000);

        assertThat(bench.reasons()).containsExactly("2 of 4 ranks told nothing: 0, 3, told by ranks 1-2");
        assertThat(bench.findings().get(0).causeEntity()).isEqualTo(Entity.UNKNOWN);
    }

    @Test
    void takesMissingLogsOfMostRanksForNoSilence() {
        bench.send(communicator(3, 4)).send(timeout(3, 600, 79));
        bench.until(1000);

        assertThat(bench.reasons()).isEmpty();
    }

    @Test
    void namesTheRankThatIsBehind() {
        bench.send(timeout(0, 600, 79)).send(timeout(1, 601, 77)).send(timeout(2, 602, 79));
        bench.until(1000);

        assertThat(bench.reasons())
                .containsExactly(
                        "last_enqueued: ranks 1 are at 77, others at 79 in process group 0, told by ranks 0-2");
        assertThat(bench.findings().get(0).causeEntity().rank()).isEqualTo("1");
    }

    @Test
    void comparesNumbersOnlyWithinOneProcessGroup() {
        bench.send(timeout(0, 600, 79)).send(timeout(1, 601, 79)).send(timeout("7", 1, 602, 12));
        bench.until(1000);

        assertThat(bench.reasons()).isEmpty();
    }

    @Test
    void tellsNothingWhereAllRanksToldTheSame() {
        bench.send(communicator(0, 2)).send(timeout(0, 600, 79)).send(timeout(1, 601, 79));
        bench.until(1000);

        assertThat(bench.reasons()).isEmpty();
    }

    @Test
    void doesNotWaitForRanksOfAJobThatEnded() {
        bench.send(communicator(0, 2))
                .send(timeout(0, 600, 79))
                .send(SampleRules.event(EventKind.PROCESS_EXIT, 660, Measures.NONE));

        assertThat(bench.foundAt()).containsExactly(660L);
        assertThat(bench.groups()).isZero();
    }

    @Test
    void doesNotCallARankSilentOfWhichTheInputWasCutOff() {
        bench.send(communicator(0, 2)).send(timeout(0, 600, 79)).end();

        assertThat(bench.reasons()).isEmpty();
        assertThat(bench.groups()).isZero();
    }

    @Test
    void takesTheLargestCommunicatorForTheJobs() {
        bench.send(communicator(0, 2)).send(communicator(0, 4)).send(communicator(1, 2));
        for (int rank = 0; rank < 3; rank++) {
            bench.send(timeout(rank, 600, 79));
        }
        bench.until(1000);

        assertThat(bench.reasons()).containsExactly("1 of 4 ranks told nothing: 3, told by ranks 0-2");
    }

    @Test
    void doesNotTakeAProcessGroupsNameForTheNumberOfRanks() {
        LogEvent ofNoRank = timeout("64", 0, 600, 79);
        bench.send(communicator(0, 2))
                .send(ofNoRank.withEntity(Entity.ofJob("train-llm")))
                .send(timeout(0, 601, 79))
                .send(timeout(1, 602, 79));
        bench.until(1000);

        assertThat(bench.reasons()).isEmpty();
    }

    private static LogEvent communicator(int rank, int size) {
        return ofRank(
                rank,
                SampleRules.event(
                        EventKind.LOG_OTHER,
                        Story.START,
                        Measures.NONE,
                        Attributes.of("comm_size", String.valueOf(size))));
    }

    private static LogEvent timeout(int rank, int second, int enqueued) {
        return timeout("0", rank, second, enqueued);
    }

    private static LogEvent timeout(String group, int rank, int second, int enqueued) {
        return ofRank(
                rank,
                SampleRules.event(
                        EventKind.COLLECTIVE_TIMEOUT,
                        Story.START.plusSeconds(second),
                        Measures.of("last_enqueued", enqueued),
                        Attributes.of("process_group", group)));
    }
}
