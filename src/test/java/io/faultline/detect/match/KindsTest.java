package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Alert;
import io.faultline.model.LogEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for each kind of rule in its operator: it goes on from a snapshot, it leaves nothing behind, and the order in
 * which events arrive says nothing.
 */
class KindsTest {

    private static final int DISORDERS = 10;

    static List<SampleKind> kinds() {
        return SampleKind.all();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void tellsWhatItFindsAndLeavesNothingWhenItIsOver(SampleKind kind) throws Exception {
        try (RuleBench bench = new RuleBench(kind.rules())) {
            send(bench, kind.events());
            bench.time(at(kind.over()) - 1);
            assertThat(bench.stateEntries()).isPositive();
            assertThat(bench.timers()).isPositive();

            bench.time(at(kind.over()));

            assertThat(bench.alerts()).extracting(Alert::detectedAt).containsExactly(instant(kind.alertAt()));
            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.timers()).isZero();
        }
    }

    /** What a rule remembers of a group that fell silent, where the rule does not say for how long. */
    @ParameterizedTest
    @CsvSource({"progress, 6h", "spike, 6h", "absence, 24h", "silent-rank, 720h", "new-value, 720h", "rare, 720h"})
    void forgetsASilentGroupAfterTheTimeOfThePage(String name, String time) throws Exception {
        SampleKind kind = kinds().stream()
                .filter(one -> one.rule().startsWith("kind: " + name + "\n"))
                .findFirst()
                .orElseThrow();
        RuleSet rules = SampleRules.rule("kind", kind.rule().replaceFirst("(max-silence|forget): 1h\n", ""));
        int over = 90 + 3600 * Integer.parseInt(time.replace("h", ""));
        try (RuleBench bench = new RuleBench(rules)) {
            send(bench, kind.events());
            bench.time(at(over) - 1);
            assertThat(bench.stateEntries()).isPositive();

            bench.time(at(over));

            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.timers()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void goesOnFromASnapshot(SampleKind kind) throws Exception {
        List<Alert> told = new ArrayList<>();
        try (RuleBench before = new RuleBench(kind.rules())) {
            send(before, kind.events().subList(0, 5));
            told.addAll(before.alerts());

            try (RuleBench after = new RuleBench(kind.rules(), before.snapshot())) {
                send(after, kind.events().subList(5, kind.events().size()));
                after.time(at(kind.over()));
                told.addAll(after.alerts());
            }
        }

        assertThat(told).extracting(Alert::detectedAt).containsExactly(instant(kind.alertAt()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void findsTheSameInWhateverOrderEventsArrive(SampleKind kind) throws Exception {
        List<LogEvent> apart = numbered(kind.events(), 1);
        List<LogEvent> twoAtOnce = numbered(kind.events(), 20);

        assertSameInAnyOrder(kind, apart);
        assertSameInAnyOrder(kind, twoAtOnce);
        assertThat(alerts(kind, apart)).hasSize(1);
    }

    private static void assertSameInAnyOrder(SampleKind kind, List<LogEvent> events) throws Exception {
        List<Alert> inOrder = alerts(kind, events);
        for (int seed = 0; seed < DISORDERS; seed++) {
            List<LogEvent> disorder = new ArrayList<>(events);
            Collections.shuffle(disorder, new Random(seed));

            assertThat(alerts(kind, disorder)).as("seed %d", seed).isEqualTo(inOrder);
        }
    }

    private static List<Alert> alerts(SampleKind kind, List<LogEvent> events) throws Exception {
        try (RuleBench bench = new RuleBench(kind.rules())) {
            for (LogEvent event : events) {
                bench.send(event);
            }
            bench.time(at(kind.over()));
            return List.copyOf(bench.alerts());
        }
    }

    /** Each from a line of its own, at a time in whole steps of some seconds. */
    private static List<LogEvent> numbered(List<LogEvent> events, int seconds) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> {
                    LogEvent event = events.get(i);
                    long second = event.timestamp().getEpochSecond() / seconds * seconds;
                    return SampleRules.told(event, event.entity(), Instant.ofEpochSecond(second), i + 1);
                })
                .toList();
    }

    private static void send(RuleBench bench, List<LogEvent> events) throws Exception {
        for (LogEvent event : events) {
            bench.send(event);
            bench.time(event.timestamp().toEpochMilli());
        }
    }

    private static long at(int second) {
        return instant(second).toEpochMilli();
    }

    private static Instant instant(int second) {
        return Story.START.plusSeconds(second);
    }
}
