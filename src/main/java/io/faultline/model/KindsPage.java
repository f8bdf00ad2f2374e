package io.faultline.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of docs/KINDS.md, which the build packs beside the classes. */
final class KindsPage {

    static final int KINDS = 1;
    static final int MEASURES = 2;
    static final int ATTRIBUTES = 3;

    private static final String PAGE = read();

    private static final List<String[]> ROWS = PAGE.lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|", -1))
            .filter(cells -> cells.length >= 4)
            .toList();

    private static final Pattern VALUES = Pattern.compile("`([a-z_]+)` \\(([^)]*)\\)");

    private KindsPage() {}

    /** The names in one column of the table; what stands in parentheses is said of a name. */
    static Set<String> column(int number) {
        Set<String> names = new LinkedHashSet<>();
        for (String[] cells : ROWS) {
            names.addAll(quoted(withoutRemarks(cells[number])));
        }
        return names;
    }

    /** The names in one column of a kind's row. */
    static Set<String> column(int number, String kind) {
        for (String[] cells : ROWS) {
            if (quoted(cells[KINDS]).contains(kind)) {
                return quoted(withoutRemarks(cells[number]));
            }
        }
        return Set.of();
    }

    /** The values in parentheses behind each name of a column, where the page lists all there are. */
    static Map<String, Set<String>> values(int number) {
        Map<String, Set<String>> values = new HashMap<>();
        for (String[] cells : ROWS) {
            Matcher remark = VALUES.matcher(cells[number]);
            while (remark.find()) {
                Set<String> listed = quoted(remark.group(2));
                if (listed.size() > 1 && !remark.group(2).contains("…")) {
                    values.computeIfAbsent(remark.group(1), name -> new LinkedHashSet<>())
                            .addAll(listed);
                }
            }
        }
        return values;
    }

    private static String withoutRemarks(String cell) {
        return cell.replaceAll("\\([^)]*\\)", "");
    }

    private static Set<String> quoted(String text) {
        Set<String> names = new LinkedHashSet<>();
        String[] parts = text.split("`", -1);
        for (int i = 1; i < parts.length; i += 2) {
            names.add(parts[i]);
        }
        return names;
    }

    private static String read() {
        try (InputStream page = KindsPage.class.getResourceAsStream("/KINDS.md")) {
            if (page == null) {
                throw new IllegalStateException("KINDS.md is not on the class path; the build copies it from docs/");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
