package io.faultline.collect.parse.user;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts that every match of an RE2 pattern holds: those that stand in it outside of alternatives, classes, and what may
 * be absent. What it is not sure of it leaves out.
 */
final class RequiredLiterals {

    /** Not more: each is looked for in every record. */
    private static final int MOST = 4;

    private final String regex;
    private final List<String> found = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private int at;

    private RequiredLiterals(String regex) {
        this.regex = regex;
    }

    /** The longest of them, in the order in which they stand; empty where the pattern demands no text. */
    static List<String> of(String regex) {
        if (hasFlags(regex)) {
            return List.of();
        }
        RequiredLiterals reader = new RequiredLiterals(regex);
        List<String> all = reader.alternatives();
        List<String> longest = all.stream()
                .distinct()
                .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                .limit(MOST)
                .toList();
        return all.stream().distinct().filter(longest::contains).toList();
    }

    /** {@code (?i)} and {@code (?x)} as a switch change what all that follows means. {@code (?s:…)} is a group. */
    private static boolean hasFlags(String regex) {
        for (int i = regex.indexOf("(?"); i >= 0; i = regex.indexOf("(?", i + 1)) {
            int end = i + 2;
            while (end < regex.length() && "imsU-".indexOf(regex.charAt(end)) >= 0) {
                end++;
            }
            if (end > i + 2 && end < regex.length() && regex.charAt(end) == ')') {
                return true;
            }
        }
        return regex.contains("\\Q");
    }

    /** Reads to the end of a group or of all: nothing is required of several alternatives. */
    private List<String> alternatives() {
        int before = found.size();
        boolean several = false;
        while (at < regex.length() && regex.charAt(at) != ')') {
            several |= piece();
        }
        flush();
        List<String> own = new ArrayList<>(found.subList(before, found.size()));
        found.subList(before, found.size()).clear();
        return several ? List.of() : own;
    }

    /** Reads one piece and what says how often it comes; true for the bar between two alternatives. */
    private boolean piece() {
        char c = regex.charAt(at);
        switch (c) {
            case '|' -> {
                flush();
                at++;
                return true;
            }
            case '(' -> group();
            case '[' -> {
                flush();
                skipClass();
                quantifier();
            }
            case '.', '^', '$' -> {
                flush();
                at++;
                quantifier();
            }
            case '\\' -> escape();
            default -> character(c, 1);
        }
        return false;
    }

    private void group() {
        flush();
        int start = at;
        boolean folds = false;
        at++;
        if (regex.startsWith("?P<", at) || regex.startsWith("?<", at)) {
            at = Math.max(regex.indexOf('>', at) + 1, at + 1);
        } else if (regex.startsWith("?", at)) {
            int colon = regex.indexOf(':', at);
            folds = regex.substring(at, Math.max(at, colon)).indexOf('i') >= 0;
            at = colon < 0 ? regex.length() : colon + 1;
        }
        List<String> inner = alternatives();
        at = Math.min(regex.length(), at + 1);
        if (!quantifier() && !folds && at > start) {
            found.addAll(inner);
        }
    }

    private void escape() {
        char next = at + 1 < regex.length() ? regex.charAt(at + 1) : 0;
        if (Character.isLetterOrDigit(next)) {
            flush();
            at += 2;
            if ((next == 'p' || next == 'P' || next == 'x') && at < regex.length() && regex.charAt(at) == '{') {
                at = regex.indexOf('}', at) + 1;
            } else if (next == 'p' || next == 'P' || next == 'x') {
                at = Math.min(regex.length(), at + (next == 'x' ? 2 : 1));
            }
            quantifier();
        } else {
            character(next, 2);
        }
    }

    private void character(char c, int length) {
        at += length;
        int before = at;
        // A blank is in every line, and the scanner knows few characters.
        if (quantifier() || c <= ' ' || c > '~') {
            flush();
        } else {
            run.append(c);
            if (at > before) {
                flush(); // one or more of it: what follows does not stand right behind the first
            }
        }
    }

    /** Passes what says how often a piece comes; true where it may be absent. */
    private boolean quantifier() {
        if (at >= regex.length()) {
            return false;
        }
        char c = regex.charAt(at);
        boolean optional = c == '*' || c == '?' || regex.startsWith("{0", at);
        if (c == '*' || c == '?' || c == '+') {
            at++;
        } else if (c == '{' && at + 1 < regex.length() && Character.isDigit(regex.charAt(at + 1))) {
            at = Math.max(regex.indexOf('}', at) + 1, at + 1);
        } else {
            return false;
        }
        if (at < regex.length() && regex.charAt(at) == '?') {
            at++;
        }
        return optional;
    }

    private void skipClass() {
        at++;
        if (at < regex.length() && regex.charAt(at) == '^') {
            at++;
        }
        if (at < regex.length() && regex.charAt(at) == ']') {
            at++;
        }
        while (at < regex.length() && regex.charAt(at) != ']') {
            if (regex.charAt(at) == '\\') {
                at++;
            } else if (regex.startsWith("[:", at)) {
                at = Math.max(regex.indexOf(":]", at), at) + 1;
            }
            at++;
        }
        at = Math.min(regex.length(), at + 1);
    }

    private void flush() {
        if (!run.isEmpty()) {
            found.add(run.toString());
            run.setLength(0);
        }
    }
}
