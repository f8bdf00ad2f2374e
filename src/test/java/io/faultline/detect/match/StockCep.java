package io.faultline.detect.match;

import io.faultline.detect.match.DrawnSequence.Event;
import io.faultline.detect.match.DrawnSequence.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** A drawn sequence as a Flink job has it: the operator that {@code CEP.pattern} makes, with a pattern of Flink's API. */
final class StockCep {

    private static final OutputTag<String> TIMED_OUT = new OutputTag<>("timed-out") {};

    private StockCep() {}

    /**
     * Matches and timed-out partial matches, each as {@code s0:3 s1:5} with the lines that its steps took.
     *
     * @param timedOut each once: to flink-cep an event that no step takes can make two of one partial match
     */
    record Answer(List<String> matches, List<String> timedOut) {}

    static Answer answer(DrawnSequence drawn, Predicate<Event> fed) throws Exception {
        TypeInformation<Tuple2<Integer, String>> type = Types.TUPLE(Types.INT, Types.STRING);
        var operator = new CepOperator<Tuple2<Integer, String>, Integer, String>(
                type.createSerializer(new ExecutionConfig().getSerializerConfig()),
                false,
                NFACompiler.compileFactory(pattern(drawn), true),
                null,
                pattern(drawn).getAfterMatchSkipStrategy(),
                new Told(),
                null);
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, event -> 0, Types.INT)) {
            harness.open();
            for (Event event : drawn.events()) {
                if (fed.test(event)) {
                    harness.processElement(new Tuple2<>(event.line(), event.letter()), event.second() * 1000L);
                }
                for (int second : drawn.watermarks(event)) {
                    harness.processWatermark(second * 1000L);
                    // The operator sets itself a timer for the whole sequence's time only, not for a step's own.
                    operator.setCurrentKey(0);
                    operator.onEventTime(null);
                }
            }
            var timedOut = harness.getSideOutput(TIMED_OUT);
            return new Answer(
                    harness.extractOutputValues().stream().sorted().toList(),
                    timedOut == null
                            ? List.of()
                            : timedOut.stream()
                                    .map(StreamRecord::getValue)
                                    .distinct()
                                    .sorted()
                                    .toList());
        }
    }

    private static final class Told extends PatternProcessFunction<Tuple2<Integer, String>, String>
            implements TimedOutPartialMatchHandler<Tuple2<Integer, String>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processMatch(
                Map<String, List<Tuple2<Integer, String>>> match, Context context, Collector<String> out) {
            out.collect(lines(match));
        }

        @Override
        public void processTimedOutMatch(Map<String, List<Tuple2<Integer, String>>> match, Context context) {
            context.output(TIMED_OUT, lines(match) + " at " + context.timestamp() / 1000);
        }
    }

    private static String lines(Map<String, List<Tuple2<Integer, String>>> match) {
        TreeSet<String> lines = new TreeSet<>();
        match.forEach((step, events) -> events.forEach(event -> lines.add(step + ":" + event.f0)));
        return String.join(" ", lines);
    }

    static Pattern<Tuple2<Integer, String>, ?> pattern(DrawnSequence drawn) {
        AfterMatchSkipStrategy skip =
                switch (drawn.skip()) {
                    case "past-last" -> AfterMatchSkipStrategy.skipPastLastEvent();
                    case "to-next" -> AfterMatchSkipStrategy.skipToNext();
                    case "to-first" -> AfterMatchSkipStrategy.skipToFirst(drawn.skipTo());
                    case "to-last" -> AfterMatchSkipStrategy.skipToLast(drawn.skipTo());
                    default -> AfterMatchSkipStrategy.noSkip();
                };
        List<Step> steps = new ArrayList<>(drawn.steps());
        Pattern<Tuple2<Integer, String>, Tuple2<Integer, String>> pattern =
                Pattern.begin(steps.get(0).name(), skip);
        pattern = quantified(pattern.where(letter(steps.get(0).letters())), steps.get(0));
        for (Step step : steps.subList(1, steps.size())) {
            pattern = quantified(following(pattern, step).where(letter(step.letters())), step);
        }
        return pattern.within(Duration.ofSeconds(drawn.seconds()));
    }

    private static Pattern<Tuple2<Integer, String>, Tuple2<Integer, String>> following(
            Pattern<Tuple2<Integer, String>, Tuple2<Integer, String>> before, Step step) {
        return switch (step.contiguity()) {
            case "strict" -> step.not() ? before.notNext(step.name()) : before.next(step.name());
            case "any" -> before.followedByAny(step.name());
            default -> step.not() ? before.notFollowedBy(step.name()) : before.followedBy(step.name());
        };
    }

    private static Pattern<Tuple2<Integer, String>, Tuple2<Integer, String>> quantified(
            Pattern<Tuple2<Integer, String>, Tuple2<Integer, String>> pattern, Step step) {
        var result = pattern;
        if (step.most() == Integer.MAX_VALUE) {
            result = result.timesOrMore(step.least());
        } else if (step.most() > 1) {
            result = result.times(step.least(), step.most());
        }
        if (step.most() > 1) {
            result = switch (step.contiguity()) {
                case "strict" -> result.consecutive();
                case "any" -> result.allowCombinations();
                default -> result;
            };
        }
        result = step.greedy() ? result.greedy() : result;
        result = step.optional() ? result.optional() : result;
        result = step.until().isEmpty() ? result : result.until(letter(step.until()));
        return step.seconds() == 0
                ? result
                : result.within(Duration.ofSeconds(step.seconds()), WithinType.PREVIOUS_AND_CURRENT);
    }

    private static SimpleCondition<Tuple2<Integer, String>> letter(String letters) {
        return SimpleCondition.of(event -> letters.contains(event.f1));
    }
}
