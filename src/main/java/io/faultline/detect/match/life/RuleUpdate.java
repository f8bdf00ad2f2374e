package io.faultline.detect.match.life;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleDefinition.OnChange;
import org.jspecify.annotations.Nullable;

/**
 * What one rule does from now on. It holds text only, so that it survives in state whatever the language becomes.
 *
 * @param rule its id
 * @param last the highest epoch given out for it so far; a candidate with a higher one came before its update
 * @param version the version in force; 0 where none is
 * @param epoch when its groups' state began: it stays the same as long as that state can be kept
 * @param text the version's YAML; empty for the one that the job itself brings
 * @param canaryVersion the version that runs beside it; 0 where none does
 * @param canaryEpoch as {@code epoch}, for the canary
 * @param canaryText as {@code text}, for the canary
 * @param shape what the groups of the version in force remember, in short: one of another shape can not go on with it
 */
public record RuleUpdate(
        String rule,
        int last,
        int version,
        int epoch,
        String text,
        int canaryVersion,
        int canaryEpoch,
        String canaryText,
        String shape) {

    /** No version has it. */
    private static final String GONE = "gone";

    /** A rule of which no command ever spoke; null where the job does not bring it. */
    static RuleUpdate untouched(String rule, @Nullable RuleDefinition own) {
        int version = own == null ? 0 : own.version();
        return new RuleUpdate(rule, version, version, version, "", 0, 0, "", "");
    }

    boolean runs() {
        return version > 0;
    }

    boolean hasCanary() {
        return canaryVersion > 0;
    }

    /** Whether it runs what the job itself brings. */
    boolean runsOwn() {
        return runs() && text.isEmpty();
    }

    RuleUpdate withShape(String other) {
        return new RuleUpdate(rule, last, version, epoch, text, canaryVersion, canaryEpoch, canaryText, other);
    }

    /**
     * The same after a restart with a job that may bring another version: it goes on with what the old one held where it says
     * so and where that is sound.
     */
    RuleUpdate over(@Nullable RuleDefinition own, Keeping keeping) {
        if (!runsOwn()) {
            return this;
        }
        if (own == null) {
            return withShape(GONE);
        }
        String now = keeping.shape(own);
        boolean sameVersion = own.version() == version;
        boolean goesOn = (sameVersion || own.onChange() == OnChange.KEEP) && (shape.isEmpty() || shape.equals(now));
        int began = goesOn ? epoch : last + 1;
        return new RuleUpdate(
                rule, Math.max(last, began), own.version(), began, "", canaryVersion, canaryEpoch, canaryText, now);
    }
}
