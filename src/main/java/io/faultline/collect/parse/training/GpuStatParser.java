package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;

/** gpustat, which jobs run beside themselves: {@code [6] NVIDIA B200 | 60°C,  95 % | 125170 / 183359 MB | root(125156M)}. */
public final class GpuStatParser extends JobFormat {

    private static final double MEGABYTES = 0x1p20;

    public GpuStatParser() {
        super("gpustat");
    }

    @Override
    public String beginnings() {
        return "[";
    }

    @Override
    public boolean mayRead(String text) {
        return text.length() > 20
                && text.charAt(0) == '['
                && Character.isDigit(text.charAt(1))
                && (text.startsWith("] ", 2) || text.startsWith("] ", 3));
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Cursor cursor = new Cursor(text, 1);
        long device = cursor.number();
        String name = device >= 0 && cursor.take("] ") ? cursor.until("|") : null;
        int temperature = cursor.spaces().position();
        int degree = name == null ? -1 : text.indexOf('C', temperature);
        int memory = degree < 0 ? -1 : text.indexOf("| ", degree);
        int slash = memory < 0 ? -1 : text.indexOf(" / ", memory);
        int unit = slash < 0 ? -1 : text.indexOf(" MB", slash);
        Draft draft = new Draft(this).kind(EventKind.METRIC_SAMPLE).message(text);
        if (name == null
                || unit < 0
                || degree - temperature > 5
                || !Numbers.put(draft.measures(), "temperature_celsius", 1, text, temperature, degree - 1)) {
            return ParseResult.UNRECOGNISED;
        }
        draft.attribute("local_device", Long.toString(device)).attribute("product", name.strip());
        int percent = text.indexOf('%', degree);
        if (percent > 0 && percent < memory) {
            Numbers.put(draft.measures(), "gpu_utilization_ratio", 0.01, text, text.indexOf(',', degree) + 1, percent);
        }
        Numbers.put(draft.measures(), "memory_bytes", MEGABYTES, text, memory + 2, slash);
        Numbers.put(draft.measures(), "capacity_bytes", MEGABYTES, text, slash + 3, unit);
        return draft.parsed();
    }
}
