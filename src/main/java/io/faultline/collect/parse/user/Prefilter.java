package io.faultline.collect.parse.user;

import io.faultline.collect.literals.LiteralScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks once through a record for the texts that the patterns of all user parsers demand, so that a record without them
 * meets no regular expression. Remembers the last record; not thread-safe.
 */
final class Prefilter {

    private final List<String> literals = new ArrayList<>();
    private @Nullable LiteralScanner scanner;
    private int[] seenIn = {};
    private int record;
    private @Nullable String last;

    /** The numbers of the texts that a pattern demands. Before the first record. */
    int[] demand(List<String> texts) {
        int[] numbers = new int[texts.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!literals.contains(texts.get(i))) {
                literals.add(texts.get(i));
            }
            numbers[i] = literals.indexOf(texts.get(i));
        }
        return numbers;
    }

    /** Whether a record holds all of them. */
    boolean holds(int[] demanded, String text) {
        if (demanded.length > 0) {
            scan(text);
        }
        for (int literal : demanded) {
            if (seenIn[literal] != record) {
                return false;
            }
        }
        return true;
    }

    /** The texts that a record lacks. */
    List<String> missing(int[] demanded, String text) {
        List<String> missing = new ArrayList<>();
        for (int literal : demanded) {
            if (!holds(new int[] {literal}, text)) {
                missing.add(literals.get(literal));
            }
        }
        return missing;
    }

    /** By identity: the same record is asked for by one parser after the other. */
    @SuppressWarnings("ReferenceEquality")
    private void scan(String text) {
        if (text == last) {
            return;
        }
        LiteralScanner ready = scanner;
        if (ready == null) {
            ready = new LiteralScanner(literals, LiteralScanner.Fold.NOTHING);
            scanner = ready;
            seenIn = new int[literals.size()];
        }
        last = text;
        record++;
        ready.scan(text, (literal, end) -> seenIn[literal] = record);
    }
}
