package io.faultline.collect.redact;

import io.faultline.settings.NearestWord;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsException;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code collect.redact}.
 *
 * @param disabled {@code disabled}: the ids of rules that do not run
 * @param persons {@code persons}: what becomes of e-mail addresses, telephone numbers and national ids
 * @param prompts {@code prompts}: what becomes of prompts and completions
 * @param addresses {@code ip-addresses}: what becomes of IP addresses
 * @param added the rules of the file named by {@code patterns-file}; it is read once, when the job is started
 * @param pseudonymKey {@code pseudonym-key-env} or {@code -file}: the key of pseudonyms, empty for none. It comes from the
 *     settings because all subtasks, and the job after a restart, must give one person one name
 */
public record RedactSettings(
        List<String> disabled,
        Treatment persons,
        PromptTreatment prompts,
        Treatment addresses,
        List<RuleDefinition> added,
        Secret pseudonymKey)
        implements Serializable {

    /** A shorter key can be tried out. */
    private static final int MIN_KEY = 16;

    /** What becomes of something found. */
    public enum Treatment {
        KEEP,
        PSEUDONYM,
        REMOVE
    }

    /** What becomes of a prompt. */
    public enum PromptTreatment {
        KEEP,
        /** A hash and the length. */
        HASH,
        REMOVE
    }

    public RedactSettings {
        disabled = List.copyOf(disabled);
        added = List.copyOf(added);
    }

    public static RedactSettings defaults() {
        return new RedactSettings(
                List.of(), Treatment.REMOVE, PromptTreatment.HASH, Treatment.KEEP, List.of(), new Secret(""));
    }

    public static RedactSettings read(SettingsReader reader) {
        RedactSettings absent = defaults();
        RedactSettings settings = new RedactSettings(
                reader.texts("disabled", absent.disabled),
                reader.choice("persons", absent.persons, Treatment.class),
                reader.choice("prompts", absent.prompts, PromptTreatment.class),
                reader.choice("ip-addresses", absent.addresses, Treatment.class),
                added(reader, reader.text("patterns-file", "")),
                reader.secret("pseudonym-key"));
        settings.check(reader);
        return settings;
    }

    /** All rules that run, those of the user last. */
    List<RuleDefinition> rules() {
        List<RuleDefinition> rules = new ArrayList<>(RuleFile.shipped());
        rules.addAll(added);
        rules.removeIf(rule -> disabled.contains(rule.id()) || isKept(rule.kind()));
        return rules;
    }

    private boolean isKept(Kind kind) {
        return switch (kind) {
            case SECRET -> false;
            case PERSON -> persons == Treatment.KEEP;
            case PROMPT -> prompts == PromptTreatment.KEEP;
            case ADDRESS -> addresses == Treatment.KEEP;
        };
    }

    private void check(SettingsReader reader) {
        List<String> known = new ArrayList<>(
                RuleFile.shipped().stream().map(RuleDefinition::id).toList());
        for (RuleDefinition rule : added) {
            if (known.contains(rule.id())) {
                reader.problem("patterns-file", "a shipped rule has the id " + rule.id());
            }
            known.add(rule.id());
        }
        for (String id : disabled) {
            if (!known.contains(id)) {
                reader.problem("disabled", "there is no rule " + id + NearestWord.hint(id, known));
            }
        }
        boolean wantsKey = persons == Treatment.PSEUDONYM || addresses == Treatment.PSEUDONYM;
        int length = pseudonymKey.value().length();
        if (wantsKey && length == 0) {
            reader.problem(
                    "pseudonym-key", "is missing; pseudonyms want pseudonym-key-env or pseudonym-key-file to be set");
        } else if (length > 0 && length < MIN_KEY) {
            reader.problem("pseudonym-key", "has " + length + " characters; at least " + MIN_KEY + " are needed");
        }
    }

    private static List<RuleDefinition> added(SettingsReader reader, String file) {
        if (file.isEmpty()) {
            return List.of();
        }
        try {
            return RuleFile.read(Path.of(file));
        } catch (SettingsException e) {
            reader.problem("patterns-file", e.getMessage() == null ? file : e.getMessage());
            return List.of();
        }
    }
}
