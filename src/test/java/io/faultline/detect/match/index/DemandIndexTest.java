package io.faultline.detect.match.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.condition.Condition;
import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemandIndexTest {

    private static final ConditionCompiler COMPILER = new ConditionCompiler();

    @Test
    void findsTheFewConditionsForTheEventsOwnText() {
        List<String> conditions = numbered(100, i -> "attributes.reason == 'Evicted-" + i + "'");

        assertThat(found(conditions, with("reason", "Evicted-70"))).containsExactly(70);
        assertThat(found(conditions, with("reason", "Evicted"))).isEmpty();
        assertThat(found(conditions, with("reason", ""))).isEmpty();
        assertThat(found(conditions, step(Measures.NONE))).isEmpty();
    }

    @Test
    void findsTheFewConditionsForTheEventsOwnNumber() {
        List<String> conditions = numbered(100, i -> "measures.xid_code in [" + i + ", " + (i - 50) + "]");

        // 20 is the first code of the one and the second of the other; -50 is in one list, and 0 in two
        assertThat(found(conditions, step(Measures.of("xid_code", 20)))).containsExactly(20, 70);
        assertThat(found(conditions, step(Measures.of("xid_code", -50)))).containsExactly(0);
        assertThat(found(conditions, step(Measures.of("xid_code", -0.0)))).containsExactly(0, 50);
        assertThat(found(conditions, step(Measures.of("xid_code", Double.NaN)))).isEmpty();
        assertThat(found(conditions, step(Measures.of("loss", 20)))).isEmpty();
    }

    @Test
    void leavesOutLimitsThatTheNumberDoesNotReach() {
        List<String> conditions = List.of(
                "measures.loss > 1",
                "measures.loss > 3",
                "2 <= measures.loss",
                "measures.loss <= 2",
                "measures.loss < 1",
                "measures.loss >= 0");

        assertThat(found(conditions, step(Measures.of("loss", 2)))).containsExactly(0, 2, 3, 5);
        assertThat(found(conditions, step(Measures.of("loss", Double.NaN)))).isEmpty();
        assertThat(found(conditions, step(Measures.of("loss", Double.NEGATIVE_INFINITY))))
                .containsExactly(3, 4);
    }

    @Test
    void findsTheTextsThatALineContains() {
        // "a line about it": beside forty texts that differ in their last characters, whole words and short ones
        List<String> conditions = Stream.concat(
                        Stream.of("line about", "about it", "a line", "e", "it ", "é line"),
                        IntStream.range(0, 40).mapToObj(i -> "a line about " + i))
                .map(text -> "message.contains('" + text + "')")
                .toList();

        assertThat(found(conditions, step(Measures.NONE))).containsExactly(0, 1, 2, 3);
    }

    @Test
    void goesByTheTextThatTheFewestShare() {
        List<String> conditions =
                numbered(100, i -> "attributes.outcome == 'failure' && (job == 'a-" + i + "' || job == 'b-" + i + "')");

        assertThat(found(conditions, with("outcome", "failure"))).isEmpty();
        assertThat(found(conditions, with("outcome", "failure").withEntity(Entity.ofJob("b-7"))))
                .containsExactly(7);
    }

    @Test
    void keepsWhatSaysNothingThatCouldBeLookedUp() {
        List<String> conditions = List.of(
                "attributes.reason == 'a'",
                "attributes.reason == 'b'",
                "attributes.reason == 'c'",
                "attributes.reason == 'd'",
                "attributes.reason == ''",
                "attributes.reason == 'a' || measures.loss * 2 > 4",
                "!(attributes.reason != 'a')",
                "false");

        // neither the empty text, which an absent one equals, nor a product can be looked up
        assertThat(found(conditions, step(Measures.NONE))).containsExactly(4, 5);
        assertThat(found(conditions, with("reason", "a"))).containsExactly(0, 4, 5, 6);
    }

    private static List<String> numbered(int count, IntFunction<String> condition) {
        return IntStream.range(0, count).mapToObj(condition).toList();
    }

    private static LogEvent step(Measures measures) {
        return SampleRules.event(EventKind.TRAINING_STEP, Story.START, measures, Attributes.NONE);
    }

    private static LogEvent with(String attribute, String text) {
        return step(Measures.NONE).withAttributes(Attributes.of(attribute, text));
    }

    private static List<Integer> found(List<String> conditions, LogEvent event) {
        DemandIndex index = new DemandIndex(conditions.stream()
                .map(text ->
                        COMPILER.compile(text, problem -> assertThat(problem).isNull()))
                .map(Condition::demand)
                .toList());
        long[] found = new long[DemandIndex.words(conditions.size())];
        index.find(event, found);
        return BitSet.valueOf(found).stream().boxed().toList();
    }
}
