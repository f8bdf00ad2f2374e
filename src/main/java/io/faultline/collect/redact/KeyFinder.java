package io.faultline.collect.redact;

import io.faultline.collect.redact.RuleDefinition.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The value of a key, as {@code password}, wherever the name of the key ends so. */
final class KeyFinder implements Finder {

    /** What may follow a key to which something is assigned. */
    private static final String[] SIGNS = {"=", ":", "\"", "'", "`", "\\", "]", "%3d", "%3a"};

    /** What people write in the place of a value, or behind the word when they only speak of it. */
    private static final Set<String> SAY_NOTHING = Set.of(
            "none",
            "null",
            "nil",
            "true",
            "false",
            "undefined",
            "unset",
            "not",
            "is",
            "was",
            "are",
            "has",
            "must",
            "and",
            "or",
            "for",
            "the",
            "a",
            "an",
            "in",
            "of",
            "to",
            "required",
            "missing",
            "invalid",
            "incorrect",
            "expired",
            "failed",
            "wrong",
            "empty",
            "unknown",
            "hidden",
            "masked",
            "redacted",
            "removed",
            "secretstr",
            "str",
            "string",
            "optional",
            "yes",
            "no",
            "n/a",
            "basic",
            "bearer",
            "token",
            "digest",
            "negotiate",
            "disabled",
            "enabled");

    private final Value value;
    private final boolean isPrompt;

    KeyFinder(RuleDefinition rule) {
        value = rule.value();
        isPrompt = rule.kind() == Kind.PROMPT;
    }

    /** The literals that tell that something is assigned to a key. */
    static List<String> literals(RuleDefinition rule) {
        List<String> literals = new ArrayList<>();
        for (String key : rule.keys()) {
            for (String sign : SIGNS) {
                literals.add(key + sign);
            }
            if (rule.value() == Value.ANY) {
                literals.add(key + " ");
            }
        }
        return literals;
    }

    @Override
    public int find(int start, int literalEnd, Findings findings) {
        String text = findings.text();
        int keyEnd = literalEnd - signLength(text, literalEnd);
        if (Texts.at(text, start - 1) == '/') {
            return literalEnd;
        }
        AssignedValue assigned = AssignedValue.behind(text, keyEnd, isOption(text, start));
        if (assigned != null && value == Value.QUOTED) {
            assigned = AssignedValue.quotedAt(text, outermost(text, assigned.start()));
        } else if (assigned != null && value == Value.LINE && !assigned.quoted()) {
            assigned = new AssignedValue(assigned.start(), lineEnd(text, assigned.start()), false);
        }
        if (assigned == null) {
            return literalEnd;
        }
        String found = text.substring(assigned.start(), assigned.end());
        boolean prose = value == Value.ASSIGNED && !assigned.quoted() && text.indexOf('=', keyEnd) != keyEnd;
        boolean bare = value == Value.RANDOM && Texts.beginsWord(text, start) && Texts.at(text, start - 1) != '_';
        if (!accepts(found, bare) || (prose && !Check.isMixed(found))) {
            return literalEnd;
        }
        findings.add(assigned.start(), assigned.end());
        return assigned.end();
    }

    /** Whether a value is worth hiding; also asked for the values of attributes. */
    boolean accepts(String found) {
        return accepts(found, true);
    }

    /** @param bare whether the key is no part of a longer one: {@code token} is, {@code eos_token} is not */
    private boolean accepts(String found, boolean bare) {
        if (found.length() < 3 || Redactor.isRedacted(found)) {
            return false;
        }
        if (isPrompt) {
            return !isNumber(found);
        }
        boolean hidden = true;
        for (int i = 0; i < found.length() && hidden; i++) {
            hidden = "*x•.-_#".indexOf(Character.toLowerCase(found.charAt(i))) >= 0;
        }
        char first = found.charAt(0);
        boolean named = first == '$' || first == '<' || found.startsWith("{{") || found.startsWith("***");
        boolean path = (first == '/' && found.indexOf('/', 1) > 0) || found.startsWith("./") || found.startsWith("~/");
        if (hidden || named || path || SAY_NOTHING.contains(found.toLowerCase(Locale.ROOT))) {
            return false;
        }
        return value != Value.RANDOM || Check.isRandom(found) || (bare && Check.isMixed(found));
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Texts.isDigit(c) && c != '.' && c != '-' && c != '[' && c != ']') {
                return false;
            }
        }
        return true;
    }

    private static int signLength(String text, int literalEnd) {
        return literalEnd >= 3 && text.charAt(literalEnd - 3) == '%' ? 3 : 1;
    }

    /** Back over the brackets and the quote that were stepped into. */
    private static int outermost(String text, int start) {
        int i = start;
        while (i > 0 && "[({\"'`\\".indexOf(text.charAt(i - 1)) >= 0) {
            i--;
        }
        return i;
    }

    private static boolean isOption(String text, int start) {
        int i = start;
        while (Texts.isTokenChar(Texts.at(text, i - 1))) {
            i--;
        }
        return text.startsWith("--", i);
    }

    private static int lineEnd(String text, int from) {
        int end = from;
        while (end < text.length()
                && text.charAt(end) >= ' '
                && !Texts.isQuote(text.charAt(end))
                && text.charAt(end) != '\\') {
            end++;
        }
        return end;
    }
}
