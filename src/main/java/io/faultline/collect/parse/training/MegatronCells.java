package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * The cells of Megatron's iteration line: {@code  lm loss: 2.48E+00 |}; the unit of a time is in its key. One line has the
 * keys of the line before, mostly, so what each place's key meant last is remembered, and only that.
 */
final class MegatronCells {

    private static final double MILLISECONDS = 0.001;
    private static final int REMEMBERED = 32;

    private final @Nullable String[] keys = new String[REMEMBERED];
    private final @Nullable String[] names = new String[REMEMBERED];

    void read(String line, int from, Draft draft) {
        int start = from;
        int place = 0;
        while (start < line.length()) {
            int bar = line.indexOf('|', start);
            int end = bar < 0 ? line.length() : bar;
            int colon = Cursor.lastIn(line, ':', start, end);
            if (colon > start) {
                cell(place, line, start, colon, end, draft);
            }
            place = (place + 1) % REMEMBERED;
            start = end + 1;
        }
        MetricCells.grade(draft);
    }

    private void cell(int place, String line, int start, int colon, int end, Draft draft) {
        String key = key(place, line, start, colon);
        int slash = Cursor.lastIn(line, '/', colon, end);
        if (slash > 0 && key.contains(" mem usage")) {
            deviceMemory(key, line, colon + 1, end, draft);
            return;
        }
        String name = names[place];
        double scale = key.endsWith("(ms)") ? MILLISECONDS : 1;
        // Primus writes "current/average"; the current value is what other forks write.
        int valueEnd = slash > 0 ? slash : end;
        // The pipeline engine has no loss scale and writes -1.
        boolean none = name != null && name.equals("loss_scale") && line.startsWith("-1.0", valueStart(line, colon));
        if (name == null || none || !Numbers.put(draft.measures(), name, scale, line, colon + 1, valueEnd)) {
            draft.attribute(key, line.substring(colon + 1, end).strip());
        } else if (slash > 0) {
            draft.attribute(key + " average", line.substring(slash + 1, end).strip());
        }
    }

    /** The key at a place; what it is the name of is then in {@link #names}. */
    private String key(int place, String line, int start, int colon) {
        int from = start;
        int to = colon;
        while (from < to && line.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && line.charAt(to - 1) <= ' ') {
            to--;
        }
        String before = keys[place];
        if (before != null && before.length() == to - from && line.startsWith(before, from)) {
            return before;
        }
        String key = line.substring(from, to);
        keys[place] = key;
        names[place] = nameOf(key);
        return key;
    }

    private static int valueStart(String line, int colon) {
        return new Cursor(line, colon + 1).spaces().position();
    }

    /** {@code hip mem usage/free/total/usage_ratio: 153.81GB/102.17GB/255.98GB/60.09%}. */
    private static void deviceMemory(String key, String line, int from, int end, Draft draft) {
        String value = line.substring(from, end).strip();
        String[] parts = value.split("/", 5);
        if (parts.length < 4 || !bytes("memory_bytes", parts[0], draft)) {
            draft.attribute(key, value);
            return;
        }
        bytes("free_bytes", parts[1], draft);
        bytes("capacity_bytes", parts[2], draft);
        int percent = parts[3].indexOf('%');
        if (percent > 0) {
            Numbers.put(draft.measures(), "memory_usage_ratio", 0.01, parts[3], 0, percent);
        }
    }

    private static boolean bytes(String name, String text, Draft draft) {
        double bytes = Numbers.bytes(text, 0);
        if (bytes >= 0) {
            draft.measure(name, bytes);
        }
        return bytes >= 0;
    }

    private static @Nullable String nameOf(String key) {
        return switch (key) {
            case "throughput per GPU (TFLOP/s/GPU)", "throughput per GPU (TFLOPS/s/GPU)", "throughput (TFLOP/s/GPU)" ->
                "tflops_per_gpu";
            case "tokens/sec/GPU",
                    "tokens per gpu per second (tgs)",
                    "tokens per gpu per second",
                    "tokens per GPU (tokens/s/GPU)",
                    "tokens per second per device",
                    "tokens/s/GPU" -> "tokens_per_gpu_per_second";
            case "tokens per second" -> "tokens_per_second";
            case "energy per GPU (J/iter/GPU)" -> "energy_joules";
            case "power per GPU (W/GPU)" -> "power_watts";
            case "num zeros" -> "num_zeros";
            case "params norm" -> "params_norm";
            case "load_balancing_loss", "seq_load_balancing_loss", "global_load_balancing_loss" ->
                "load_balancing_loss";
            case "z_loss" -> "z_loss";
            case "mtp_1 loss" -> "mtp_loss";
            // Both numbers of a fork stand in one cell.
            default -> key.endsWith("samples/sec") ? "samples_per_second" : MetricNames.of(key);
        };
    }
}
