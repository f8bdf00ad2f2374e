package io.faultline.detect.match.life;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleReader;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.settings.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of all rules: those that the job brings, and what commands said since. The commands, applied in their order,
 * make the same book again.
 */
public final class RuleBook {

    private final Map<String, RuleDefinition> own = new HashMap<>();
    private final Map<String, RuleEntry> entries = new TreeMap<>();
    private final RuleReader reader = new RuleReader();
    private final Keeping keeping = new Keeping();

    /** @param own what the job brings itself */
    public RuleBook(RuleSet own) {
        own.rules().forEach(rule -> this.own.put(rule.id(), rule));
    }

    /**
     * What a command led to.
     *
     * @param rule the rule it was about
     * @param problems why it was refused; empty where it was not
     * @param update what the rule does from now on; null where that did not change
     * @param note what became of the partial matches, in words
     */
    public record Outcome(String rule, List<String> problems, @Nullable RuleUpdate update, String note) {

        public Outcome {
            problems = List.copyOf(problems);
        }
    }

    /** Makes the book anew from what was kept of it. */
    public void restore(Iterable<RuleCommand> commands, Iterable<RuleUpdate> inForce) {
        for (RuleCommand command : commands) {
            note(command, new Problems());
        }
        for (RuleUpdate update : inForce) {
            RuleDefinition rule = own.get(update.rule());
            entry(update.rule()).restore(update.over(rule, keeping), rule, reader);
        }
    }

    /** Takes one command more. A wrong one changes nothing, and all that is wrong with it is told. */
    public Outcome apply(RuleCommand command) {
        Problems problems = new Problems();
        String rule = command.rule();
        if (!note(command, problems)) {
            return new Outcome(rule, problems.all(), null, "");
        }
        RuleEntry entry = entry(rule);
        RuleEntry.Change change = entry.change(own.get(rule), keeping, problems);
        return new Outcome(rule, problems.all(), change.update(), change.note());
    }

    /** The commands that make this book again. */
    public List<RuleCommand> commands() {
        List<RuleCommand> commands = new ArrayList<>();
        entries.values().forEach(entry -> commands.addAll(entry.commands()));
        return commands;
    }

    /** What every rule does now, in words that another job understands too. */
    public List<RuleUpdate> inForce() {
        TreeSet<String> all = new TreeSet<>(own.keySet());
        all.addAll(entries.keySet());
        return all.stream()
                .map(rule -> keeping.shaped(inForce(rule), own.get(rule)))
                .toList();
    }

    /** How many rules do not run as the job brings them. */
    public int changed() {
        return (int) entries.values().stream()
                .map(RuleEntry::inForce)
                .filter(update -> update.hasCanary() || own.containsKey(update.rule()) != update.runsOwn())
                .count();
    }

    /** The ids of all rules, own and pushed, in order. */
    public NavigableSet<String> rules() {
        TreeSet<String> rules = new TreeSet<>(own.keySet());
        entries.values().stream().filter(entry -> !entry.isEmpty()).forEach(entry -> rules.add(entry.rule()));
        return rules;
    }

    /** The version that the job itself brings; null where it brings none. */
    public @Nullable RuleDefinition own(String rule) {
        return own.get(rule);
    }

    /** What was pushed of a rule, by its number. */
    public Map<Integer, RuleVersion> versions(String rule) {
        RuleEntry entry = entries.get(rule);
        return entry == null ? Map.of() : entry.versions();
    }

    /** The numbers of all versions, the one that the job itself brings included. */
    public NavigableSet<Integer> versionNumbers(String rule) {
        TreeSet<Integer> numbers = new TreeSet<>(versions(rule).keySet());
        RuleDefinition brought = own.get(rule);
        if (brought != null) {
            numbers.add(brought.version());
        }
        return numbers;
    }

    /** The number of the next version of a rule. */
    public int nextVersion(String rule) {
        NavigableSet<Integer> numbers = versionNumbers(rule);
        return numbers.isEmpty() ? 1 : numbers.last() + 1;
    }

    /** The version that is in force, or would be if the rule were not paused. */
    public int activeVersion(String rule) {
        int inForce = inForce(rule).version();
        int said = head(rule).active();
        RuleDefinition brought = own.get(rule);
        if (inForce > 0 || said != RuleHead.OWN) {
            return inForce > 0 ? inForce : said;
        }
        return brought == null ? 0 : brought.version();
    }

    /** Whether a command ever spoke of it. */
    public boolean isTouched(String rule) {
        RuleEntry entry = entries.get(rule);
        return entry != null && !entry.isEmpty();
    }

    public RuleHead head(String rule) {
        RuleEntry entry = entries.get(rule);
        return entry == null ? RuleHead.UNTOUCHED : Objects.requireNonNullElse(entry.head(), RuleHead.UNTOUCHED);
    }

    /** What the rule does now. */
    public RuleUpdate inForce(String rule) {
        RuleEntry entry = entries.get(rule);
        return entry == null ? RuleUpdate.untouched(rule, own.get(rule)) : entry.inForce();
    }

    /** Writes a command into the book; false where it is refused. */
    private boolean note(RuleCommand command, Problems problems) {
        String rule = command.rule();
        boolean gone = command.document().isEmpty();
        if (command.isVersion()) {
            if (gone) {
                entry(rule).remove(command.number());
                return true;
            }
            RuleVersion version = RuleVersion.read(rule, command.number(), command.document(), reader, problems);
            return problems.isEmpty() && entry(rule).put(version);
        }
        if (command.isHead()) {
            RuleHead head = gone ? null : RuleHead.read(command.key(), command.document(), problems);
            return problems.isEmpty() && entry(rule).put(head);
        }
        if (command.isFile()) {
            RuleVersion file = gone ? null : RuleVersion.read(rule, 0, command.document(), reader, problems);
            return problems.isEmpty() && entry(rule).putFile(file);
        }
        problems.add(command.key(), "is no key of a rule; write version/RULE/N or rule/RULE");
        return false;
    }

    private RuleEntry entry(String rule) {
        return entries.computeIfAbsent(rule, name -> new RuleEntry(name, own.get(name)));
    }
}
