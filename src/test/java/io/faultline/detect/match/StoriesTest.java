package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.DirectLogReader;
import io.faultline.cli.StoryLogs;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.detect.match.story.StoryReader;
import io.faultline.detect.match.story.StoryTrial;
import io.faultline.model.Alert;
import io.faultline.model.LogEvent;
import io.faultline.settings.Problems;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stories of the shipped rules, told to all of them at once. */
class StoriesTest {

    private static final RuleSet SHIPPED = RuleSet.shipped();
    private static final RuleIndex INDEX = new RuleIndex(SHIPPED);
    private static final StoryTrial TRIAL = new StoryTrial(SHIPPED);

    /** Longer than any rule waits. */
    private static final Duration LONG = Duration.ofDays(40);

    static List<Story> stories() {
        StoryReader reader = new StoryReader(new StoryLogs(DirectLogReader::new, new ParseSettings(ZoneOffset.UTC)));
        Problems problems = new Problems();
        List<Story> stories = new ArrayList<>();
        for (RuleFile file : StoryReader.shipped()) {
            stories.addAll(reader.read(file, problems));
        }
        problems.throwIfAny("the stories of the shipped rules");
        return stories;
    }

    @ParameterizedTest
    @MethodSource("stories")
    void bringsTheAlertsThatItTellsAndNoOther(Story story) throws Exception {
        assertThat(TRIAL.run(story).differences()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void leavesNothingBehindWhenItIsLongOver(Story story) throws Exception {
        RuleTrial trial = new RuleTrial(INDEX);
        story.events().forEach(trial::add);

        assertThat(trial.runUntil(story.end().plus(LONG)).kept()).isZero();
    }

    /** One story of each rule, since each compiles all rules anew. */
    static List<Story> firstFiring() {
        Map<String, Story> first = new TreeMap<>();
        stories().stream().filter(Story::fires).forEach(story -> first.putIfAbsent(story.rule(), story));
        return List.copyOf(first.values());
    }

    @ParameterizedTest
    @MethodSource("firstFiring")
    void isToldByTheOperatorsAsByTheTrial(Story story) throws Exception {
        RuleTrial trial = new RuleTrial(INDEX);
        story.events().forEach(trial::add);

        try (RuleBench bench = new RuleBench(SHIPPED)) {
            for (LogEvent event : story.events()) {
                bench.time(event.timestamp().toEpochMilli() - 1);
                bench.send(event);
            }
            bench.time(story.end().toEpochMilli());
            List<Alert> told = bench.alerts();
            bench.time(story.end().plus(LONG).toEpochMilli());

            assertThat(trial.runUntil(story.end()).alerts()).containsExactlyInAnyOrderElementsOf(told);
            assertThat(bench.stateEntries()).isZero();
            assertThat(bench.timers()).isZero();
        }
    }

    @Test
    void eachShippedRuleHasTwoStoriesThatFireAndTwoThatAreSilent() {
        Map<String, Long> firing = count(Story::fires);
        Map<String, Long> silent = count(
                story -> story.alerts().stream().noneMatch(alert -> alert.rule().equals(story.rule())));

        assertThat(SHIPPED.rules()).extracting(RuleDefinition::id).allSatisfy(rule -> {
            assertThat(firing.getOrDefault(rule, 0L)).as("firing").isGreaterThanOrEqualTo(2);
            assertThat(silent.getOrDefault(rule, 0L)).as("silent").isGreaterThanOrEqualTo(2);
        });
        assertThat(firing.keySet())
                .isEqualTo(SHIPPED.rules().stream().map(RuleDefinition::id).collect(Collectors.toSet()));
    }

    private static Map<String, Long> count(Predicate<Story> wanted) {
        return stories().stream().filter(wanted).collect(Collectors.groupingBy(Story::rule, Collectors.counting()));
    }
}
