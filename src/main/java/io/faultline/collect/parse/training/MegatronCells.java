package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import org.jspecify.annotations.Nullable;

/** The cells of Megatron's iteration line: {@code  lm loss: 2.48E+00 |}; the unit of a time is in its key. */
public final class MegatronCells {

    private static final double MILLISECONDS = 0.001;

    private MegatronCells() {}

    static void read(String line, int from, Draft draft) {
        int start = from;
        while (start < line.length()) {
            int bar = line.indexOf('|', start);
            int end = bar < 0 ? line.length() : bar;
            int colon = Cursor.lastIn(line, ':', start, end);
            if (colon > start) {
                cell(line, start, colon, end, draft);
            }
            start = end + 1;
        }
        MetricCells.grade(draft);
    }

    private static void cell(String line, int start, int colon, int end, Draft draft) {
        String key = line.substring(start, colon).strip();
        int slash = Cursor.lastIn(line, '/', colon, end);
        if (slash > 0 && key.contains(" mem usage")) {
            deviceMemory(key, line, colon + 1, end, draft);
            return;
        }
        String name = nameOf(key);
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
