package io.faultline.detect.match.index;

import io.faultline.detect.match.condition.Demand;
import io.faultline.detect.match.condition.Demand.Containing;
import io.faultline.detect.match.condition.Fields;
import io.faultline.detect.match.condition.Text;
import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The demands that a text contains one of many. Each part is found by three of its characters that it shares with the fewest
 * others; where they stand in the text, the whole part is compared.
 */
final class PartLookup implements Lookup {

    private static final int GRAM = 3;
    private static final long MASK = (1L << (GRAM * Character.SIZE)) - 1;

    /** Entries a gram: few of them meet, so most characters of a text cost one read. */
    private static final int SPARSE = 8;

    private final Text text;

    /** Grams by their hash, with linear probing; 0 is none, since no gram that is looked for is all NUL. */
    private final long[] grams;

    private final Part[][] parts;
    private final int shift;

    /** Found in each text: too short to have a gram. */
    private final Part[] shorter;

    /** @param offset where the gram begins in the part */
    private record Part(String part, int offset, Places places) {}

    PartLookup(String field, Map<Demand, Places> keys) {
        text = Fields.text(field);
        Map<String, Integer> sharing = new HashMap<>();
        keys.keySet().forEach(key -> grams(part(key)).forEach(gram -> sharing.merge(gram, 1, Integer::sum)));
        Map<String, List<Part>> byGram = new HashMap<>();
        keys.forEach((key, places) -> {
            String part = part(key);
            String gram = grams(part).stream()
                    .min(Comparator.comparingInt(one -> sharing.getOrDefault(one, 0)))
                    .orElse("");
            byGram.computeIfAbsent(gram, one -> new ArrayList<>()).add(new Part(part, part.indexOf(gram), places));
        });
        List<Part> none = byGram.remove("");
        shorter = none == null ? new Part[0] : none.toArray(new Part[0]);
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros((byGram.size() + 1) * SPARSE);
        shift = Long.SIZE - bits;
        grams = new long[1 << bits];
        parts = new Part[1 << bits][];
        byGram.forEach((gram, found) -> put(packed(gram), found.toArray(new Part[0])));
    }

    private static String part(Demand key) {
        return ((Containing) key).part();
    }

    private static List<String> grams(String part) {
        List<String> grams = new ArrayList<>();
        for (int i = 0; i + GRAM <= part.length(); i++) {
            String gram = part.substring(i, i + GRAM);
            if (packed(gram) != 0) {
                grams.add(gram);
            }
        }
        return grams;
    }

    private static long packed(String gram) {
        long packed = 0;
        for (int i = 0; i < GRAM; i++) {
            packed = (packed << Character.SIZE) | gram.charAt(i);
        }
        return packed;
    }

    private void put(long gram, Part[] found) {
        int slot = slot(gram);
        while (grams[slot] != 0) {
            slot = (slot + 1) & (grams.length - 1);
        }
        grams[slot] = gram;
        parts[slot] = found;
    }

    private int slot(long gram) {
        return (int) ((gram * 0x9E3779B97F4A7C15L) >>> shift);
    }

    @Override
    public void find(LogEvent event, long[] found) {
        String value = text.of(event);
        for (Part part : shorter) {
            if (value.contains(part.part)) {
                part.places.addTo(found);
            }
        }
        long gram = 0;
        for (int i = 0; i < value.length(); i++) {
            gram = ((gram << Character.SIZE) | value.charAt(i)) & MASK;
            int slot = slot(gram);
            while (grams[slot] != 0) {
                if (grams[slot] == gram) {
                    compare(value, i - GRAM + 1, parts[slot], found);
                    break;
                }
                slot = (slot + 1) & (grams.length - 1);
            }
        }
    }

    private static void compare(String value, int at, Part[] parts, long[] found) {
        for (Part part : parts) {
            if (value.startsWith(part.part, at - part.offset)) {
                part.places.addTo(found);
            }
        }
    }
}
