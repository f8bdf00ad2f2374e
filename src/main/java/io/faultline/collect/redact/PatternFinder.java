package io.faultline.collect.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.faultline.collect.redact.RuleDefinition.Anchor;

/** A token by its shape: a pattern, tried at the one place where its literal stands. */
final class PatternFinder implements Finder {

    /** What a pattern may see. A token that is longer is removed whole all the same: its alphabet tells where it ends. */
    private static final int WINDOW = 600;

    /** How far before its literal a run may begin. */
    private static final int RUN = 64;

    private final Pattern pattern;
    private final Anchor anchor;
    private final Check check;
    private final boolean checksum;

    PatternFinder(RuleDefinition rule) {
        pattern = Pattern.compile(rule.pattern());
        anchor = rule.anchor();
        check = rule.check();
        checksum = rule.finder().equals("checksum");
    }

    @Override
    public int find(int literal, int literalEnd, Findings found) {
        String text = found.text();
        int start = anchor == Anchor.RUN ? runStart(text, literal) : literal;
        boolean alone = anchor != Anchor.WORD || Texts.beginsWord(text, start);
        if (!alone && !checksum) {
            return literalEnd;
        }
        int windowEnd = Math.min(text.length(), start + WINDOW);
        Matcher matcher = pattern.matcher(text.substring(start, windowEnd));
        if (!matcher.lookingAt()) {
            return found.cut() && alone ? cutTail(text, start, literalEnd, found) : literalEnd;
        }
        int group = matched(matcher);
        String match = matcher.group(group);
        int from = start + matcher.start(group);
        int to = start + matcher.end(group);
        to = matcher.end(group) == matcher.end() ? tokenEnd(text, to) : to;
        boolean passes = check.passes(match) && (alone || Check.hasChecksum(match)) && !Redactor.isRedacted(match);
        if (passes) {
            found.add(from, to);
        }
        // Where it did not pass as a whole, none of its parts would.
        return Math.max(to, literalEnd);
    }

    /** The first group that took part; 0 is all of it. */
    private static int matched(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.start(group) >= 0) {
                return group;
            }
        }
        return 0;
    }

    /** What a limit cut off at the end of the text is too short for the pattern; its beginning says what it was. */
    private static int cutTail(String text, int start, int literalEnd, Findings found) {
        for (int i = literalEnd; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || Texts.isQuote(c) || i - start > WINDOW) {
                return literalEnd;
            }
        }
        if (text.length() > literalEnd) {
            found.add(start, text.length());
        }
        return text.length();
    }

    private static int runStart(String text, int literal) {
        int start = literal;
        while (start > 0 && literal - start < RUN && isRun(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isRun(char c) {
        return Texts.isTokenChar(c) || c == '.' || c == '~';
    }

    private static int tokenEnd(String text, int from) {
        int end = from;
        while (Texts.isTokenChar(Texts.at(text, end))
                || (Texts.at(text, end) == '.' && Texts.isTokenChar(Texts.at(text, end + 1)))) {
            end++;
        }
        return end;
    }
}
