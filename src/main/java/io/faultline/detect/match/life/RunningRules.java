package io.faultline.detect.match.life;

import io.faultline.detect.match.life.RunningRule.Part;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleReader;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.RuleKey;
import io.faultline.settings.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules that run in one task: those that the job brings, as updates changed them. */
public final class RunningRules {

    private final Map<String, RuleDefinition> own = new HashMap<>();
    private final Map<String, List<RunningRule>> running = new TreeMap<>();
    private final Map<String, RuleUpdate> updates = new TreeMap<>();
    private final RuleReader reader = new RuleReader();
    private final Keeping keeping = new Keeping();

    public RunningRules(RuleSet own) {
        for (RuleDefinition rule : own.rules()) {
            this.own.put(rule.id(), rule);
            take(RuleUpdate.untouched(rule.id(), rule));
        }
    }

    /** Does as the update says from now on. */
    public void take(RuleUpdate update) {
        Part part = update.hasCanary() ? Part.ACTIVE : Part.ALONE;
        List<RunningRule> rules = new ArrayList<>();
        add(rules, update.rule(), update.version(), update.text(), update.epoch(), part);
        add(rules, update.rule(), update.canaryVersion(), update.canaryText(), update.canaryEpoch(), Part.CANARY);
        updates.put(update.rule(), update);
        running.put(update.rule(), List.copyOf(rules));
    }

    /** Does as it did before a restart, as far as what the job brings did not change meanwhile. */
    public void restore(RuleUpdate kept) {
        take(kept.over(own.get(kept.rule()), keeping));
    }

    /** What makes these again after a restart, whatever the job brings then. */
    public List<RuleUpdate> kept() {
        return updates.values().stream()
                .map(update -> keeping.shaped(update, own.get(update.rule())))
                .toList();
    }

    /** Nothing where the version is none, or one that the job does not bring any more. */
    private void add(List<RunningRule> rules, String rule, int version, String text, int epoch, Part part) {
        if (version > 0 && (!text.isEmpty() || own.containsKey(rule))) {
            rules.add(rule(rule, version, text, epoch, part));
        }
    }

    private RunningRule rule(String rule, int version, String text, int epoch, Part part) {
        RuleDefinition brought = own.get(rule);
        if (text.isEmpty() && brought != null) {
            return new RunningRule(brought, epoch, part);
        }
        Problems problems = new Problems();
        RuleDefinition definition =
                RuleVersion.read(rule, version, text, reader, problems).definition();
        // It was checked before it was sent.
        problems.throwIfAny("version " + version + " of " + rule);
        return new RunningRule(definition, epoch, part);
    }

    /** All that run, in the order of their ids. */
    public List<RunningRule> all() {
        return running.values().stream().flatMap(List::stream).toList();
    }

    /** All versions of one rule that run. */
    public List<RunningRule> of(String rule) {
        return running.getOrDefault(rule, List.of());
    }

    /** Whether the key is of an epoch that an update yet to come begins. */
    public boolean isAwaited(RuleKey key) {
        RuleUpdate update = updates.get(key.rule());
        return key.epoch() > (update == null ? 0 : update.last());
    }
}
