package io.faultline.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/** The table of docs/KINDS.md, which the build packs beside the classes. */
final class KindsPage {

    static final int KINDS = 1;
    static final int MEASURES = 2;
    static final int ATTRIBUTES = 3;

    private static final String PAGE = read();

    private KindsPage() {}

    /** The names in one column of the table; what stands in parentheses is said of a name. */
    static Set<String> column(int number) {
        Set<String> names = new LinkedHashSet<>();
        for (String line : PAGE.split("\n", -1)) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| `") && cells.length >= 4) {
                String[] parts = cells[number].replaceAll("\\([^)]*\\)", "").split("`", -1);
                for (int i = 1; i < parts.length; i += 2) {
                    names.add(parts[i]);
                }
            }
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
