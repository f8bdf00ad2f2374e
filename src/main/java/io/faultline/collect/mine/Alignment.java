package io.faultline.collect.mine;

import java.util.ArrayList;
import java.util.List;

/** Finds what stands in a line for each wild-card of its template. */
final class Alignment {

    private Alignment() {}

    static List<Value> values(Parts parts, Pieces line) {
        List<Value> values = new ArrayList<>();
        if (parts.size() == line.count && isOneToOne(parts, line)) {
            for (int i = 0; i < line.count; i++) {
                if (parts.isValue(i)) {
                    values.add(new Value(typeOf(line, i, i + 1), text(line, i, i + 1)));
                }
            }
        } else {
            match(parts, line, values);
        }
        return values;
    }

    private static boolean isOneToOne(Parts parts, Pieces line) {
        for (int i = 0; i < line.count; i++) {
            if (!parts.isValue(i) && !isAt(parts, i, line, i)) {
                return false;
            }
        }
        return true;
    }

    /** As a shell matches {@code *}: each wild-card takes as little as it can, and more where the rest does not follow. */
    private static void match(Parts parts, Pieces line, List<Value> values) {
        int[] begins = new int[parts.size() + 1];
        int part = 0;
        int piece = 0;
        int lastWild = -1;
        int tried = 0;
        while (piece < line.count || part < parts.size()) {
            if (part < parts.size() && parts.isValue(part)) {
                lastWild = part;
                tried = piece;
                begins[part] = piece;
                part++;
            } else if (part < parts.size() && piece < line.count && isAt(parts, part, line, piece)) {
                begins[part] = piece;
                part++;
                piece++;
            } else if (lastWild >= 0 && tried < line.count) {
                tried++;
                piece = tried;
                part = lastWild + 1;
            } else {
                return;
            }
        }
        begins[parts.size()] = line.count;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.isValue(i)) {
                int begin = begins[i];
                int end = begins[i + 1];
                values.add(new Value(typeOf(line, begin, end), text(line, begin, end)));
            }
        }
    }

    private static boolean isAt(Parts parts, int part, Pieces line, int piece) {
        if (parts.kinds()[part] != line.kind[piece]) {
            return false;
        }
        String text = parts.text(part);
        if (line.isSpace(piece)) {
            return text.equals(" ");
        }
        int from = line.from[piece];
        if (text.length() != line.to[piece] - from) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != line.text[from + i]) {
                return false;
            }
        }
        return true;
    }

    private static ValueType typeOf(Pieces line, int begin, int end) {
        if (end - begin != 1) {
            return ValueType.TEXT;
        }
        return line.kind[begin] == Pieces.VALUE ? ValueType.of(line.type[begin]) : ValueType.WORD;
    }

    private static String text(Pieces line, int begin, int end) {
        return begin == end ? "" : Texts.string(line.text, line.from[begin], line.to[end - 1]);
    }
}
