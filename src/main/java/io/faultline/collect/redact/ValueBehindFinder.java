package io.faultline.collect.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** The text in quotes or brackets that follows what a pattern matches, as {@code Received request 7: prompt: '…'}. */
final class ValueBehindFinder implements Finder {

    private static final int WINDOW = 400;

    private final Pattern pattern;

    ValueBehindFinder(RuleDefinition rule) {
        pattern = Pattern.compile(rule.pattern());
    }

    @Override
    public int find(int start, int literalEnd, Findings found) {
        String text = found.text();
        Matcher matcher = pattern.matcher(text.substring(start, Math.min(text.length(), start + WINDOW)));
        if (!matcher.lookingAt()) {
            return literalEnd;
        }
        AssignedValue value = AssignedValue.quotedAt(text, start + matcher.end());
        if (value == null || Redactor.isRedacted(text.substring(value.start(), value.end()))) {
            return literalEnd;
        }
        found.add(value.start(), value.end());
        return Math.max(value.end(), literalEnd);
    }
}
