package io.faultline.explain.correlate;

import io.faultline.model.Alert;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the stories that are one with another though no alert of theirs shares a name. */
final class Relatives {

    private Relatives() {}

    /** The story and its relatives among those near it, in their order. */
    static List<OpenStory> of(OpenStory story, List<OpenStory> near, CommonCause commonCause) {
        Set<String> ids = new HashSet<>(Set.of(story.id()));
        ids.addAll(ofOnePart(story, near, commonCause));
        ids.addAll(ofOneNode(story, near, commonCause));
        return near.stream().filter(other -> ids.contains(other.id())).toList();
    }

    /** Those that lie with it in one part of the cluster, where that part has more of them than chance gives it. */
    private static List<String> ofOnePart(OpenStory story, List<OpenStory> near, CommonCause commonCause) {
        List<String> ids = new ArrayList<>();
        for (String rule : rules(story)) {
            Function<OpenStory, List<Alert>> ofRule = other -> Arrays.stream(other.alerts())
                    .filter(alert -> alert.rule().equals(rule))
                    .toList();
            commonCause
                    .of(near.stream().map(ofRule).flatMap(List::stream).toList())
                    .filter(part -> lies(ofRule.apply(story), part))
                    .ifPresent(part -> near.stream()
                            .filter(other -> lies(ofRule.apply(other), part))
                            .forEach(other -> ids.add(other.id())));
        }
        return ids;
    }

    private static Set<String> rules(OpenStory story) {
        return Arrays.stream(story.alerts())
                .filter(alert -> alert.kind() == Alert.Kind.RULE_MATCH)
                .map(Alert::rule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean lies(Collection<Alert> alerts, CommonCause.Part part) {
        return CommonCause.named(alerts, part.sort()).stream().anyMatch(part.members()::contains);
    }

    /** What only suffers, where it runs on a node of which something is wrong; and the other way round. */
    private static List<String> ofOneNode(OpenStory story, List<OpenStory> near, CommonCause commonCause) {
        boolean suffers = suffers(story);
        Set<String> jobs = jobs(story, commonCause, suffers);
        return near.stream()
                .filter(other -> suffers(other) != suffers)
                .filter(other -> jobs(other, commonCause, !suffers).stream().anyMatch(jobs::contains))
                .map(OpenStory::id)
                .limit(suffers ? 1 : Long.MAX_VALUE)
                .toList();
    }

    private static boolean suffers(OpenStory story) {
        return Arrays.stream(story.alerts())
                .noneMatch(alert -> alert.role() == Alert.Role.INITIATING && alert.kind() == Alert.Kind.RULE_MATCH);
    }

    /** The jobs that suffer, or those on the nodes that something is wrong with. */
    private static Set<String> jobs(OpenStory story, CommonCause commonCause, boolean suffers) {
        Stream<Subjects> subjects = Arrays.stream(story.alerts()).map(Subjects::of);
        return (suffers
                        ? subjects.flatMap(subject -> subject.jobs().stream())
                        : subjects.flatMap(subject -> subject.nodes().stream())
                                .flatMap(node -> commonCause.jobsOfNodes().getOrDefault(node, List.of()).stream()))
                .collect(Collectors.toSet());
    }
}
