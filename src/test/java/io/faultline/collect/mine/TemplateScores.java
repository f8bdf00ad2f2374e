package io.faultline.collect.mine;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How well templates fit the truth, each from 0 to 1.
 *
 * @param groupingAccuracy GA: the share of lines whose group is exactly the lines of their true template
 * @param groupF1 FGA: of all groups found and all true ones, how many are the same
 * @param parsingAccuracy PA: the share of lines whose template's text is the true one
 * @param templateF1 FTA: as FGA, of groups whose text is the true one
 */
record TemplateScores(double groupingAccuracy, double groupF1, double parsingAccuracy, double templateF1) {

    /** {@code mined.get(i)} and {@code truth.get(i)} are the texts of line {@code i}'s templates. */
    static TemplateScores of(List<String> mined, List<String> truth) {
        Map<String, Set<Integer>> found = linesOf(mined);
        Map<String, Set<Integer>> actual = linesOf(truth);
        int linesInWholeGroups = 0;
        int wholeGroups = 0;
        int rightTemplates = 0;
        for (Map.Entry<String, Set<Integer>> group : found.entrySet()) {
            String label = truth.get(group.getValue().iterator().next());
            if (group.getValue().equals(actual.get(label))) {
                linesInWholeGroups += group.getValue().size();
                wholeGroups++;
                rightTemplates += group.getKey().equals(label) ? 1 : 0;
            }
        }
        int rightLines = 0;
        for (int i = 0; i < truth.size(); i++) {
            rightLines += mined.get(i).equals(truth.get(i)) ? 1 : 0;
        }
        double groups = found.size() + actual.size();
        return new TemplateScores(
                (double) linesInWholeGroups / truth.size(),
                2 * wholeGroups / groups,
                (double) rightLines / truth.size(),
                2 * rightTemplates / groups);
    }

    /** The unweighted mean. */
    static TemplateScores mean(Collection<TemplateScores> scores) {
        return new TemplateScores(
                mean(scores, TemplateScores::groupingAccuracy),
                mean(scores, TemplateScores::groupF1),
                mean(scores, TemplateScores::parsingAccuracy),
                mean(scores, TemplateScores::templateF1));
    }

    private static double mean(Collection<TemplateScores> scores, ToDoubleFunction<TemplateScores> score) {
        return scores.stream().mapToDouble(score).average().orElse(0);
    }

    private static Map<String, Set<Integer>> linesOf(List<String> labels) {
        Map<String, Set<Integer>> lines = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            lines.computeIfAbsent(labels.get(i), label -> new HashSet<>()).add(i);
        }
        return lines;
    }
}
