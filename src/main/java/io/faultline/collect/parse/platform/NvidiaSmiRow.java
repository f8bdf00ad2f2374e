package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.util.List;

/** One row of nvidia-smi's CSV under its header. A cell that is not supported is absent, never zero. */
final class NvidiaSmiRow {

    private NvidiaSmiRow() {}

    /** {@code power.draw} of {@code power.draw [W]}. */
    static String nameOf(String cell) {
        int unit = cell.indexOf(" [");
        return (unit < 0 ? cell : cell.substring(0, unit)).strip();
    }

    /** Whether cells can be of these columns: where a time or a number is due, there is one, or none at all. */
    static boolean fits(List<String> names, List<String> cells, ParseContext context) {
        for (int i = 0; i < names.size(); i++) {
            GpuColumn column = GpuColumn.of(nameOf(names.get(i)));
            String cell = cells.get(i).strip();
            if (column == null || isAbsent(cell) || cell.startsWith("0x")) {
                continue;
            }
            boolean time = GpuColumn.TIMESTAMP.equals(column.attribute());
            if (time && context.timestamps().iso(new Cursor(cell)) == null) {
                return false;
            }
            boolean digit = !cell.isEmpty() && (Character.isDigit(cell.charAt(0)) || cell.charAt(0) == '-');
            if (column.measure() != null && !digit) {
                return false;
            }
        }
        return true;
    }

    static Draft read(List<String> names, List<String> cells, Draft draft, ParseContext context) {
        draft.kind(EventKind.METRIC_SAMPLE);
        for (int i = 0; i < names.size(); i++) {
            cell(names.get(i), cells.get(i).strip(), draft, context);
        }
        return draft;
    }

    private static void cell(String header, String cell, Draft draft, ParseContext context) {
        String name = nameOf(header);
        GpuColumn column = GpuColumn.of(name);
        if (isAbsent(cell)) {
            lost(cell, draft);
        } else if (column == null) {
            other(name, cell, draft);
        } else if (GpuColumn.TIMESTAMP.equals(column.attribute())) {
            draft.at(context.timestamps().iso(new Cursor(cell)));
        } else if (GpuColumn.BUS.equals(column.attribute())) {
            draft.entity(Entity.Level.GPU, XidParser.pciAddress(cell));
        } else if (GpuColumn.THROTTLE.equals(column.attribute())) {
            long bits = bits(cell);
            if (bits >= 0) {
                ThrottleReasons.read(bits, draft);
            }
        } else if (column.measure() == null) {
            draft.attribute(String.valueOf(column.attribute()), cell);
        } else {
            int unit = header.indexOf(" [");
            double inHeader = unit < 0 || !header.endsWith("]")
                    ? 0
                    : GpuColumn.scaleOf(header.substring(unit + 2, header.length() - 1));
            number(column.measure(), inHeader > 0 ? inHeader : column.scale(), cell, draft);
        }
    }

    /** {@code clocks_event_reasons.hw_thermal_slowdown}, {@code remapped_rows.pending}: states that are faults. */
    private static void other(String name, String cell, Draft draft) {
        draft.attribute(name, cell);
        boolean on = cell.equals("Active") || cell.equals("Yes") || cell.equals("1");
        if (!on) {
            return;
        }
        if (name.endsWith("hw_thermal_slowdown")
                || name.endsWith("sw_thermal_slowdown")
                || name.endsWith("hw_slowdown")
                || name.endsWith("hw_power_brake_slowdown")) {
            draft.kind(EventKind.GPU_THERMAL).atLeast(Severity.WARN);
        } else if (name.equals("remapped_rows.failure")) {
            draft.kind(EventKind.GPU_ECC).atLeast(Severity.ERROR);
        } else if (name.equals("remapped_rows.pending") || name.equals("retired_pages.pending")) {
            draft.kind(EventKind.GPU_ECC).atLeast(Severity.WARN);
        }
    }

    private static void lost(String cell, Draft draft) {
        switch (cell) {
            case "[GPU requires reset]", "[GPU requires restart]" ->
                NvidiaSmiParser.state("gpu-reset-required", Severity.ERROR, draft);
            case "[GPU is lost]" -> NvidiaSmiParser.state("gpu-lost", Severity.ERROR, draft);
            case "[Unknown Error]", "ERR!" -> NvidiaSmiParser.state("gpu-error", Severity.WARN, draft);
            default -> {}
        }
    }

    /** {@code [N/A]}, {@code [Not Supported]}, {@code [Unknown Error]}, {@code N/A}. */
    static boolean isAbsent(String cell) {
        return cell.isEmpty() || cell.startsWith("[") || cell.equals("N/A") || cell.equals("ERR!");
    }

    static boolean hasUnit(String cell) {
        int blank = cell.lastIndexOf(' ');
        return blank > 0 && Character.isDigit(cell.charAt(0)) && GpuColumn.scaleOf(cell.substring(blank + 1)) > 0;
    }

    /** A number with its unit; the cell's unit counts more than the header's. */
    static void number(String measure, double scale, String cell, Draft draft) {
        int blank = cell.indexOf(' ');
        double unit = blank < 0 ? 0 : GpuColumn.scaleOf(cell.substring(blank + 1));
        int end = blank < 0 ? cell.length() : blank;
        Numbers.put(draft.measures(), measure, unit > 0 ? unit : scale, cell, 0, end);
    }

    /** {@code 0x0000000000000044}; -1 where it is none. */
    private static long bits(String cell) {
        if (!cell.startsWith("0x") || cell.length() > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 2; i < cell.length(); i++) {
            int digit = Character.digit(cell.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
