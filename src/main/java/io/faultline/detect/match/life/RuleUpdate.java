package io.faultline.detect.match.life;

import io.faultline.detect.match.rule.RuleDefinition;
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
 */
public record RuleUpdate(
        String rule,
        int last,
        int version,
        int epoch,
        String text,
        int canaryVersion,
        int canaryEpoch,
        String canaryText) {

    /** A rule of which no command ever spoke; null where the job does not bring it. */
    static RuleUpdate untouched(String rule, @Nullable RuleDefinition own) {
        int version = own == null ? 0 : own.version();
        return new RuleUpdate(rule, version, version, version, "", 0, 0, "");
    }

    boolean runs() {
        return version > 0;
    }

    boolean hasCanary() {
        return canaryVersion > 0;
    }

    /** The same after a restart with a job that brings another version: what the old one held is of no use to it. */
    RuleUpdate over(@Nullable RuleDefinition own) {
        boolean ownRuns = runs() && text.isEmpty();
        if (!ownRuns || (own != null && own.version() == version)) {
            return this;
        }
        int began = own == null ? 0 : epoch + own.version() - version;
        return new RuleUpdate(
                rule,
                Math.max(last, began),
                own == null ? 0 : own.version(),
                began,
                "",
                canaryVersion,
                canaryEpoch,
                canaryText);
    }
}
