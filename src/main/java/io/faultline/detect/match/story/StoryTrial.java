package io.faultline.detect.match.story;

import io.faultline.detect.match.RuleIndex;
import io.faultline.detect.match.RuleTrial;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Alert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tells stories to rules and compares what comes with what must come. */
public final class StoryTrial {

    private final RuleIndex index;
    private final Map<String, RuleDefinition> byId = new LinkedHashMap<>();
    private final HowNear howNear = new HowNear();

    public StoryTrial(RuleSet rules) {
        this.index = new RuleIndex(rules);
        rules.rules().forEach(rule -> byId.put(rule.id(), rule));
    }

    /**
     * What came of a story.
     *
     * @param differences what was not as it says, and what came near; none where it passed
     */
    public record Result(Story story, List<String> differences) {
        public Result {
            differences = List.copyOf(differences);
        }

        public boolean passed() {
            return differences.isEmpty();
        }
    }

    public Result run(Story story) throws Exception {
        RuleTrial trial = new RuleTrial(index);
        story.events().forEach(trial::add);
        List<ExpectedAlert> unexpected = new ArrayList<>();
        RuleTrial.Outcome outcome = trial.runUntil(story.end());
        for (Alert alert : outcome.alerts()) {
            unexpected.add(ExpectedAlert.of(
                    alert, Objects.requireNonNull(byId.get(alert.rule())), story.start(), outcome.endings()));
        }
        List<ExpectedAlert> missing = new ArrayList<>();
        for (ExpectedAlert expected : story.alerts()) {
            unexpected.stream()
                    .filter(expected::isMetBy)
                    .findFirst()
                    .ifPresentOrElse(unexpected::remove, () -> missing.add(expected));
        }
        List<String> differences = new ArrayList<>();
        missing.forEach(alert -> differences.add("expected: " + alert));
        unexpected.forEach(alert -> differences.add("got:      " + alert));
        missing.stream()
                .map(ExpectedAlert::rule)
                .distinct()
                .filter(id -> unexpected.stream().noneMatch(came -> came.rule().equals(id)))
                .forEach(id -> {
                    outcome.nearMisses().stream()
                            .filter(miss -> miss.rule().equals(id))
                            .forEach(miss -> differences.add(
                                    "near:     " + miss.entity() + " at " + miss.endedAt() + ": " + miss.reason()));
                    differences.addAll(near(id, story));
                });
        return new Result(story, differences);
    }

    private List<String> near(String id, Story story) {
        RuleDefinition rule = byId.get(id);
        return rule == null
                ? List.of("there is no rule \"" + id + "\" here")
                : howNear.of(rule, story.events()).stream()
                        .map(line -> "near:     " + line)
                        .toList();
    }
}
