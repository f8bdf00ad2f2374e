package io.faultline.respond.notify.group;

import static io.faultline.model.Incident.State.MERGED;
import static io.faultline.model.Incident.State.OPEN;
import static io.faultline.model.Incident.State.RESOLVED;
import static io.faultline.model.Level.CRITICAL;
import static io.faultline.model.Level.HIGH;
import static io.faultline.model.Level.LOW;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupTest {

    @Test
    void tellsAtOnceAndAgainOnlyAfterTheRepeatInterval() {
        var group = new GroupBench("{receiver: ops, repeat-interval: 4h}");

        group.incident("a", 1, OPEN, HIGH)
                .pass(ofMinutes(30))
                .incident("a", 2, OPEN, HIGH)
                .pass(ofHours(8));

        assertThat(group.lines()).containsExactly("0 ops OPENED a", "240 ops REPEATED a", "480 ops REPEATED a");
        assertThat(group.told).extracting(GroupBench.Told::key).doesNotHaveDuplicates();
    }

    @Test
    void tellsWhatComesWithinTheWaitTogetherAndTheWorstFirst() {
        var group = new GroupBench("{receiver: ops, group-by: [cluster], group-wait: 30s, group-interval: 5m}");

        group.incident("a", 1, OPEN, HIGH)
                .pass(java.time.Duration.ofSeconds(20))
                .incident("b", 1, OPEN, CRITICAL)
                .pass(ofMinutes(1))
                .incident("c", 1, OPEN, HIGH)
                .pass(ofMinutes(10));

        assertThat(group.lines()).containsExactly("0 ops OPENED b+a", "5 ops OPENED c");
    }

    @Test
    void tellsThatItGotWorseThatItIsOverAndThatItWasNot() {
        var group = new GroupBench("{receiver: ops, group-interval: 1m}");

        group.incident("a", 1, OPEN, HIGH)
                .pass(ofMinutes(2))
                .incident("a", 2, OPEN, CRITICAL)
                .pass(ofMinutes(2))
                .incident("a", 3, RESOLVED, CRITICAL)
                .pass(ofMinutes(2))
                .incident("a", 4, OPEN, CRITICAL)
                .pass(ofMinutes(2))
                .incident("a", 5, RESOLVED, CRITICAL)
                .pass(ofMinutes(2));

        assertThat(group.lines())
                .containsExactly(
                        "0 ops OPENED a",
                        "2 ops SEVERITY_RAISED a",
                        "4 ops RESOLVED a",
                        "6 ops REOPENED a",
                        "8 ops RESOLVED a");
        assertThat(group.told).extracting(GroupBench.Told::key).doesNotHaveDuplicates();
    }

    @Test
    void saysNothingOfAnEndOfWhatItNeverToldNorOfWhatIsTooSmall() {
        var group = new GroupBench("{receiver: ops}");

        group.incident("a", 1, OPEN, LOW)
                .incident("a", 2, RESOLVED, LOW)
                .incident("b", 7, RESOLVED, HIGH)
                .pass(ofHours(1));

        assertThat(group.lines()).isEmpty();
        assertThat(group.members).isEmpty();
    }

    @Test
    void tellsWhereAMergedIncidentGoesOn() {
        var group = new GroupBench("{receiver: ops}");

        group.incident("a", 1, OPEN, HIGH)
                .pass(ofMinutes(3))
                .incident("a", 2, MERGED, HIGH)
                .pass(ofHours(9));

        assertThat(group.lines()).containsExactly("0 ops OPENED a", "3 ops MERGED a");
    }

    @Test
    void asksTheNextWhereNobodyAcknowledgesAndTellsThemTheEndToo() {
        var group = new GroupBench(
                "{receiver: ops, escalate: [{after: 15m, receiver: lead}, {after: 30m, receiver: head}]}");

        group.incident("a", 1, OPEN, CRITICAL)
                .pass(ofMinutes(40))
                .incident("a", 2, RESOLVED, CRITICAL)
                .pass(ofMinutes(5));

        assertThat(group.lines())
                .containsExactly(
                        "0 ops OPENED a",
                        "15 lead ESCALATED a",
                        "30 head ESCALATED a",
                        "40 ops RESOLVED a",
                        "40 lead RESOLVED a"); // head does not want to hear of ends
    }

    @Test
    void leavesWhoAcknowledgedInPeaceUntilItOpensAgain() {
        var group = new GroupBench("{receiver: ops, repeat-interval: 1h, escalate: [{after: 15m, receiver: lead}]}");

        group.incident("a", 1, OPEN, CRITICAL)
                .pass(ofMinutes(10))
                .acknowledge("a")
                .pass(ofHours(3))
                .incident("a", 2, RESOLVED, CRITICAL)
                .pass(ofMinutes(10))
                .incident("a", 3, OPEN, CRITICAL)
                .pass(ofMinutes(20));

        assertThat(group.lines())
                .containsExactly("0 ops OPENED a", "190 ops RESOLVED a", "200 ops REOPENED a", "215 lead ESCALATED a");
    }

    @Test
    void keepsASilencedIncidentQuietAndTellsItAfterwardsWhereItIsStillOpen() {
        var group = new GroupBench("{receiver: ops}");
        group.silence(
                """
                {"id": "s1", "matchers": ["node=gpu-a"], "ends": "2026-03-01T11:00:00Z", "author": "ann",
                 "reason": "replacing the riser"}""");

        group.incident("a", 1, OPEN, HIGH).incident("b", 1, OPEN, HIGH).pass(ofMinutes(90));

        assertThat(group.lines()).containsExactly("0 ops OPENED b", "60 ops OPENED a");
        assertThat(group.quiets).containsExactly(new Group.Quiet("a", "silence s1 of ann: replacing the riser"));
    }

    @Test
    void saysNothingOfWhatBeganAndEndedInSilence() {
        var group = new GroupBench("{receiver: ops}");
        group.silence(
                """
                {"id": "s1", "matchers": ["severity=high"], "weekly": {"days": ["sun"], "from": "09:00", "to": "12:00",
                 "time-zone": "UTC"}, "author": "ann", "reason": "window"}""");

        group.incident("a", 1, OPEN, HIGH)
                .pass(ofMinutes(30))
                .incident("a", 2, RESOLVED, HIGH)
                .pass(ofHours(10));

        assertThat(group.lines()).isEmpty();
        assertThat(group.members).isEmpty();
    }

    @Test
    void keepsQuietWhileAnotherIncidentIsOpenThatExplainsIt() {
        var group = new GroupBench("{receiver: ops}");

        group.incident("a", 1, OPEN, HIGH, "z").pass(ofHours(1));
        assertThat(group.lines()).isEmpty();

        group.incident("a", 1, OPEN, HIGH, "").pass(ofMinutes(1));
        assertThat(group.lines()).containsExactly("60 ops OPENED a");
    }

    @Test
    void holdsTheEndOfAFlappingIncidentBackUntilItStaysOver() {
        var group = new GroupBench("{receiver: ops}", "flapping: {count: 2, window: 1h, hold-down: 15m}");

        group.incident("a", 1, OPEN, HIGH).pass(ofMinutes(5));
        for (int i = 0; i < 4; i++) {
            group.incident("a", 2 + 2 * i, RESOLVED, HIGH).pass(ofMinutes(3));
            group.incident("a", 3 + 2 * i, OPEN, HIGH).pass(ofMinutes(3));
        }
        group.incident("a", 10, RESOLVED, HIGH).pass(ofHours(1));

        assertThat(group.lines())
                .containsExactly(
                        "0 ops OPENED a",
                        "5 ops RESOLVED a",
                        "8 ops REOPENED a",
                        "11 ops RESOLVED a",
                        "14 ops REOPENED a", // the second time within the hour: from here on it is flapping
                        "44 ops RESOLVED a");
    }

    @Test
    void tellsWhatIsUntoldWhenNothingMoreComes() {
        var group = new GroupBench("{receiver: ops, group-wait: 10m}");

        group.incident("a", 1, OPEN, HIGH).pass(ofMinutes(1)).end();

        assertThat(group.lines()).containsExactly("1 ops OPENED a");
    }

    @Test
    void forgetsAnIncidentAWeekAfterItsEnd() {
        var group = new GroupBench("{receiver: ops}");

        group.incident("a", 1, OPEN, HIGH).incident("a", 2, RESOLVED, HIGH).pass(ofHours(24 * 7 - 1));
        assertThat(group.members).hasSize(1);

        group.pass(ofHours(2));
        assertThat(group.members).isEmpty();
    }
}
