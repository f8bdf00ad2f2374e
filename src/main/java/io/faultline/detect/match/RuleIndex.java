package io.faultline.detect.match;

import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Finds the rules that may care about an event by its kind, so that an event no rule cares about costs one look-up. */
final class RuleIndex {

    private static final CompiledRule[] NONE = {};

    private final Map<EventKind, CompiledRule[]> byKind = new EnumMap<>(EventKind.class);

    RuleIndex(RuleSet rules) {
        ConditionCompiler compiler = new ConditionCompiler();
        List<CompiledRule> compiled = rules.rules().stream()
                .map(rule -> new CompiledRule(rule, compiler))
                .toList();
        for (EventKind kind : EventKind.values()) {
            byKind.put(
                    kind,
                    compiled.stream().filter(rule -> rule.mayCareAbout(kind)).toArray(CompiledRule[]::new));
        }
    }

    void select(LogEvent event, Consumer<Candidate> consumer) {
        for (CompiledRule rule : byKind.getOrDefault(event.kind(), NONE)) {
            Candidate candidate = rule.candidate(event);
            if (candidate != null) {
                consumer.accept(candidate);
            }
        }
    }
}
