package io.faultline.detect.match;

import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Finds the rules that may care about an event by its kind, so that an event no rule cares about costs one look-up. */
final class RuleIndex {

    private final CompiledRule[][] byKind;

    RuleIndex(RuleSet rules) {
        ConditionCompiler compiler = new ConditionCompiler();
        List<List<CompiledRule>> lists = new ArrayList<>();
        for (EventKind kind : EventKind.values()) {
            lists.add(new ArrayList<>());
        }
        for (RuleDefinition definition : rules.rules()) {
            CompiledRule rule = new CompiledRule(definition, compiler);
            Set<String> kinds = rule.kinds();
            Arrays.stream(EventKind.values())
                    .filter(kind -> kinds.isEmpty() || kinds.contains(kind.id()))
                    .forEach(kind -> lists.get(kind.ordinal()).add(rule));
        }
        byKind = lists.stream().map(list -> list.toArray(new CompiledRule[0])).toArray(CompiledRule[][]::new);
    }

    void select(LogEvent event, Consumer<Candidate> consumer) {
        for (CompiledRule rule : byKind[event.kind().ordinal()]) {
            Candidate candidate = rule.candidate(event);
            if (candidate != null) {
                consumer.accept(candidate);
            }
        }
    }
}
