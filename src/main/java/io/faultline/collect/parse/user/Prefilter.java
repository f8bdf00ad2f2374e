package io.faultline.collect.parse.user;

import io.faultline.collect.literals.LiteralGate;
import io.faultline.collect.literals.LiteralScanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks once through a record for the texts that the patterns of all user parsers demand, so that a record without them
 * meets no regular expression; through most records not even once, but at every third character or so. Remembers the last record; not thread-safe.
 */
final class Prefilter {

    private final List<String> literals = new ArrayList<>();
    /** The longest text that each pattern demands: without any of these no pattern matches. */
    private final List<String> keys = new ArrayList<>();

    private @Nullable LiteralGate gate;
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
        texts.stream().max(Comparator.comparingInt(String::length)).ifPresent(keys::add);
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
            if (!text.contains(literals.get(literal))) {
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
        LiteralGate open = gate;
        if (ready == null || open == null) {
            ready = new LiteralScanner(literals, LiteralScanner.Fold.NOTHING);
            open = new LiteralGate(keys);
            scanner = ready;
            gate = open;
            seenIn = new int[literals.size()];
        }
        last = text;
        record++;
        if (open.mayHold(text)) {
            ready.scan(text, (literal, end) -> seenIn[literal] = record);
        }
    }
}
