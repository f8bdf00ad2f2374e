package io.faultline.cli;

import io.faultline.detect.match.RuleExplainer;
import io.faultline.detect.match.RuleExplainer.Asked;
import io.faultline.detect.match.RuleExplainer.Reach;
import io.faultline.detect.match.condition.ConditionExplainer.Answer;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Alert;
import io.faultline.model.LogEvent;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What {@code rules explain} prints. */
final class RuleExplanationText {

    /** More groups than these are only counted. */
    private static final int MOST_GROUPS = 20;

    private static final int MOST_REACHES = 3;

    private final RuleSet rules;
    private final boolean all;
    private final String group;
    private final PrintWriter out;
    private final RuleExplainer explainer = new RuleExplainer();

    /**
     * @param all whether rules are told too of which no condition holds
     * @param group the only group that is told of; empty for all
     */
    RuleExplanationText(RuleSet rules, boolean all, String group, PrintWriter out) {
        this.rules = rules;
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
    void groups(List<LogEvent> events, List<Alert> alerts, List<LogEvent> asked) {
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
            groups.entrySet().stream()
                    .limit(MOST_GROUPS)
                    .forEach(one -> group(rule, one.getKey(), one.getValue(), alerts));
            if (groups.size() > MOST_GROUPS) {
                out.println(rule.id() + ": " + (groups.size() - MOST_GROUPS) + " groups more; --group tells of one");
            }
            if (all && groups.isEmpty()) {
                out.println(rule.id() + ": no event met any of its conditions");
                nearest(rule, events);
            }
        }
    }

    private void group(RuleDefinition rule, String its, List<LogEvent> events, List<Alert> alerts) {
        out.println(rule.id() + "  " + its);
        Map<String, List<LogEvent>> met = new LinkedHashMap<>();
        for (LogEvent event : events) {
            for (Asked asked : explainer.ask(rule, event)) {
                if (asked.explanation().holds()) {
                    String name = asked.name().isEmpty() ? oneLine(asked.condition()) : asked.name();
                    met.computeIfAbsent(name, key -> new ArrayList<>()).add(event);
                }
            }
        }
        met.forEach((name, those) -> out.println("    " + name + ": met by " + those.size() + ", first at "
                + place(those.get(0)) + ", last at " + place(those.get(those.size() - 1))));
        List<Alert> own = alerts.stream()
                .filter(alert -> alert.rule().equals(rule.id())
                        && rule.group(alert.entity()).equals(its))
                .toList();
        own.forEach(alert -> out.println("    fired at " + alert.detectedAt() + ": " + alert.reason()));
        if (own.isEmpty()) {
            out.println("    never fired");
            explainer.reaches(rule, events).stream()
                    .filter(reach -> !reach.missing().isEmpty())
                    .sorted((a, b) -> Integer.compare(b.met().size(), a.met().size()))
                    .limit(MOST_REACHES)
                    .forEach(this::reach);
        }
    }

    private void reach(Reach reach) {
        LogEvent last = reach.met().get(reach.met().size() - 1);
        out.println("    from " + place(reach.met().get(0)) + ": " + reach.met().size() + " met up to " + place(last)
                + ", then no " + reach.missing() + " in time");
    }

    private void nearest(RuleDefinition rule, List<LogEvent> events) {
        LogEvent nearest = null;
        Asked its = null;
        for (LogEvent event : events) {
            for (Asked asked : explainer.ask(rule, event)) {
                if (its == null
                        || asked.explanation().missing() < its.explanation().missing()) {
                    nearest = event;
                    its = asked;
                }
            }
        }
        if (nearest != null && its != null) {
            out.println("    the nearest is " + place(nearest));
            condition(its);
        }
    }

    private static String place(LogEvent event) {
        return event.timestamp() + " (" + event.origin() + ")";
    }
}
