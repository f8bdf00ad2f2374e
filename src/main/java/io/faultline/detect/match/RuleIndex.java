package io.faultline.detect.match;

import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.life.RunningRules;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the rules that may care about an event by its kind and by what else they demand of it, so that an event that no rule
 * cares about costs some look-ups. It serves one thread.
 */
public final class RuleIndex {

    private final Map<EventKind, KindRules> byKind = new EnumMap<>(EventKind.class);
    private final List<CompiledRule> all;

    /** Of rules that never change. */
    public RuleIndex(RuleSet rules) {
        this(compiled(rules));
    }

    RuleIndex(List<CompiledRule> compiled) {
        all = List.copyOf(compiled);
        for (EventKind kind : EventKind.values()) {
            List<CompiledRule> caring =
                    compiled.stream().filter(rule -> rule.mayCareAbout(kind)).toList();
            if (!caring.isEmpty()) {
                byKind.put(kind, new KindRules(kind, caring));
            }
        }
    }

    private static List<CompiledRule> compiled(RuleSet rules) {
        ConditionCompiler compiler = new ConditionCompiler();
        return new RunningRules(rules)
                .all().stream()
                        .map(rule -> new CompiledRule(rule, compiler, tooDear -> {}))
                        .toList();
    }

    /**
     * Gives the candidates of an event to the consumers.
     *
     * @param now of the rules that wait for events only
     * @param later of those that wait for alerts too
     */
    public void select(LogEvent event, Consumer<Candidate> now, Consumer<Candidate> later) {
        KindRules rules = byKind.get(event.kind());
        if (rules != null) {
            rules.select(event, now, later);
        }
    }

    /** The rules that it finds. */
    RuleSet rules() {
        return new RuleSet(all.stream().map(CompiledRule::definition).toList());
    }

    /** Whether any rule looks at events of this kind. */
    boolean caresAbout(EventKind kind) {
        return byKind.containsKey(kind);
    }

    /**
     * Gives what rules expect of entities that may never speak.
     *
     * @param inventory the entities that are known, each as {@code cluster=lab node=gpu-a1}
     * @param timestamp from when they are expected, in milliseconds
     */
    public void expect(List<String> inventory, long timestamp, Consumer<Candidate> now, Consumer<Candidate> later) {
        for (CompiledRule rule : all) {
            rule.expected(inventory, timestamp).forEach(rule.waitsForAlerts() ? later : now);
        }
    }
}
