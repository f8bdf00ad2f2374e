package io.faultline.cli;

import io.faultline.detect.match.Reach;
import io.faultline.detect.match.RuleExplainer;
import io.faultline.detect.match.RuleExplainer.Asked;
import io.faultline.detect.match.RuleExplainer.Near;
import io.faultline.detect.match.RuleTrial;
import io.faultline.detect.match.condition.ConditionExplainer.Answer;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.model.Alert;
import io.faultline.model.LogEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What {@code rules explain} prints. */
final class RuleExplanationText {

    /** More groups than these are only counted. */
    private static final int MOST_GROUPS = 20;

    private static final int MOST_NEAR = 3;

    private final RuleSet rules;
    private final List<LogEvent> events;
    private final RuleTrial trial;
    private final RuleTrial.Outcome outcome;
    private final boolean all;
    private final String group;
    private final PrintWriter out;
    private final RuleExplainer explainer = new RuleExplainer();

    /**
     * @param events in the order of time
     * @param all whether rules are told too of which no condition holds
     * @param group the only group that is told of; empty for all
     */
    RuleExplanationText(RuleSet rules, List<LogEvent> events, boolean all, String group, PrintWriter out)
            throws Exception {
        this.rules = rules;
        this.events = events;
        this.trial = new RuleTrial(rules);
        events.forEach(trial::add);
        this.outcome = trial.runToTheEnd(Duration.ZERO);
        this.all = all;
        this.group = group;
        this.out = out;
    }

    /** What each rule makes of an event. */
    void event(LogEvent event) {
        out.println(
                event.origin() + "  " + event.timestamp() + "  " + event.kind().id() + "  " + event.entity());
        out.println("    " + event.message().lines().findFirst().orElse(""));
        for (RuleDefinition rule : rules.rules()) {
            List<Asked> asked = explainer.ask(rule, event);
            boolean near = asked.stream()
                    .anyMatch(one -> sharesKind(one) || one.explanation().holds());
            if (concerns(rule, event) && (all || near)) {
                String its = rule.group(event.entity());
                out.println("  " + rule.id() + "  "
                        + (its.isEmpty() ? "its group is not known, so it is not matched" : its));
                String value = explainer.value(rule, event);
                if (!value.isEmpty()) {
                    out.println("    value " + value);
                }
                asked.forEach(this::condition);
            }
        }
        out.println();
    }

    private boolean concerns(RuleDefinition rule, LogEvent event) {
        return group.isEmpty() || rule.group(event.entity()).equals(group);
    }

    /** Whether a condition that names kinds names the event's: then it is no accident that it is asked. */
    private static boolean sharesKind(Asked asked) {
        return asked.explanation().answers().stream()
                .anyMatch(answer ->
                        answer.holds() && answer.wanted() && answer.text().startsWith("kind "));
    }

    private void condition(Asked asked) {
        String name = asked.name().isEmpty() ? "" : asked.name() + ": ";
        out.println("    " + yes(asked.explanation().holds()) + " " + name + oneLine(asked.condition()));
        for (Answer answer : asked.explanation().answers()) {
            String found = answer.found().isEmpty() ? "" : ", it is " + answer.found();
            out.println("          " + yes(answer.holds()) + " " + answer.text() + found);
        }
    }

    private static String yes(boolean holds) {
        return holds ? "yes" : "no ";
    }

    private static String oneLine(String condition) {
        return condition.replaceAll("\\s+", " ").strip();
    }

    /**
     * What each group came to.
     *
     * @param asked the events that were asked for; where there are some, only their groups are told
     */
    void groups(List<LogEvent> asked) throws Exception {
        for (RuleDefinition rule : rules.rules()) {
            Set<String> wanted = new HashSet<>();
            asked.forEach(event -> wanted.add(rule.group(event.entity())));
            Map<String, List<LogEvent>> groups = new TreeMap<>();
            for (LogEvent event : events) {
                String its = rule.group(event.entity());
                boolean told = group.isEmpty() ? asked.isEmpty() || wanted.contains(its) : group.equals(its);
                if (told && explainer.counts(rule, event)) {
                    groups.computeIfAbsent(its, key -> new ArrayList<>()).add(event);
                }
            }
            for (String its : groups.keySet().stream().limit(MOST_GROUPS).toList()) {
                group(rule, its, Objects.requireNonNull(groups.get(its)));
            }
            if (groups.size() > MOST_GROUPS) {
                out.println(rule.id() + ": " + (groups.size() - MOST_GROUPS) + " groups more; --group tells of one");
            }
            if (all && groups.isEmpty()) {
                out.println(rule.id() + ": no event met any of its conditions");
                explainer.nearest(rule, events).ifPresent(this::nearest);
            }
        }
    }

    private void group(RuleDefinition rule, String its, List<LogEvent> counted) throws Exception {
        out.println(rule.id() + "  " + its);
        Map<String, List<LogEvent>> met = new LinkedHashMap<>();
        for (LogEvent event : counted) {
            for (Asked asked : explainer.ask(rule, event)) {
                if (asked.explanation().holds()) {
                    String name = asked.name().isEmpty() ? oneLine(asked.condition()) : asked.name();
                    met.computeIfAbsent(name, key -> new ArrayList<>()).add(event);
                }
            }
        }
        met.forEach((name, those) -> out.println("    " + name + ": met by " + those.size() + ", first at "
                + place(those.get(0)) + ", last at " + place(those.get(those.size() - 1))));
        List<Alert> own = outcome.alerts().stream()
                .filter(alert -> alert.rule().equals(rule.id())
                        && rule.group(alert.entity()).equals(its))
                .toList();
        for (Alert alert : own) {
            out.println("    fired at " + alert.detectedAt() + ": " + alert.reason());
            outcome.endings().stream()
                    .filter(ending -> ending.ends(alert))
                    .findFirst()
                    .ifPresent(ending -> out.println("    over at " + ending.endedAt() + ": " + ending.reason()));
        }
        if (own.isEmpty()) {
            out.println("    never fired");
            nearMisses(rule, its);
        }
    }

    /** What nearly was told; of a sequence what became of its partial matches. */
    private void nearMisses(RuleDefinition rule, String its) throws Exception {
        List<Reach> reaches = trial.reaches(rule, its);
        reaches.stream().limit(MOST_NEAR).forEach(reach -> reach(rule, its, reach));
        outcome.nearMisses().stream()
                .filter(miss -> reaches.isEmpty() && miss.rule().equals(rule.id()))
                .filter(miss -> rule.group(miss.entity()).equals(its))
                .limit(MOST_NEAR)
                .forEach(miss -> out.println("    nearly at " + miss.endedAt() + ": " + miss.reason()));
    }

    private void reach(RuleDefinition rule, String its, Reach reach) {
        Candidate first = reach.met().get(0);
        Candidate last = reach.met().get(reach.met().size() - 1);
        out.println("    from " + place(first) + ": " + reach.met().size() + " met up to " + place(last) + ", "
                + end(reach));
        if (reach.forbidden().isEmpty()) {
            List<LogEvent> behind = events.stream()
                    .filter(event -> rule.group(event.entity()).equals(its) && isBehind(event, reach))
                    .toList();
            reach.step().flatMap(step -> explainer.nearest(step, behind)).ifPresent(this::nearest);
        }
    }

    /** Whether an event could have been the missing step: the one that ended it, or any that came in time. */
    private static boolean isBehind(LogEvent event, Reach reach) {
        Candidate by = reach.by();
        Candidate last = reach.met().get(reach.met().size() - 1);
        return by != null
                ? event.origin().equals(by.origin())
                : event.timestamp().toEpochMilli() >= last.timestamp()
                        && !event.timestamp().isAfter(reach.endedAt())
                        && !event.origin().equals(last.origin());
    }

    private static String end(Reach reach) {
        String missing = reach.step().map(step -> "then no " + step.name()).orElse("then");
        Candidate by = reach.by();
        return switch (reach.end()) {
            case TIME_OVER -> missing + " in time";
            case INPUT_OVER -> missing + " before the logs end";
            case OTHER_EVENT ->
                by == null
                        ? missing
                        : reach.forbidden()
                                        .map(step -> "then " + step.name() + ", which must not come")
                                        .orElse(missing + " but another event")
                                + ", at " + place(by);
        };
    }

    private void nearest(Near near) {
        out.println("    the nearest is " + place(near.event()));
        condition(near.asked());
    }

    private static String place(Candidate event) {
        return Instant.ofEpochMilli(event.timestamp()) + " (" + event.origin() + ")";
    }

    private static String place(LogEvent event) {
        return event.timestamp() + " (" + event.origin() + ")";
    }
}
