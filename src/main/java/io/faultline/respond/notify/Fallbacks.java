package io.faultline.respond.notify;

import io.faultline.settings.NearestWord;
import io.faultline.settings.SettingsReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who stands in for whom. */
final class Fallbacks {

    private Fallbacks() {}

    /** Tells fallbacks that are no receivers, and receivers that would stand in for themselves in the end. */
    static void check(List<ReceiverSettings> receivers, SettingsReader reader) {
        Map<String, String> next = next(receivers);
        for (ReceiverSettings receiver : receivers) {
            String fallback = receiver.fallback();
            if (!fallback.isEmpty() && !next.containsKey(fallback)) {
                reader.problem(
                        "receivers",
                        receiver.name() + " falls back to \"" + fallback + "\", which is no receiver"
                                + NearestWord.hint(fallback, next.keySet()));
            } else if (isCircle(receiver.name(), next)) {
                reader.problem("receivers", receiver.name() + " falls back to itself in the end");
            }
        }
    }

    /** How many receivers the longest chain has before its last. */
    static int longest(List<ReceiverSettings> receivers) {
        Map<String, String> next = next(receivers);
        int longest = 0;
        for (String name : next.keySet()) {
            int length = 0;
            String at = next.getOrDefault(name, "");
            while (!at.isEmpty() && length < receivers.size()) {
                at = next.getOrDefault(at, "");
                length++;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }

    private static boolean isCircle(String name, Map<String, String> next) {
        Set<String> seen = new HashSet<>();
        String at = name;
        while (!at.isEmpty() && seen.add(at)) {
            at = next.getOrDefault(at, "");
        }
        return at.equals(name);
    }

    private static Map<String, String> next(List<ReceiverSettings> receivers) {
        Map<String, String> next = new HashMap<>();
        receivers.forEach(receiver -> next.putIfAbsent(receiver.name(), receiver.fallback()));
        return next;
    }
}
