package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.model.Entity;
import io.faultline.model.Measures;

/** The page of NVIDIA's DCGM exporter: {@code DCGM_FI_DEV_GPU_TEMP{gpu="0",UUID="GPU-…",Hostname="gpu-a1"} 45}. */
public final class DcgmParser implements FormatParser {

    @Override
    public String name() {
        return "dcgm";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return "#D";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith("DCGM_") || text.startsWith("# HELP DCGM_") || text.startsWith("# TYPE DCGM_");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        if (text.charAt(0) == '#') {
            return draft.parsed();
        }
        int end = 0;
        while (end < text.length() && text.charAt(end) != '{' && text.charAt(end) > ' ') {
            end++;
        }
        Cursor cursor = new Cursor(text, end);
        if (cursor.take('{') && !labels(text, cursor, draft)) {
            return ParseResult.UNRECOGNISED;
        }
        String value = cursor.spaces().word();
        Measures.Builder number = Measures.builder();
        if (!Numbers.put(number, "value", 1, value, 0, value.length())) {
            return ParseResult.UNRECOGNISED;
        }
        long time = cursor.spaces().number();
        if (time > 0) {
            draft.at(Timestamps.epoch((double) time));
        }
        DcgmMetrics.sample(text.substring(0, end), number.build().getOr("value", Double.NaN), draft);
        return draft.parsed();
    }

    /** {@code name="value",name="va\"lue"} and the closing brace; empty ones are left out. */
    private static boolean labels(String text, Cursor cursor, Draft draft) {
        while (!cursor.spaces().take('}')) {
            String name = cursor.until('=');
            if (name == null || !cursor.take('"')) {
                return false;
            }
            StringBuilder value = new StringBuilder();
            int i = cursor.position();
            for (; i < text.length() && text.charAt(i) != '"'; i++) {
                boolean escaped = text.charAt(i) == '\\' && i + 1 < text.length();
                i += escaped ? 1 : 0;
                value.append(escaped && text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            }
            cursor.position(i);
            if (!cursor.take('"')) {
                return false;
            }
            cursor.take(',');
            label(name.strip(), value.toString(), draft);
        }
        return true;
    }

    private static void label(String name, String value, Draft draft) {
        if (name.equals("pci_bus_id")) {
            draft.entity(Entity.Level.GPU, XidParser.pciAddress(value));
        } else {
            draft.attribute(DcgmMetrics.label(name), value);
        }
    }
}
