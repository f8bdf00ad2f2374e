package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * NVIDIA's DLLogger, {@code DLL 2026-03-01 10:00:00.123456 - Iteration 5 | train_loss : 0.9 | iteration_time : 79.81 ms}
 * and {@code … - epoch 1 | iter 5/900 | loss 3.2 | took 0.5 s}; and MXNet's {@code 2026-03-01 10:00:00,123 Node[0] Epoch[1]
 * Batch [20-40]	Speed: 2333.2 samples/sec	accuracy=0.6}.
 */
public final class DllParser extends JobFormat {

    public DllParser() {
        super("dllogger");
    }

    @Override
    public String beginnings() {
        return "2D";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith("DLL 2") || (text.startsWith("20") && text.startsWith(" Node[", 23));
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        boolean nvidia = text.charAt(0) == 'D';
        Cursor cursor = new Cursor(text, nvidia ? 4 : 0);
        Instant time = context.timestamps().iso(cursor);
        if (time == null || !cursor.take(nvidia ? " - " : " Node[")) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(time).message(text.substring(cursor.position() - (nvidia ? 0 : 5)));
        if (nvidia) {
            cells(text, cursor.position(), draft);
        } else {
            node(text, draft);
        }
        if (draft.measures().build().has("loss") || draft.measures().build().has("samples_per_second")) {
            draft.kind(EventKind.TRAINING_STEP);
        }
        MetricCells.grade(draft);
        return draft.parsed();
    }

    private static void cells(String text, int from, Draft draft) {
        if (text.indexOf('|', from) < 0 && text.indexOf(" : ", from) > 0) {
            metrics(text, from, draft);
            return;
        }
        int start = from;
        while (start < text.length()) {
            int end = text.indexOf('|', start);
            end = end < 0 ? text.length() : end;
            cell(text.substring(start, end).strip(), draft);
            start = end + 1;
        }
    }

    /**
     * The step, then each metric with its unit, which may be empty: {@code (0, 200) loss : 2.3  throughput : 81.2 img/s }.
     * A name has no blanks, so each value ends before the last word ahead of the next colon.
     */
    private static void metrics(String text, int from, Draft draft) {
        int colon = text.indexOf(" : ", from);
        int name = text.lastIndexOf(' ', colon - 1) + 1;
        step(text.substring(from, Math.max(from, name)), draft);
        while (colon > 0) {
            int next = text.indexOf(" : ", colon + 3);
            int end = next < 0 ? text.length() : text.lastIndexOf(' ', next - 1);
            if (end < colon + 3 || name < from) {
                return;
            }
            put(text.substring(name, colon), text.substring(colon + 3, end).strip(), draft);
            name = end + 1;
            colon = next;
        }
    }

    /** {@code (0, 200)}, {@code Training Epoch: 0 Training Iteration: 10} or {@code Epoch: 3 Iteration: 40}. */
    private static void step(String text, Draft draft) {
        if (text.startsWith("(")) {
            int comma = text.indexOf(',');
            Steps.number(text, "(", comma < 0 ? "step" : "epoch", 1, draft);
            Steps.number(text, ", ", "step", 1, draft);
        } else {
            Steps.number(text, "Epoch: ", "epoch", 1, draft);
            Steps.number(text, "Iteration: ", "step", 1, draft);
        }
    }

    private static void cell(String cell, Draft draft) {
        int colon = cell.indexOf(" : ");
        if (colon > 0) {
            put(cell.substring(0, colon), cell.substring(colon + 3).strip(), draft);
            return;
        }
        int blank = cell.indexOf(' ');
        if (blank > 0) {
            put(cell.substring(0, blank), cell.substring(blank + 1).strip(), draft);
        }
    }

    private static void put(String key, String value, Draft draft) {
        int unit = value.indexOf(' ');
        int slash = value.indexOf('/');
        String name = nameOf(key);
        int end = slash > 0 && key.equals("iter") ? slash : unit < 0 ? value.length() : unit;
        double scale = name == null ? 1 : MetricNames.scale(name, unit < 0 ? "" : value.substring(unit + 1));
        if (name == null || !Numbers.put(draft.measures(), name, scale, value, 0, end)) {
            draft.attribute(key, value);
        } else if (end == slash) {
            Numbers.put(draft.measures(), "total_steps", 1, value, slash + 1, value.length());
        }
    }

    private static @Nullable String nameOf(String key) {
        return switch (key) {
            case "Iteration", "iter", "step" -> "step";
            case "iteration_time", "took", "step_time" -> "step_time_seconds";
            case "step_loss" -> "loss";
            case "lrate" -> "learning_rate";
            case "utts/s", "throughput" -> "samples_per_second";
            default -> MetricNames.of(key);
        };
    }

    /** {@code Node[0] Epoch[18] Batch [1420-1440]	Speed: 2333.26 samples/sec	accuracy=0.639706}. */
    private static void node(String text, Draft draft) {
        Steps.number(text, "Epoch[", "epoch", 1, draft);
        int batch = text.indexOf("Batch [");
        int dash = batch < 0 ? -1 : text.indexOf('-', batch);
        if (dash > 0) {
            Steps.number(text.substring(dash), "-", "step", 1, draft);
        }
        int speed = text.indexOf("Speed: ");
        int end = speed < 0 ? -1 : text.indexOf(' ', speed + 7);
        if (end > 0) {
            Numbers.put(draft.measures(), "samples_per_second", 1, text, speed + 7, end);
        }
        for (String cell : text.split("\t", 16)) {
            int equals = cell.indexOf('=');
            if (equals > 0) {
                String key = cell.substring(0, equals);
                MetricCells.put(key, MetricNames.of(key), 1, cell, equals + 1, cell.length(), draft);
            }
        }
    }
}
