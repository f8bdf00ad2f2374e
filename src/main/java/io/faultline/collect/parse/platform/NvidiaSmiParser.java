package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code nvidia-smi --query-gpu=… --format=csv}: a header names the columns and their units, and the rows behind it have the
 * numbers, one row a GPU. The header is remembered for the rows of its stream. Also what nvidia-smi says instead of rows.
 */
public final class NvidiaSmiParser implements FormatParser {

    private static final String NOTE = "nvidia-smi ";
    private static final String SEPARATOR = ", ";

    /** {@code clocks_event_reasons_counters.hw_thermal_slowdown [us]} is the longest. */
    private static final int LONGEST_CELL = 80;

    @Override
    public String name() {
        return "nvidia-smi";
    }

    @Override
    public Family family() {
        return Family.KERNEL;
    }

    @Override
    public boolean mayRead(String text) {
        return text.indexOf(SEPARATOR) > 0 || isSingleCell(text) || NvidiaSmiErrors.mayBegin(text);
    }

    /** {@code 97 %} and {@code power.draw [W]}: a table of one column. */
    private static boolean isSingleCell(String text) {
        if (text.isEmpty() || text.length() > LONGEST_CELL) {
            return false;
        }
        char first = text.charAt(0);
        return Character.isDigit(first)
                || first == '['
                || (!isSentence(text) && GpuColumn.isOne(NvidiaSmiRow.nameOf(text)));
    }

    /** Whether a second word follows the first, which names have none of. */
    private static boolean isSentence(String text) {
        int blank = text.indexOf(' ');
        char next = blank > 0 && blank + 1 < text.length() ? text.charAt(blank + 1) : ' ';
        int dot = text.indexOf('.');
        return next > ' ' && next != '[' && (dot < 0 || dot > blank);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        if (NvidiaSmiErrors.read(text, draft)) {
            return draft.parsed();
        }
        if (isHeader(text)) {
            return draft.parsed();
        }
        String note = context.memory().note();
        if (note.startsWith(NOTE)) {
            List<String> names = cells(note.substring(NOTE.length()));
            List<String> cells = cells(text);
            if (names.size() == cells.size() && NvidiaSmiRow.fits(names, cells, context)) {
                return NvidiaSmiRow.read(names, cells, draft, context).parsed();
            }
        }
        return mayBeHeadless(text) ? headless(cells(text), draft, context) : ParseResult.UNRECOGNISED;
    }

    /** Whether a text holds a time as nvidia-smi writes it, or units behind numbers. */
    private static boolean mayBeHeadless(String text) {
        boolean timed = text.length() > 24 && text.charAt(4) == '/' && text.charAt(19) == '.' && text.charAt(23) == ',';
        return timed
                || text.contains(" MiB")
                || text.contains(" %, ")
                || text.contains(" W, ")
                || text.contains(" MHz");
    }

    /** The header of a table is kept until the next one. */
    @Override
    public String note(ParseResult.Parsed parsed, String before) {
        return isHeader(parsed.message()) ? NOTE + parsed.message() : before;
    }

    private static boolean isHeader(String text) {
        if (text.isEmpty() || text.charAt(0) < 'a' || text.charAt(0) > 'z') {
            return false;
        }
        int first = text.indexOf(SEPARATOR);
        if (first > LONGEST_CELL
                || !GpuColumn.isOne(NvidiaSmiRow.nameOf(first < 0 ? text : text.substring(0, first)))) {
            return false;
        }
        for (String cell : cells(text)) {
            if (!GpuColumn.isOne(NvidiaSmiRow.nameOf(cell))) {
                return false;
            }
        }
        return true;
    }

    /** A row of {@code noheader}: its own units and addresses tell some of the cells; the others keep their places. */
    private ParseResult headless(List<String> cells, Draft draft, ParseContext context) {
        int units = 0;
        for (String cell : cells) {
            units += NvidiaSmiRow.hasUnit(cell) ? 1 : 0;
        }
        String first = cells.get(0);
        boolean timed = first.length() == 23 && first.charAt(4) == '/' && first.charAt(19) == '.';
        if (cells.size() < 2 || !(timed || units >= 2)) {
            return ParseResult.UNRECOGNISED;
        }
        draft.kind(EventKind.METRIC_SAMPLE);
        if (timed) {
            draft.at(context.timestamps().iso(new Cursor(first)));
        }
        boolean powered = false;
        for (int i = timed ? 1 : 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String gpu = cell.length() >= 12 ? XidParser.pciAddress(cell) : null;
            draft.entity(Entity.Level.GPU, gpu);
            String key = cell.startsWith("GPU-") ? "gpu_uuid" : "cell_" + (i + 1);
            draft.attribute(key, gpu == null ? cell : null);
            if (cell.endsWith(" W") && !powered) {
                powered = true;
                NvidiaSmiRow.number("power_watts", 1, cell, draft);
            }
        }
        return draft.parsed();
    }

    /** Cells end with a comma and a blank; a comma alone may be part of a name. */
    static List<String> cells(String row) {
        return List.of(row.strip().split(SEPARATOR, -1));
    }

    /** Grades a row by what its cells say of the GPU itself. */
    static void state(@Nullable String condition, Severity severity, Draft draft) {
        draft.kind(EventKind.NODE_CONDITION).attribute("condition", condition).atLeast(severity);
    }
}
