package io.faultline.collect.redact;

import java.io.Serializable;
import java.util.List;

/**
 * A rule as it is written in a file of patterns.
 *
 * @param id unique; {@code [redacted:id]} stands where something was removed
 * @param kind what it finds
 * @param description what that is, for people
 * @param evidence by what it is told from other text, for people
 * @param literals one of them must stand in the text before anything else is tried; case and digits are folded
 * @param pattern RE2 syntax, matched where a literal begins; the first group, or all of it, is removed. Empty: see finder
 * @param keys names whose value is removed, as {@code password}; case does not matter
 * @param value what a value must look like for that
 * @param anchor where the pattern is tried
 * @param check what the match must be beside
 * @param finder the built-in way of finding; empty where pattern or keys say it
 */
record RuleDefinition(
        String id,
        Kind kind,
        String description,
        String evidence,
        List<String> literals,
        String pattern,
        List<String> keys,
        Value value,
        Anchor anchor,
        Check check,
        String finder)
        implements Serializable {

    /** What the value of a key must look like. */
    enum Value {
        /** Anything that says something: not empty, not {@code None}, not a path, not already hidden. */
        ANY,
        /** As {@link #ANY} behind {@code =} or in quotes; else, as in {@code secret: not found}, with digits in it. */
        ASSIGNED,
        /** As {@link #ANY}, and as if made by dice: for keys that often have harmless values. */
        RANDOM,
        /** A text in quotes, or a list or an object in brackets. */
        QUOTED,
        /** All that follows on the line. */
        LINE
    }

    /** Where a pattern is tried. */
    enum Anchor {
        /** Where the literal begins, if no letter or digit stands before it. */
        WORD,
        /** Where the run of letters, digits, {@code _ ~ . -} begins that the literal stands in. */
        RUN,
        /** Where the literal begins. */
        ANYWHERE
    }
}
