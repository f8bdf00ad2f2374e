package io.faultline.detect.match;

import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Finds the rules that may care about an event by its kind, so that an event no rule cares about costs one look-up. */
public final class RuleIndex {

    private static final CompiledRule[] NONE = {};

    private final Map<EventKind, CompiledRule[]> byKind = new EnumMap<>(EventKind.class);
    private final RuleSet rules;
    private final List<CompiledRule> all;

    public RuleIndex(RuleSet rules) {
        this.rules = rules;
        ConditionCompiler compiler = new ConditionCompiler();
        List<CompiledRule> compiled = rules.rules().stream()
                .map(rule -> new CompiledRule(rule, compiler))
                .toList();
        all = compiled;
        for (EventKind kind : EventKind.values()) {
            byKind.put(
                    kind,
                    compiled.stream().filter(rule -> rule.mayCareAbout(kind)).toArray(CompiledRule[]::new));
        }
    }

    /**
     * Gives the candidates of an event to the consumers.
     *
     * @param now of the rules that wait for events only
     * @param later of those that wait for alerts too
     */
    public void select(LogEvent event, Consumer<Candidate> now, Consumer<Candidate> later) {
        for (CompiledRule rule : byKind.getOrDefault(event.kind(), NONE)) {
            Candidate candidate = rule.candidate(event);
            if (candidate != null) {
                (rule.waitsForAlerts() ? later : now).accept(candidate);
            }
        }
    }

    /** The rules that it finds. */
    RuleSet rules() {
        return rules;
    }

    /** Whether any rule looks at events of this kind. */
    boolean caresAbout(EventKind kind) {
        return byKind.getOrDefault(kind, NONE).length > 0;
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
