package io.faultline.collect.parse.platform;

import java.util.ArrayList;
import java.util.List;

/** The cells of a row of kubectl: they are padded with at least two blanks and may hold single ones. */
final class Columns {

    /** What comes behind so many belongs to the last. */
    private static final int MOST = 16;

    private Columns() {}

    static List<String> of(String row) {
        List<String> cells = new ArrayList<>();
        int start = 0;
        int i = 0;
        while (i < row.length() && cells.size() < MOST) {
            boolean gap =
                    row.charAt(i) == '\t' || (row.charAt(i) == ' ' && i + 1 < row.length() && row.charAt(i + 1) == ' ');
            if (!gap) {
                i++;
                continue;
            }
            cells.add(row.substring(start, i));
            while (i < row.length() && (row.charAt(i) == ' ' || row.charAt(i) == '\t')) {
                i++;
            }
            start = i;
        }
        cells.add(row.substring(start));
        return cells;
    }
}
