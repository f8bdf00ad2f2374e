package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/** What nccl-tests writes: its settings and devices behind {@code #}, and a row for each size. */
final class NcclTests {

    private static final String[] COMMENTS = {
        "# nThread ",
        "# nthread ",
        "# Using devices",
        "#  Rank ",
        "#   Rank ",
        "# Out of bounds values",
        "# Avg bus bandwidth",
        "# Collective test ",
        "#                  ",
        "#       size ",
        "#        (B) ",
        "#\n",
        "# nccl-tests version"
    };

    private NcclTests() {}

    static boolean mayRead(String text) {
        if (text.length() < 12) {
            return false;
        }
        return text.charAt(0) == '#' ? isComment(text) : text.charAt(0) == ' ' && isRow(text);
    }

    private static boolean isComment(String text) {
        for (String comment : COMMENTS) {
            if (text.startsWith(comment)) {
                return true;
            }
        }
        return false;
    }

    /** Size, count, type, operation. */
    private static boolean isRow(String text) {
        Cursor cursor = new Cursor(text);
        long size = cursor.spaces().number();
        long count = size < 0 ? -1 : cursor.spaces().number();
        if (count < 0) {
            return false;
        }
        return switch (cursor.spaces().word()) {
            case "float", "half", "bfloat16", "double", "int8", "uint8", "int32", "uint32", "int64", "uint64" -> true;
            default -> text.startsWith("f8e", cursor.position() - 7);
        };
    }

    static boolean read(String text, Draft draft) {
        draft.message(text);
        Cursor cursor = new Cursor(text);
        if (cursor.take("# Avg bus bandwidth")) {
            int colon = text.indexOf(':');
            Numbers.put(draft.measures(), "bus_bytes_per_second", 1e9, text, colon + 1, text.length());
            draft.kind(EventKind.METRIC_SAMPLE);
        } else if (cursor.take("# Out of bounds values :")) {
            boolean wrong = cursor.spaces().number() > 0;
            draft.severity(wrong ? Severity.ERROR : Severity.INFO);
        } else if (text.startsWith("#") && cursor.take('#') && cursor.spaces().take("Rank ")) {
            rank(text, cursor, draft);
        } else if (!text.startsWith("#")) {
            row(text, draft);
        }
        return true;
    }

    /** {@code Rank  0 Group  0 Pid  64904 on       gpu-a1 device  0 [0000:17:00] NVIDIA …}. */
    private static void rank(String text, Cursor cursor, Draft draft) {
        long rank = cursor.spaces().number();
        if (rank < 0) {
            return;
        }
        draft.entity(Entity.Level.RANK, Long.toString(rank));
        int on = text.indexOf(" on ");
        if (on >= 0) {
            draft.entity(Entity.Level.NODE, new Cursor(text, on + 4).spaces().word());
        }
        int device = text.indexOf(" device ");
        long local = device < 0 ? -1 : new Cursor(text, device + 8).spaces().number();
        draft.attribute("local_device", local < 0 ? null : Long.toString(local));
        int open = text.indexOf('[');
        int close = open < 0 ? -1 : text.indexOf(']', open);
        if (close > 0) {
            String bus = text.substring(open + 1, close).toLowerCase(java.util.Locale.ROOT);
            draft.entity(Entity.Level.GPU, bus.startsWith("0x") ? null : bus);
        }
    }

    private static void row(String text, Draft draft) {
        draft.kind(EventKind.METRIC_SAMPLE);
        String[] cells = text.strip().split(" +", 16);
        Numbers.put(draft.measures(), "message_bytes", 1, cells[0], 0, cells[0].length());
        // Two numbers less where there is neither operation nor root.
        int time = cells.length > 5 && isNumber(cells[3]) ? 3 : 5;
        if (cells.length > time + 2) {
            Numbers.put(draft.measures(), "elapsed_seconds", 1e-6, cells[time], 0, cells[time].length());
            Numbers.put(draft.measures(), "bus_bytes_per_second", 1e9, cells[time + 2], 0, cells[time + 2].length());
        }
    }

    private static boolean isNumber(String cell) {
        return cell.indexOf('.') > 0;
    }
}
