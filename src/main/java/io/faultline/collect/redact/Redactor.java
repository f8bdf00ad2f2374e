package io.faultline.collect.redact;

import io.faultline.collect.literals.LiteralScanner;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import io.faultline.model.Rejected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Takes secrets, personal data, prompts and completions out of texts. A text in which none of the rules' literals stands is
 * read once and returned as it is; a rule looks closer only where its literal stands. What is written instead says which
 * rule it was: {@code [redacted:github-token]}, {@code [person:3f9a0c1d2e4b]}, {@code [prompt sha256:1a2b3c4d5e6f7a8b 512
 * chars]}. Time is linear in the length of the text. Not thread-safe.
 */
public final class Redactor {

    /** The attribute that names the rules that found something, in alphabetical order, with commas between. */
    public static final String ATTRIBUTE = "redacted";

    /** The attribute that names those of them whose kind is a secret. */
    public static final String SECRETS = "redacted_secrets";

    /** Keys of attributes come from the log, so that there may be any number of them. */
    private static final int MAX_KEYS = 10_000;

    /** Ranks, process ids, levels: what is shorter hides nothing. */
    private static final int SHORTEST = 6;

    private static final String[] OURS = {"redacted:", "person:", "ip:", "prompt sha256:", "prompt hmac:"};

    private final List<RuleDefinition> rules;
    private final Finder[] finders;
    private final LiteralScanner scanner;
    private final int[] ruleOfLiteral;
    private final int[] lengthOfLiteral;
    private final RedactSettings settings;
    private final Pseudonyms pseudonyms;
    private final Consumer<String> listener;
    /** The rule for lines of a private key whose beginning is in another record, or -1: it has no literal. */
    private final int keyLines;

    private final LiteralScanner.Hits hits = this::look;
    private final Findings findings = new Findings();

    /** For each rule how far it looked at the text, and whether any of them did. */
    private final int[] lookedUntil;

    private boolean looked;

    /** The text that is looked at; as long as the longest so far. */
    private char[] characters = new char[1_024];

    private final Map<String, Integer> ruleOfKey = new HashMap<>();
    private final Set<String> found = new TreeSet<>();
    private final Set<String> secrets = new TreeSet<>();
    private Entity cleanEntity = Entity.UNKNOWN;

    public Redactor(RedactSettings settings) {
        this(settings, id -> {});
    }

    /** @param listener told the id of the rule each time something was redacted */
    public Redactor(RedactSettings settings, Consumer<String> listener) {
        this.settings = settings;
        this.listener = listener;
        pseudonyms = new Pseudonyms(settings.pseudonymKey().value());
        rules = settings.rules();
        finders = rules.stream().map(Finders::of).toArray(Finder[]::new);
        lookedUntil = new int[finders.length];
        keyLines = ruleIds().indexOf(KeyLines.RULE);
        List<String> literals = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            RuleDefinition rule = rules.get(i);
            for (String literal : rule.keys().isEmpty() ? rule.literals() : KeyFinder.literals(rule)) {
                literals.add(literal);
                owners.add(i);
            }
        }
        scanner = new LiteralScanner(literals, LiteralScanner.Fold.CASE_AND_DIGITS);
        ruleOfLiteral = owners.stream().mapToInt(Integer::intValue).toArray();
        lengthOfLiteral = literals.stream().mapToInt(String::length).toArray();
    }

    /** The ids of the rules that run. */
    public List<String> ruleIds() {
        return rules.stream().map(RuleDefinition::id).toList();
    }

    /** The event without what must not be kept, marked and with the names of what was found; the same one if nothing was. */
    public LogEvent redact(LogEvent event) {
        forget();
        String message = text(event.message(), event.has(QualityMark.TRUNCATED));
        String severity = text(event.severityText(), false);
        Attributes attributes = attributes(event.attributes());
        Entity entity = entity(event.entity());
        if (found.isEmpty()) {
            return event;
        }
        return new LogEvent(
                event.timestamp(),
                event.observedTimestamp(),
                event.severityNumber(),
                severity,
                message,
                event.format(),
                event.kind(),
                entity,
                event.measures(),
                named(attributes),
                event.template(),
                event.quality() | QualityMark.REDACTED.bit(),
                event.origin(),
                event.stream(),
                event.source());
    }

    private void forget() {
        found.clear();
        secrets.clear();
    }

    private Attributes named(Attributes attributes) {
        Attributes named = attributes.with(ATTRIBUTE, String.join(",", found));
        return secrets.isEmpty() ? named : named.with(SECRETS, String.join(",", secrets));
    }

    /** The same for what could not be used; bytes that are no text keep their values where nothing was found. */
    public Rejected redact(Rejected rejected) {
        forget();
        PayloadText payload = PayloadText.of(rejected.payload());
        boolean cut =
                rejected.payload().length >= Rejected.MAX_PAYLOAD || rejected.reason() == Rejected.Reason.TOO_LONG;
        String text = text(payload.text(), cut);
        String detail = text(rejected.detail(), false);
        if (found.isEmpty()) {
            return rejected;
        }
        return new Rejected(
                rejected.stage(),
                rejected.reason(),
                rejected.origin(),
                rejected.observedTimestamp(),
                detail,
                payload.bytes(text));
    }

    /** A text without what must not be kept; the same one if there was nothing. */
    public String redact(String text) {
        forget();
        return text(text, false);
    }

    /** Whether a text is what this class writes in the place of something. */
    static boolean isRedacted(String text) {
        int from = text.startsWith("[") ? 1 : 0;
        for (String ours : OURS) {
            if (text.startsWith(ours, from)) {
                return true;
            }
        }
        return false;
    }

    private String text(String text, boolean cut) {
        if (text.length() < SHORTEST) {
            return text;
        }
        findings.begin(text, cut);
        looked = false;
        if (keyLines >= 0) {
            findings.by(keyLines);
            KeyLines.find(findings);
        }
        scanner.scan(characters(text), text.length(), hits);
        return findings.isEmpty() ? text : findings.replaced(this::replacement);
    }

    private char[] characters(String text) {
        if (characters.length < text.length()) {
            characters = new char[2 * text.length()];
        }
        text.getChars(0, text.length(), characters, 0);
        return characters;
    }

    private void look(int literal, int end) {
        int rule = ruleOfLiteral[literal];
        int start = end - lengthOfLiteral[literal];
        if (!looked) {
            Arrays.fill(lookedUntil, 0);
            looked = true;
        }
        if (start >= lookedUntil[rule]) {
            findings.by(rule);
            lookedUntil[rule] = finders[rule].find(start, end, findings);
        }
    }

    private Attributes attributes(Attributes attributes) {
        Attributes clean = attributes;
        for (int i = 0; i < attributes.size(); i++) {
            String value = attributes.values()[i];
            String redacted = attribute(attributes.keys()[i], value);
            if (!redacted.equals(value)) {
                clean = clean.with(attributes.keys()[i], redacted);
            }
        }
        return clean;
    }

    /** A value that its key gives away is replaced whole. */
    private String attribute(String key, String value) {
        int rule = ruleOf(key);
        if (rule >= 0 && finders[rule] instanceof KeyFinder finder && finder.accepts(value)) {
            return replacement(rule, value);
        }
        return text(value, false);
    }

    private int ruleOf(String key) {
        Integer known = ruleOfKey.get(key);
        if (known != null) {
            return known;
        }
        int rule = keyRule(key.substring(key.lastIndexOf('.') + 1) + "=");
        if (ruleOfKey.size() < MAX_KEYS) {
            ruleOfKey.put(key, rule);
        }
        return rule;
    }

    /** The first rule that one of its keys stands for at the end of a name. */
    private int keyRule(String assignment) {
        int[] first = {-1};
        scanner.scan(assignment, (literal, end) -> {
            int rule = ruleOfLiteral[literal];
            if (end == assignment.length() && finders[rule] instanceof KeyFinder && (first[0] < 0 || rule < first[0])) {
                first[0] = rule;
            }
        });
        return first[0];
    }

    private Entity entity(Entity entity) {
        if (entity.equals(cleanEntity)) {
            return entity;
        }
        Entity clean = entity;
        for (Entity.Level level : Entity.Level.values()) {
            String value = entity.get(level);
            String redacted = value == null ? null : text(value, false);
            if (redacted != null && !redacted.equals(value)) {
                clean = clean.with(level, redacted);
            }
        }
        if (clean.equals(entity)) {
            cleanEntity = entity;
        }
        return clean;
    }

    private String replacement(int rule, String text) {
        String id = rules.get(rule).id();
        Kind kind = rules.get(rule).kind();
        found.add(id);
        if (kind == Kind.SECRET) {
            secrets.add(id);
        }
        listener.accept(id);
        if (kind == Kind.PROMPT && settings.prompts() == RedactSettings.PromptTreatment.HASH) {
            return "[prompt " + pseudonyms.ofPrompt(text) + " " + text.length() + " chars]";
        }
        if (kind == Kind.PERSON && settings.persons() == RedactSettings.Treatment.PSEUDONYM) {
            return "[person:" + pseudonyms.of(normal(text)) + "]";
        }
        if (kind == Kind.ADDRESS && settings.addresses() == RedactSettings.Treatment.PSEUDONYM) {
            return "[ip:" + pseudonyms.of(text.toLowerCase(Locale.ROOT)) + "]";
        }
        return "[redacted:" + id + "]";
    }

    /** One person written in two ways: a number in groups or not, with China's code or not; an address in capitals. */
    private static String normal(String text) {
        if (text.indexOf('@') >= 0) {
            return text.toLowerCase(Locale.ROOT);
        }
        String digits = text.replaceAll("[^0-9Xx]", "").toUpperCase(Locale.ROOT);
        return digits.length() == 13 && digits.startsWith("86") ? digits.substring(2) : digits;
    }
}
