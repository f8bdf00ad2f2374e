package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Alert;
import io.faultline.model.LogEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stories of the shipped rules, told to all of them at once through the production operators. */
class StoriesTest {

    private static final RuleSet SHIPPED = RuleSet.shipped();

    static List<Story> stories() throws Exception {
        return Story.all();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void bringsTheAlertsThatItTellsAndNoOther(Story story) throws Exception {
        try (RuleBench bench = new RuleBench(SHIPPED)) {
            for (LogEvent event : story.events()) {
                bench.time(event.timestamp().toEpochMilli() - 1);
                bench.send(event);
            }
            bench.time(Story.START.plus(story.until()).toEpochMilli());

            List<Story.Expected> told =
                    bench.alerts().stream().map(alert -> expected(alert, story)).toList();

            assertThat(told).containsExactlyInAnyOrderElementsOf(story.alerts());
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void leavesNoStateWhenItIsLongOver(Story story) throws Exception {
        try (RuleBench bench = new RuleBench(SHIPPED)) {
            for (LogEvent event : story.events()) {
                bench.time(event.timestamp().toEpochMilli() - 1);
                bench.send(event);
            }
            bench.time(Story.START.plus(story.until()).plus(Duration.ofDays(8)).toEpochMilli());

            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.timers()).isZero();
        }
    }

    @Test
    void eachShippedRuleHasAStoryThatFiresAndOneThatIsSilent() throws Exception {
        Set<String> shipped = SHIPPED.rules().stream().map(RuleDefinition::id).collect(Collectors.toSet());

        Set<String> firing = stories().stream()
                .filter(story ->
                        story.alerts().stream().anyMatch(alert -> alert.rule().equals(story.rule())))
                .map(Story::rule)
                .collect(Collectors.toSet());
        Set<String> silent = stories().stream()
                .filter(story ->
                        story.alerts().stream().noneMatch(alert -> alert.rule().equals(story.rule())))
                .map(Story::rule)
                .collect(Collectors.toSet());

        assertThat(firing).isEqualTo(shipped);
        assertThat(silent).isEqualTo(shipped);
    }

    private static Story.Expected expected(Alert alert, Story story) {
        String rule = alert.rule();
        RuleDefinition definition = SHIPPED.rules().stream()
                .filter(one -> one.id().equals(rule))
                .findFirst()
                .orElseThrow();
        String group = definition.group(alert.entity());
        Duration starts = Duration.between(Story.START, alert.startsAt());
        Duration at = Duration.between(Story.START, alert.detectedAt());
        boolean tellsCause = story.alerts().stream()
                .anyMatch(told -> !told.cause().isEmpty()
                        && told.rule().equals(rule)
                        && told.group().equals(group));
        return new Story.Expected(
                rule, group, starts, at, tellsCause ? alert.causeEntity().toString() : "");
    }
}
