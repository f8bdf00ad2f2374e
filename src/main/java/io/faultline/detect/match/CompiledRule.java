package io.faultline.detect.match;

import io.faultline.detect.match.condition.Condition;
import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.condition.Demand;
import io.faultline.detect.match.condition.Quantity;
import io.faultline.detect.match.condition.Text;
import io.faultline.detect.match.life.RunningRule;
import io.faultline.detect.match.rule.AbsencePattern;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RulePattern;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.RuleKey;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.QualityMark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A rule whose conditions can be tested. */
final class CompiledRule {

    private final RuleDefinition definition;
    private final int epoch;
    private final RuleCost cost;
    private final Condition where;
    /** That an event is none of the exceptions. */
    private final Condition[] spared;

    /** What ends an alert of it. */
    private final Condition ends;

    private final Condition[] conditions;
    private final Set<String> kinds;
    private final long travelling;
    private final String[] measures;
    private final Quantity value;
    private final Text field;
    private final Text otherField;
    private final boolean countsWithinTime;

    /** @param tooDear told once where the conditions cost more than they may */
    CompiledRule(RunningRule rule, ConditionCompiler compiler, Consumer<RunningRule> tooDear) {
        this.definition = rule.definition();
        this.epoch = rule.epoch();
        this.cost = new RuleCost(definition.limits().costMicros(), () -> tooDear.accept(rule));
        RulePattern pattern = definition.pattern();
        this.where = pattern.where().isBlank()
                ? new Condition(event -> true, Demand.anything(), Set.of())
                : compile(compiler, pattern.where());
        this.spared = definition.exceptions().stream()
                .map(text -> compile(compiler, "!(" + text + "\n)"))
                .toArray(Condition[]::new);
        this.ends = definition.resolve().hasCondition()
                ? compile(compiler, definition.resolve().when())
                : Condition.NEVER;
        List<Condition> compiled = new ArrayList<>();
        Set<String> quoted = new TreeSet<>();
        for (String text : pattern.conditions()) {
            Condition condition = text.isBlank() ? Condition.NEVER : compile(compiler, text);
            compiled.add(condition);
            quoted.addAll(condition.measures());
        }
        this.kinds = kinds(where, compiled, ends);
        this.conditions = compiled.toArray(new Condition[0]);
        this.travelling = pattern.travelling();
        this.measures = quoted.toArray(new String[0]);
        this.value = pattern.value().isBlank()
                ? Quantity.NONE
                : compiler.compileNumber(pattern.value(), problem -> unchecked(pattern.value(), problem));
        this.field = text(compiler, pattern.field());
        this.otherField = text(compiler, pattern.otherField());
        this.countsWithinTime = pattern.countsWithinTime();
    }

    private static Text text(ConditionCompiler compiler, String text) {
        return text.isBlank() ? Text.NONE : compiler.compileText(text, problem -> unchecked(text, problem));
    }

    RuleDefinition definition() {
        return definition;
    }

    boolean mayCareAbout(EventKind kind) {
        return kinds.isEmpty() ? !kind.isOfNoLine() : kinds.contains(kind.id());
    }

    /** Whether it waits for alerts of other rules, which come later than the events. */
    boolean waitsForAlerts() {
        return kinds.contains(EventKind.ALERT.id());
    }

    /** The ids of the kinds that it looks at; empty for all. */
    private static Set<String> kinds(Condition where, List<Condition> conditions, Condition ends) {
        List<Demand> demands = where.kinds().isEmpty()
                ? conditions.stream().map(Condition::demand).toList()
                : List.of(where.demand());
        return Demand.any(List.of(Demand.any(demands), ends.demand())).kinds();
    }

    /** What an event must have to travel. */
    Demand demand() {
        List<Demand> demands = new ArrayList<>();
        demands.add(where.demand());
        Arrays.stream(spared).map(Condition::demand).forEach(demands::add);
        if (travelling != 0) {
            demands.add(Demand.any(IntStream.range(0, conditions.length)
                    .filter(i -> (travelling & (1L << i)) != 0)
                    .mapToObj(i -> conditions[i].demand())
                    .toList()));
        }
        return Demand.any(List.of(Demand.all(demands), ends.demand()));
    }

    /** What travels of an event; null where the rule does not care. */
    @Nullable
    Candidate candidate(LogEvent event) {
        if (!cost.isSampled()) {
            return tested(event);
        }
        long before = System.nanoTime();
        Candidate candidate = tested(event);
        cost.sample(System.nanoTime() - before);
        return candidate;
    }

    private @Nullable Candidate tested(LogEvent event) {
        long mask = met(event);
        if (ends.holds(event)) {
            mask |= Candidate.ENDS;
        }
        if (mask == Candidate.ASIDE) {
            return null;
        }
        String group = definition.group(event.entity());
        if (group.isEmpty()) {
            return null;
        }
        RuleKey key = new RuleKey(definition.id(), epoch, group);
        double number = value.known(event) ? value.of(event) : Double.NaN;
        String text = field.of(event);
        return Candidate.of(
                key, mask, quoted(event.measures()), number, text.isEmpty() ? otherField.of(event) : text, event);
    }

    /** The bits of the conditions that hold; {@link Candidate#ASIDE} where the event is nothing to the pattern. */
    private long met(LogEvent event) {
        boolean vague = countsWithinTime && event.has(QualityMark.TIME_VAGUE);
        if (vague || !where.holds(event) || !isSpared(event)) {
            return Candidate.ASIDE;
        }
        long mask = 0;
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].holds(event)) {
                mask |= 1L << i;
            }
        }
        return travelling != 0 && (mask & travelling) == 0 ? Candidate.ASIDE : mask;
    }

    /** What it expects of entities that may never speak. */
    List<Candidate> expected(List<String> inventory, long timestamp) {
        if (!(definition.pattern() instanceof AbsencePattern absence)) {
            return List.of();
        }
        return absence.entities(inventory).stream()
                .filter(definition::knowsGroup)
                .map(entity -> Candidate.expected(
                        new RuleKey(definition.id(), epoch, definition.group(entity)),
                        timestamp,
                        AbsencePattern.EXPECTED,
                        entity))
                .toList();
    }

    private boolean isSpared(LogEvent event) {
        for (Condition condition : spared) {
            if (!condition.holds(event)) {
                return false;
            }
        }
        return true;
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
        return compiler.compile(text, problem -> unchecked(text, problem));
    }

    private static void unchecked(String text, String problem) {
        throw new IllegalStateException("a rule was not checked before it ran: " + text + ": " + problem);
    }
}
