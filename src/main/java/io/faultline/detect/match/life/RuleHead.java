package io.faultline.detect.match.life;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.settings.CheckedYaml;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;

/**
 * What the control topic says of a rule.
 *
 * @param active the version in force; {@link #OWN} for the one that the job itself brings
 * @param paused why it is paused; empty where it is not
 * @param canary the version that runs beside it for comparison; {@link #NONE} for none
 * @param author who said so
 * @param at when, as ISO 8601
 * @param why the reason given
 */
public record RuleHead(int active, String paused, int canary, String author, String at, String why) {

    public static final int OWN = 0;
    public static final int NONE = 0;

    private static final int MOST = 1_000_000;

    /** Nobody said anything: the job's own version is in force. */
    public static final RuleHead UNTOUCHED = new RuleHead(OWN, "", NONE, "", "", "");

    /** @param problems gets what is wrong; what comes back is not to be used then */
    static RuleHead read(String name, String document, Problems problems) {
        return CheckedYaml.read(name, document, problems, RuleHead::read);
    }

    private static RuleHead read(SettingsReader reader) {
        return new RuleHead(
                reader.number("active", OWN, OWN, MOST),
                reader.text("paused", ""),
                reader.number("canary", NONE, NONE, MOST),
                reader.text("author", ""),
                reader.text("at", ""),
                reader.text("why", ""));
    }

    public boolean isPaused() {
        return !paused.isEmpty();
    }

    public RuleHead withActive(int version) {
        return new RuleHead(version, "", canary == version ? NONE : canary, author, at, why);
    }

    public RuleHead withPaused(String reason) {
        return new RuleHead(active, reason, canary, author, at, why);
    }

    public RuleHead withCanary(int version) {
        return new RuleHead(active, paused, version, author, at, why);
    }

    public RuleHead saidBy(String author, String at, String why) {
        return new RuleHead(active, paused, canary, author, at, why);
    }

    /** As JSON, which {@link RuleBook} reads back. */
    public String document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("active", active);
        if (isPaused()) {
            document.put("paused", paused);
        }
        if (canary != NONE) {
            document.put("canary", canary);
        }
        return document.put("author", author).put("at", at).put("why", why).toString();
    }
}
