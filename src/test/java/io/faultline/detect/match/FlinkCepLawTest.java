package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.DrawnSequence.Event;
import io.faultline.detect.match.StockCep.Answer;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.settings.SettingsException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Sequences that run beside others in one operator give the matches that flink-cep gives to a pattern of its own. */
class FlinkCepLawTest {

    @Property(tries = 1000, maxDiscardRatio = 20)
    void findsTheMatchesAndTheTimeoutsOfStockFlink(@ForAll long seed) throws Exception {
        DrawnSequence drawn = DrawnSequence.of(new Random(seed));
        RuleSet rules = rulesOrNone(drawn);
        Assume.that(!rules.rules().isEmpty());

        Answer ours = ours(drawn, rules);

        assertThat(ours.matches())
                .as(drawn.toString())
                .isEqualTo(StockCep.answer(drawn, event -> true).matches());
        // An event that no step asks for changes which partial matches stock Flink has, though not its matches.
        boolean travelAll = rules.rules().get(0).pattern().travelling() == 0;
        Answer stock = StockCep.answer(drawn, event -> travelAll || drawn.asksFor(event));
        assertThat(ours.timedOut()).as(drawn.toString()).isEqualTo(stock.timedOut());
    }

    private static Answer ours(DrawnSequence drawn, RuleSet rules) throws Exception {
        try (RuleBench bench = new RuleBench(rules)) {
            for (Event event : drawn.events()) {
                bench.send(exit(event));
                for (int second : drawn.watermarks(event)) {
                    bench.time(second * 1000L);
                }
            }
            assertThat(bench.stateEntries()).as(drawn.toString()).isZero();
            return new Answer(
                    bench.alerts().stream()
                            .map(alert -> lines(alert.evidence()))
                            .sorted()
                            .toList(),
                    bench.nearMisses().stream()
                            .map(miss -> lines(miss.evidence()) + " at "
                                    + miss.endedAt().getEpochSecond())
                            .distinct()
                            .sorted()
                            .toList());
        }
    }

    private static LogEvent exit(Event event) {
        Instant at = Instant.ofEpochSecond(event.second());
        return new LogEvent(
                at,
                at,
                9,
                "",
                "line",
                "test",
                EventKind.PROCESS_EXIT,
                Entity.ofJob("train-llm"),
                Measures.NONE,
                Attributes.of("reason", event.letter()),
                "",
                0,
                Origin.file("drawn.log", event.line()));
    }

    /** The step without the name of its alternative, and the line. */
    private static String lines(List<Evidence> evidence) {
        return evidence.stream()
                .map(line ->
                        line.step().replaceAll(":.*", "") + ":" + line.origin().position())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** What the reader refuses flink-cep need not know; what it accepts, it must. */
    private static RuleSet rulesOrNone(DrawnSequence drawn) {
        try {
            return RuleSet.of("drawn", List.of(drawn.file()));
        } catch (SettingsException e) {
            assertThat(e.problems()).noneMatch(problem -> problem.contains("no YAML"));
            return new RuleSet(List.of());
        }
    }
}
