package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/** What DeepSpeed says behind its head, in all its generations. */
final class DeepSpeedMessages {

    private DeepSpeedMessages() {}

    static void read(String message, Draft draft) {
        if (message.startsWith("step=")) {
            step(message, draft);
        } else if (message.contains("SamplesPerSec=")) {
            speed(message, draft);
        } else if (!(overflow(message, draft)
                || memory(message, draft)
                || checkpoint(message, draft)
                || life(message, draft))) {
            Faults.refine(draft);
        }
    }

    /** {@code step=10, skipped=4, lr=[5e-05, 5e-05], mom=[(0.9, 0.95)]}: skipped counts from the start of the run. */
    private static void step(String message, Draft draft) {
        draft.kind(EventKind.TRAINING_STEP);
        Steps.number(message, "step=", "step", 1, draft);
        Steps.number(message, "skipped=", "skipped_total", 1, draft);
        int rate = message.indexOf("lr=[");
        int end = rate < 0 ? -1 : endOf(message, rate + 4);
        if (end > 0) {
            MetricCells.put("lr", "learning_rate", 1, message, rate + 4, end, draft);
        }
        int momentum = message.indexOf("mom=");
        draft.attribute("mom", momentum < 0 ? null : message.substring(momentum + 4));
    }

    private static int endOf(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != ']') {
            end++;
        }
        return end;
    }

    /** {@code epoch=0/micro_step=20/global_step=10, RunningAvgSamplesPerSec=46.9, …} or, before 2022, {@code 0/20, …}. */
    private static void speed(String message, Draft draft) {
        draft.kind(EventKind.TRAINING_STEP);
        Cursor cursor = new Cursor(message);
        if (message.startsWith("epoch=")) {
            Steps.number(message, "epoch=", "epoch", 1, draft);
            Steps.number(message, "/global_step=", "step", 1, draft);
            Steps.number(message, "/micro_step=", "micro_step", 1, draft);
        } else {
            long epoch = cursor.number();
            long step = cursor.take('/') ? cursor.number() : -1;
            if (epoch >= 0 && step >= 0) {
                draft.measure("epoch", epoch).measure("step", step);
            }
        }
        int start = message.indexOf(", ");
        while (start >= 0) {
            int from = start + 2;
            int end = message.indexOf(", ", from);
            int equals = message.indexOf('=', from);
            int to = end < 0 ? message.length() : end;
            if (equals > from && equals < to) {
                speedCell(message.substring(from, equals), message, equals + 1, to, draft);
            }
            start = end;
        }
    }

    private static void speedCell(String key, String text, int from, int to, Draft draft) {
        switch (key) {
            case "CurrSamplesPerSec", "SamplesPerSec" ->
                MetricCells.put(key, "samples_per_second", 1, text, from, to, draft);
            case "RunningAvgSamplesPerSec" -> MetricCells.put(key, "samples_per_second_mean", 1, text, from, to, draft);
            case "MemAllocated" -> bytes(key, "memory_bytes", text, from, to, draft);
            case "MaxMemAllocated" -> bytes(key, "peak_memory_bytes", text, from, to, draft);
            default -> draft.attribute(key, text.substring(from, to));
        }
    }

    private static void bytes(String key, String name, String text, int from, int to, Draft draft) {
        double bytes = Numbers.bytes(text, from);
        if (bytes >= 0) {
            draft.measure(name, bytes);
        } else {
            draft.attribute(key, text.substring(from, to));
        }
    }

    /**
     * Five wordings of a step that was skipped because its gradients overflowed. All stay at INFO: a loss scale is found by
     * such steps at the start of each run.
     */
    static boolean overflow(String message, Draft draft) {
        if (message.startsWith("Current loss scale already at minimum")) {
            draft.kind(EventKind.TRAINING_ANOMALY)
                    .severity(Severity.ERROR)
                    .attribute("reason", "loss scale at minimum");
            return true;
        }
        boolean skipped = message.contains("OVERFLOW!")
                || message.startsWith("Overflow detected")
                || message.contains("dynamic loss scale overflow!");
        boolean grad = message.startsWith("Grad overflow on iteration") || message.startsWith("Grad overflow on step");
        if (!skipped && !grad) {
            return scale(message, draft);
        }
        draft.kind(EventKind.TRAINING_ANOMALY).attribute("reason", "overflow");
        Steps.after(message, "on iteration ", draft);
        int to = message.lastIndexOf("reducing to ");
        int attempted = message.indexOf("Attempted loss scale: ");
        int from = to >= 0 ? to + 12 : attempted < 0 ? -1 : attempted + 22;
        number(message, from, "loss_scale", draft);
        return true;
    }

    private static boolean scale(String message, Draft draft) {
        boolean reduced = message.startsWith("Reducing dynamic loss scale from ");
        if (!reduced && !message.startsWith("Increasing dynamic loss scale from ")) {
            return message.startsWith("No Grad overflow for ");
        }
        int to = message.indexOf(" to ");
        number(message, to < 0 ? -1 : to + 4, "loss_scale", draft);
        return true;
    }

    private static void number(String text, int from, String name, Draft draft) {
        if (from >= 0) {
            int end = from;
            while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) != ',') {
                end++;
            }
            Numbers.put(draft.measures(), name, 1, text, from, end);
        }
    }

    private static boolean memory(String message, Draft draft) {
        if (message.startsWith("MA ") && message.contains("Max_MA ")) {
            draft.kind(EventKind.METRIC_SAMPLE);
            size(message, "MA ", "memory_bytes", draft);
            size(message, "Max_MA ", "peak_memory_bytes", draft);
            size(message, " CA ", "reserved_memory_bytes", draft);
            size(message, "Max_CA ", "peak_reserved_memory_bytes", draft);
            return true;
        }
        if (message.startsWith("CPU Virtual Memory")) {
            draft.kind(EventKind.METRIC_SAMPLE);
            size(message, "used = ", "host_memory_bytes", draft);
            int percent = message.indexOf("percent = ");
            int end = percent < 0 ? -1 : message.indexOf('%', percent);
            if (end > 0) {
                Numbers.put(draft.measures(), "host_memory_usage_ratio", 0.01, message, percent + 10, end);
            }
            return true;
        }
        int flushes = message.indexOf(" pytorch allocator cache flushes since last step");
        if (flushes > 0) {
            draft.atLeast(Severity.WARN).attribute("reason", "memory pressure");
            Numbers.put(draft.measures(), "cache_flushes", 1, message, 0, flushes);
            return true;
        }
        return false;
    }

    private static void size(String message, String key, String name, Draft draft) {
        int found = message.indexOf(key);
        double bytes = found < 0 ? -1 : Numbers.bytes(message, found + key.length());
        if (bytes >= 0) {
            draft.measure(name, bytes);
        }
    }

    private static boolean checkpoint(String message, Draft draft) {
        if (message.startsWith("Did not save the model ")) {
            draft.kind(EventKind.CHECKPOINT_FAILURE).atLeast(Severity.WARN);
            draft.attribute("path", word(message, "Did not save the model "));
        } else if (message.startsWith("Saving model checkpoint: ")) {
            draft.kind(EventKind.CHECKPOINT_BEGIN).attribute("path", word(message, "Saving model checkpoint: "));
        } else if (message.contains("] Checkpoint ") && message.contains(" is about to be saved")) {
            draft.kind(EventKind.CHECKPOINT_BEGIN);
            Steps.after(message, "Checkpoint global_step", draft);
        } else if (message.contains("] Checkpoint ") && message.contains(" is ready now")) {
            draft.kind(EventKind.CHECKPOINT_END);
            Steps.after(message, "Checkpoint global_step", draft);
        } else if (message.startsWith("zero checkpoint saved ")) {
            draft.kind(EventKind.CHECKPOINT_END).attribute("path", word(message, "zero checkpoint saved "));
            Steps.after(message, "global_step", draft);
        } else {
            return false;
        }
        return true;
    }

    private static @Nullable String word(String message, String words) {
        String path = new Cursor(message, words.length()).word();
        return path.isEmpty() ? null : path.endsWith(",") ? path.substring(0, path.length() - 1) : path;
    }

    private static boolean life(String message, Draft draft) {
        if (message.startsWith("Process ") && message.endsWith(" exits successfully.")) {
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "success");
            draft.attribute("pid", word(message, "Process "));
        } else if (message.startsWith("Killing subprocess ")) {
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "terminated");
            draft.attribute("pid", word(message, "Killing subprocess "));
        } else if (message.contains("exits with return code = ")) {
            draft.kind(EventKind.PROCESS_EXIT).atLeast(Severity.ERROR);
            Steps.number(message, "return code = ", "exit_code", 1, draft);
            int signal = (int) -Math.min(0, draft.measures().build().getOr("exit_code", 0));
            if (signal > 0) {
                draft.measure("signal", signal);
            }
            draft.attribute("outcome", signal == 15 ? "terminated" : "failure");
        } else if (message.startsWith("Main process received SIG")) {
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "terminated");
        } else {
            return false;
        }
        return true;
    }
}
