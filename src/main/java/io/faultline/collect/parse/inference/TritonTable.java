package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/** Triton's tables between rules of dashes; the one of models tells which are ready: {@code | name | 1 | READY |}. */
final class TritonTable {

    private TritonTable() {}

    /** Whether a text is one row of the table of models. */
    static boolean isRow(String text) {
        return text.startsWith("| ") && text.endsWith("|") && status(text) != null;
    }

    /** Takes the table's models; false where it holds none. */
    static boolean read(String table, Draft draft) {
        boolean any = false;
        int from = 0;
        while (from < table.length()) {
            int end = table.indexOf('\n', from);
            end = end < 0 ? table.length() : end;
            String row = table.substring(from, end);
            String status = row.startsWith("| ") ? status(row) : null;
            if (status != null) {
                any = true;
                model(row, status, draft);
            }
            from = end + 1;
        }
        if (any && draft.kind() == EventKind.LOG_OTHER) {
            draft.kind(EventKind.MODEL_LOAD);
        }
        return any;
    }

    private static void model(String row, String status, Draft draft) {
        String name = row.substring(2, row.indexOf('|', 2)).strip();
        if (status.startsWith("UNAVAILABLE")) {
            if (draft.kind() != EventKind.MODEL_LOAD_FAILURE) {
                int colon = status.indexOf(": ");
                draft.kind(EventKind.MODEL_LOAD_FAILURE).atLeast(Severity.ERROR).attribute("model", name);
                draft.attribute("reason", colon < 0 ? null : status.substring(colon + 2));
            }
        } else {
            draft.attribute(name, status);
        }
    }

    /** The third cell, where it is a model's state. */
    private static @Nullable String status(String row) {
        int second = row.indexOf('|', 1);
        int third = second < 0 ? -1 : row.indexOf('|', second + 1);
        int fourth = third < 0 ? -1 : row.lastIndexOf('|');
        if (fourth <= third) {
            return null;
        }
        String status = row.substring(third + 1, fourth).strip();
        boolean known = status.equals("READY")
                || status.startsWith("UNAVAILABLE")
                || status.equals("LOADING")
                || status.equals("UNLOADING");
        return known ? status : null;
    }
}
