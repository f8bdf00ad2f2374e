package io.faultline.detect.match.life;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleReader;
import io.faultline.settings.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of one rule, and what of it is in force. */
final class RuleEntry {

    private final String rule;
    private final TreeMap<Integer, RuleVersion> versions = new TreeMap<>();
    private @Nullable RuleHead head;

    /** The file of the watched directory; null where there was none. */
    private @Nullable RuleVersion file;

    private boolean fileGone;
    private RuleUpdate inForce;
    private @Nullable RuleVersion active;
    private @Nullable RuleVersion canary;

    RuleEntry(String rule, @Nullable RuleDefinition own) {
        this.rule = rule;
        this.inForce = RuleUpdate.untouched(rule, own);
        this.active = own == null ? null : RuleVersion.own(own);
    }

    /**
     * What a command changed.
     *
     * @param update null for nothing
     * @param note what became of the partial matches
     */
    record Change(@Nullable RuleUpdate update, String note) {

        private static final Change NONE = new Change(null, "");
    }

    /** The versions that should run; an absent one does not. */
    private record Wanted(@Nullable RuleVersion active, @Nullable RuleVersion canary) {}

    void restore(RuleUpdate update, @Nullable RuleDefinition own, RuleReader reader) {
        inForce = update;
        active = version(update.version(), update.text(), own, reader);
        canary = version(update.canaryVersion(), update.canaryText(), own, reader);
    }

    private @Nullable RuleVersion version(int number, String text, @Nullable RuleDefinition own, RuleReader reader) {
        if (number == 0) {
            return null;
        }
        if (text.isEmpty()) {
            return own == null ? null : RuleVersion.own(own);
        }
        return RuleVersion.read(rule, number, text, reader, new Problems());
    }

    boolean put(RuleVersion version) {
        versions.put(version.number(), version);
        return true;
    }

    boolean put(@Nullable RuleHead said) {
        head = said;
        return true;
    }

    boolean putFile(@Nullable RuleVersion said) {
        file = said;
        fileGone = said == null;
        return true;
    }

    void remove(int version) {
        versions.remove(version);
    }

    String rule() {
        return rule;
    }

    Map<Integer, RuleVersion> versions() {
        return Map.copyOf(versions);
    }

    @Nullable
    RuleHead head() {
        return head;
    }

    RuleUpdate inForce() {
        return inForce;
    }

    /** Nothing is known of it but that it was. */
    boolean isEmpty() {
        return versions.isEmpty() && head == null && file == null;
    }

    List<RuleCommand> commands() {
        List<RuleCommand> commands = new ArrayList<>();
        if (file != null || fileGone) {
            commands.add(RuleCommand.file(rule, file == null ? "" : file.text()));
        }
        versions.forEach((number, version) -> commands.add(RuleCommand.version(rule, number, version.text())));
        if (head != null) {
            commands.add(RuleCommand.head(rule, head.document()));
        }
        return commands;
    }

    /** Brings in force what should be; nothing changes where the version that should run is not known. */
    Change change(@Nullable RuleDefinition own, Keeping keeping, Problems problems) {
        Wanted wanted = wanted(own, problems);
        return problems.isEmpty() ? bringInForce(wanted, keeping) : Change.NONE;
    }

    private Wanted wanted(@Nullable RuleDefinition own, Problems problems) {
        RuleHead said = head == null ? RuleHead.UNTOUCHED : head;
        if (said.isPaused()) {
            return new Wanted(null, null);
        }
        RuleVersion wanted =
                said.active() == RuleHead.OWN ? brought(own) : known(said.active(), "active", own, problems);
        RuleVersion beside = said.canary() == RuleHead.NONE ? null : known(said.canary(), "canary", own, problems);
        return new Wanted(wanted, beside != null && beside.says(wanted) ? null : beside);
    }

    /** What runs without the control topic: the file of the directory, or what the job was started with. */
    private @Nullable RuleVersion brought(@Nullable RuleDefinition own) {
        if (file != null || fileGone) {
            return file;
        }
        return own == null ? null : RuleVersion.own(own);
    }

    private @Nullable RuleVersion known(int number, String field, @Nullable RuleDefinition own, Problems problems) {
        RuleVersion pushed = versions.get(number);
        RuleVersion brought = brought(own);
        if (pushed == null && (brought == null || brought.number() != number)) {
            problems.add("rule/" + rule, field + ": there is no version " + number + " of it");
        }
        return pushed == null ? brought : pushed;
    }

    private Change bringInForce(Wanted wanted, Keeping keeping) {
        RuleVersion next = wanted.active();
        RuleVersion beside = wanted.canary();
        boolean sameActive = next == null ? active == null : next.says(active);
        boolean sameCanary = beside == null ? canary == null : beside.says(canary);
        if (sameActive && sameCanary) {
            return Change.NONE;
        }
        int last = inForce.last();
        int epoch = inForce.epoch();
        String note = "version " + (next == null ? 0 : next.number());
        if (next == null) {
            epoch = 0;
            note = "its partial matches are gone";
        } else if (sameActive) {
            note += " goes on";
        } else if (next.says(canary)) {
            epoch = inForce.canaryEpoch();
            note += " goes on from where it was as a canary";
        } else {
            String obstacle =
                    active == null ? "nothing ran before" : keeping.obstacle(active.definition(), next.definition());
            epoch = obstacle.isEmpty() ? epoch : ++last;
            note += obstacle.isEmpty() ? " keeps the partial matches" : " starts anew: " + obstacle;
        }
        int canaryEpoch = sameCanary || beside == null ? inForce.canaryEpoch() : ++last;
        active = next;
        canary = beside;
        inForce = new RuleUpdate(
                rule,
                last,
                next == null ? 0 : next.number(),
                epoch,
                next == null ? "" : next.text(),
                beside == null ? 0 : beside.number(),
                beside == null ? 0 : canaryEpoch,
                beside == null ? "" : beside.text(),
                next == null ? "" : keeping.shape(next.definition()));
        return new Change(inForce, beside == null ? note : note + ", with version " + beside.number() + " as a canary");
    }
}
