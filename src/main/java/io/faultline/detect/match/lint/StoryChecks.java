package io.faultline.detect.match.lint;

import io.faultline.detect.match.story.Story;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a rule's stories prove it. */
final class StoryChecks {

    /** What these come of is not in a story: it is computed. */
    private static final Set<String> SIGNALS = Set.of("alert", "anomaly", "statistics");

    private StoryChecks() {}

    static void check(LintedRule rule, List<Story> stories, Report report) {
        if (stories.isEmpty()) {
            report.add(LintCode.NO_STORY, "", "write stories/" + rule.id() + ".yaml");
            return;
        }
        if (stories.stream().noneMatch(Story::fires)) {
            report.add(LintCode.NO_FIRING_STORY, "", "tell one in which it fires");
        }
        if (stories.stream().allMatch(Story::fires)) {
            report.add(LintCode.NO_SILENT_STORY, "", "tell one that looks alike and is none");
        }
        Set<String> families = rule.kinds().stream().map(StoryChecks::family).collect(Collectors.toSet());
        for (Story story : stories) {
            boolean near = story.events().stream()
                    .anyMatch(event -> families.contains(family(event.kind().id())));
            if (!story.fires() && !near && families.stream().noneMatch(SIGNALS::contains)) {
                String text = "\"" + story.title() + "\" has no event of " + String.join(", ", rule.kinds());
                report.add(LintCode.SILENT_STORY_PROVES_NOTHING, "", text + " or a kind like those");
            }
        }
    }

    /** {@code engine} of {@code engine.death}. */
    private static String family(String kind) {
        int point = kind.indexOf('.');
        return point < 0 ? kind : kind.substring(0, point);
    }
}
