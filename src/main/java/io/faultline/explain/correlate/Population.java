package io.faultline.explain.correlate;

import io.faultline.model.Scope;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.HypergeometricDistribution;

/**
 * All things of one sort, the affected and the well, and what each belongs to. Which of these groups has more of the
 * affected than chance gives it is Fisher's exact test: a hypergeometric tail, times the number of groups that were tried.
 */
final class Population {

    /** Two things that fail together are a coincidence or a pair; a third makes a group. */
    static final int LEAST_AFFECTED = 3;

    /** One false group in a hundred stories of many things that have nothing in common. */
    static final double SIGNIFICANT = 0.01;

    /** What a group is called that says nothing of what its members share beyond who uses them; named last. */
    private static final Set<String> USES = Set.of("job", "service");

    private final Set<String> members = new HashSet<>();
    private final Map<String, Map<String, Set<String>>> groups = new TreeMap<>();

    void add(String member) {
        members.add(member);
    }

    void add(String member, String level, String value) {
        members.add(member);
        groups.computeIfAbsent(level, name -> new TreeMap<>())
                .computeIfAbsent(value, name -> new TreeSet<>())
                .add(member);
    }

    void add(String member, Map<String, String> labels) {
        labels.forEach((level, value) -> add(member, level, value));
    }

    /** A group and its members. */
    record Found(Scope scope, Set<String> members) {}

    /** The group that explains best which members are affected; of two that do equally well the smaller. */
    Optional<Found> explain(Collection<String> named) {
        Set<String> affected = new TreeSet<>(named);
        affected.retainAll(members);
        if (affected.size() < LEAST_AFFECTED) {
            return Optional.empty();
        }
        long tried = candidates().count();
        return candidates()
                .map(found -> tested(found, affected, tried))
                .filter(found -> found.scope().pValue() < SIGNIFICANT
                        && found.scope().affected() >= LEAST_AFFECTED
                        && found.scope().outside() < found.scope().affected())
                .min(Comparator.comparingDouble((Found found) -> found.scope().pValue())
                        .thenComparing(found -> found.scope().members())
                        .thenComparing(found -> USES.contains(found.scope().level()))
                        .thenComparing(found -> found.scope().level())
                        .thenComparing(found -> found.scope().value()));
    }

    /** Groups that could be named: a serial number that each has for itself is not one, nor is what all share. */
    private Stream<Found> candidates() {
        return groups.entrySet().stream().flatMap(level -> level.getValue().entrySet().stream()
                .filter(group -> group.getValue().size() >= LEAST_AFFECTED
                        && group.getValue().size() < members.size())
                .map(group -> new Found(
                        new Scope(
                                level.getKey(),
                                group.getKey(),
                                0,
                                group.getValue().size(),
                                0,
                                1),
                        group.getValue())));
    }

    private Found tested(Found group, Set<String> affected, long tried) {
        int inside = (int) affected.stream().filter(group.members()::contains).count();
        double tail = new HypergeometricDistribution(
                        null, members.size(), group.members().size(), affected.size())
                .upperCumulativeProbability(inside);
        Scope scope = new Scope(
                group.scope().level(),
                group.scope().value(),
                inside,
                group.members().size(),
                affected.size() - inside,
                Math.min(1, tail * tried));
        return new Found(scope, group.members());
    }

    /** Other groups of exactly the same members: nothing tells them apart. */
    List<String> sameAs(Found found) {
        return groups.entrySet().stream()
                .flatMap(level -> level.getValue().entrySet().stream()
                        .filter(group -> group.getValue().equals(found.members()))
                        .map(group -> level.getKey() + " " + group.getKey()))
                .filter(name ->
                        !name.equals(found.scope().level() + " " + found.scope().value()))
                .toList();
    }
}
