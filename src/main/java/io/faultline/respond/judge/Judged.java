package io.faultline.respond.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of an incident and what people said of it.
 *
 * @param rules the ids of its rules, as far as they are known
 * @param keys who spoke: the keys of their commands, at most {@value #MAX_VOICES}
 * @param words what {@code keys[i]} said last
 * @param times when he said it, as ISO 8601
 */
public record Judged(String[] rules, String[] keys, String[] words, String[] times) {

    /** More people do not judge one incident; what the others say is not counted. */
    static final int MAX_VOICES = 100;

    static final Judged NOTHING = new Judged(new String[0], new String[0], new String[0], new String[0]);

    /** With the rules of a revision, and the votes that count for those that are new. */
    Change with(List<String> more) {
        Set<String> all = new LinkedHashSet<>(List.of(rules));
        List<RuleVote> votes = new ArrayList<>();
        for (String rule : more) {
            if (all.add(rule)) {
                for (int i = 0; i < keys.length; i++) {
                    votes.add(new RuleVote(rule, words[i], "", Instant.parse(times[i])));
                }
            }
        }
        return new Change(new Judged(all.toArray(String[]::new), keys, words, times), votes);
    }

    /** With somebody's word, and what it changes for each rule. */
    Change with(String key, String word, Instant at) {
        int index = Arrays.asList(keys).indexOf(key);
        if (index < 0 && keys.length >= MAX_VOICES) {
            return new Change(this, List.of());
        }
        String before = index < 0 ? "" : words[index];
        int place = index < 0 ? keys.length : index;
        String[] nextKeys = Arrays.copyOf(keys, Math.max(keys.length, place + 1));
        String[] nextWords = Arrays.copyOf(words, nextKeys.length);
        String[] nextTimes = Arrays.copyOf(times, nextKeys.length);
        nextKeys[place] = key;
        nextWords[place] = word;
        nextTimes[place] = at.toString();
        List<RuleVote> votes = before.equals(word)
                ? List.of()
                : Arrays.stream(rules)
                        .map(rule -> new RuleVote(rule, word, before, at))
                        .toList();
        return new Change(new Judged(rules, nextKeys, nextWords, nextTimes), votes);
    }

    /**
     * @param now what is known then
     * @param votes what it changes for rules
     */
    record Change(Judged now, List<RuleVote> votes) {}
}
