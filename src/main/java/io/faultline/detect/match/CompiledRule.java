package io.faultline.detect.match;

import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A rule whose conditions can be tested. */
final class CompiledRule {

    private final RuleDefinition definition;
    private final Condition where;
    private final Condition[] conditions;
    private final Set<String> kinds;
    private final long travelling;
    private final String[] measures;

    CompiledRule(RuleDefinition definition, ConditionCompiler compiler) {
        this.definition = definition;
        RulePattern pattern = definition.pattern();
        this.where = pattern.where().isBlank()
                ? new Condition(event -> true, Set.of(), Set.of())
                : compile(compiler, pattern.where());
        List<Condition> compiled = new ArrayList<>();
        Set<String> quoted = new TreeSet<>();
        for (String text : pattern.conditions()) {
            Condition condition = text.isBlank() ? Condition.NEVER : compile(compiler, text);
            compiled.add(condition);
            quoted.addAll(condition.measures());
        }
        if (pattern instanceof RulePattern.Spike spike) {
            quoted.add(spike.measure());
        }
        this.kinds = kinds(where, compiled);
        this.conditions = compiled.toArray(new Condition[0]);
        this.travelling = pattern.travelling();
        this.measures = quoted.toArray(new String[0]);
    }

    boolean mayCareAbout(EventKind kind) {
        return kinds.isEmpty() || kinds.contains(kind.id());
    }

    /** The ids of the kinds that it looks at; empty for all. */
    private static Set<String> kinds(Condition where, List<Condition> conditions) {
        if (!where.kinds().isEmpty()) {
            return where.kinds();
        }
        Set<String> kinds = new TreeSet<>();
        for (Condition condition : conditions) {
            if (!condition.equals(Condition.NEVER) && condition.kinds().isEmpty()) {
                return Set.of();
            }
            kinds.addAll(condition.kinds());
        }
        return kinds;
    }

    /** What travels of an event; null where the rule does not care. */
    @Nullable
    Candidate candidate(LogEvent event) {
        if (!where.holds(event)) {
            return null;
        }
        long mask = 0;
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].holds(event)) {
                mask |= 1L << i;
            }
        }
        if (travelling != 0 && (mask & travelling) == 0) {
            return null;
        }
        String group = definition.group(event.entity());
        if (group.isEmpty()) {
            return null;
        }
        RuleKey key = new RuleKey(definition.id(), definition.version(), group);
        return Candidate.of(key, mask, quoted(event.measures()), event);
    }

    private Measures quoted(Measures all) {
        Measures.Builder builder = Measures.builder();
        for (String name : measures) {
            if (all.has(name)) {
                builder.put(name, all.getOr(name, Double.NaN));
            }
        }
        return builder.build();
    }

    private static Condition compile(ConditionCompiler compiler, String text) {
        return compiler.compile(text, problem -> {
            throw new IllegalStateException("a rule was not checked before it ran: " + text + ": " + problem);
        });
    }
}
