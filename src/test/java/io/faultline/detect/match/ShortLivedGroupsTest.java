package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.RuleKey;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs come and go for a day, each for minutes: what is kept is of those that are there, not of all that ever were. */
class ShortLivedGroupsTest {

    private static final long DAY = Duration.ofDays(1).toMillis();

    /** Jobs begin when rounds of peers do, so that what their groups bring is the same for each. */
    private static final long BEGIN = Duration.ofSeconds(50).toMillis();

    /** How much event time passes at once. */
    private static final long STEP = Duration.ofMinutes(2).toMillis();

    /** A group waits, is quiet and is woken; it has a tracker, or an automaton with its witnesses and a buffer of three. */
    private static final int MOST_ENTRIES = 3 + 2 + 3;

    /** One for each of ten events that wait, and the wake-up. */
    private static final int MOST_TIMERS = 10 + 1;

    private static final List<SampleKind> KINDS = SampleKind.all();

    static List<SampleKind> kinds() {
        return KINDS;
    }

    /** Each job is a group of each of fifteen rules. One in ten goes away in the middle of two sequences. */
    @Test
    void leavesNothingOfAMillionGroups() throws Exception {
        List<LogEvent> whole = List.of(
                event(EventKind.COLLECTIVE_TIMEOUT, 0),
                SampleRules.step(0),
                SampleRules.report(0, "kv_cache_usage_ratio", 0.1),
                event(EventKind.REQUEST_ERROR, 0),
                SampleKind.traceback("ValueError", 10),
                event(EventKind.PROCESS_EXIT, 20));
        List<LogEvent> lost = new ArrayList<>(whole.subList(0, whole.size() - 1));
        lost.add(SampleRules.alertOf("loss-nan", 20));
        RuleSet all = RuleSet.of(
                "test",
                IntStream.range(0, KINDS.size())
                        .mapToObj(
                                i -> SampleRules.file("kind-" + i, KINDS.get(i).rule()))
                        .toList());
        int jobs = 67_000;

        // None takes another step. Nine in ten exit, which two sequences wait for; one in ten does not, which a third
        // tells.
        int alerts = jobs + jobs / 10 * (9 * 2 + 1);
        assertThat(passADay(all, job -> job % 10 == 0 ? lost : whole, jobs, KINDS, alerts))
                .isGreaterThan(1_000_000);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void leavesNothingOfGroupsThatBringAnAlert(SampleKind kind) throws Exception {
        passADay(kind.rules(), job -> kind.events(), 1_000, List.of(kind), 1_000);
    }

    /** Returns how many groups there were. */
    private static int passADay(
            RuleSet rules, IntFunction<List<LogEvent>> events, int jobs, List<SampleKind> kinds, int expected)
            throws Exception {
        try (RuleBench bench = new RuleBench(rules)) {
            long size = bench.snapshotBytes();
            long alive = kinds.stream().mapToLong(kind -> alive(kind, jobs)).sum();
            long last = kinds.stream().mapToInt(SampleKind::over).max().orElseThrow() * 1000L;
            int groups = 0;
            int alerts = 0;
            int job = 0;
            for (long time = 0; time < DAY + last; time += STEP) {
                for (; job < jobs && begin(job, jobs) < time + STEP; job++) {
                    groups += send(bench, job, begin(job, jobs), events.apply(job));
                }
                assertThat((long) bench.stateEntries()).isBetween(time < DAY ? 1L : 0L, alive * MOST_ENTRIES);
                assertThat((long) bench.timers()).isBetween(time < DAY ? 1L : 0L, alive * MOST_TIMERS);
                bench.time(Story.START.toEpochMilli() + time + STEP - 1);
                alerts += bench.forgetTold();
            }

            assertThat(job).isEqualTo(jobs);
            assertThat(alerts).isEqualTo(expected);
            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.timers()).isZero();
            assertThat(bench.snapshotBytes()).as("bytes of a snapshot").isEqualTo(size);
            return groups;
        }
    }

    /** How many groups of one kind can be there at once. */
    private static long alive(SampleKind kind, int jobs) {
        return jobs * (kind.over() * 1000L + STEP + BEGIN) / DAY + 1;
    }

    private static long begin(int job, int jobs) {
        return DAY * job / jobs / BEGIN * BEGIN;
    }

    /** Returns how many groups heard of it. */
    private static int send(RuleBench bench, int job, long begin, List<LogEvent> events) throws Exception {
        Set<RuleKey> groups = new HashSet<>();
        for (LogEvent event : events) {
            Entity entity = event.entity().with(Entity.Level.JOB, "job-" + job);
            LogEvent told = SampleRules.told(event, entity, event.timestamp().plusMillis(begin), 1);
            for (Candidate candidate : bench.candidates(told)) {
                groups.add(candidate.key());
                bench.deliver(candidate);
            }
        }
        return groups.size();
    }

    private static LogEvent event(EventKind kind, int second) {
        return SampleRules.event(kind, second, Measures.NONE);
    }
}
