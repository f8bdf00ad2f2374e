package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.Starts;
import io.faultline.model.EventKind;

/** What DeepSpeed, its compiler of kernels and DeepSpeed-Chat print without a head. */
final class DeepSpeedPrints {

    private static final Starts PLAIN = Starts.of(
            "Time to load ",
            "Building extension module ",
            "Loading extension module ",
            "Emitting ninja build file ",
            "Detected CUDA files, patching ldflags",
            "Allowing ninja to set a default number of workers",
            "ninja: ",
            "Creating extension directory ",
            "No modifications detected for re-loaded extension module",
            "Skipping build step for extension module",
            "If this is not desired, please set os.environ[",
            "Beginning of Epoch ",
            "Model Parameters: ",
            "***** Running training *****",
            "saving model ",
            "saving the final model ",
            "chosen_last_scores ",
            "Actor Model Parameters => ",
            "Average reward score: ",
            "Installed CUDA version ",
            "using untransformed grads");

    private DeepSpeedPrints() {}

    static boolean mayRead(String text) {
        if (text.length() < 5) {
            return false;
        }
        return switch (text.charAt(0)) {
            case 'e' -> text.startsWith("epoch: ");
            case '|' -> text.startsWith("|E2E latency=");
            case 'p' -> text.startsWith("ppl: ");
            case 's' -> text.startsWith("steps: ") || text.startsWith("saving ");
            case 'c' -> text.startsWith("chosen");
            case 'n' -> text.startsWith("ninja: ");
            case 'U' -> text.startsWith("Using ") && text.endsWith(" as PyTorch extensions root...");
            case 'T', 'B', 'L', 'E', 'D', 'A', 'G', 'R', 'N', 'I', 'C', 'S', 'M', '*', 'u' -> true;
            default -> false;
        };
    }

    static boolean read(String text, Draft draft) {
        draft.message(text);
        // Grad overflow, Reducing, No Grad overflow, Increasing, Current loss scale
        if ("GRNIC".indexOf(text.charAt(0)) >= 0 && DeepSpeedMessages.overflow(text, draft)) {
            return true;
        }
        return switch (text.charAt(0)) {
            case 'e' -> epoch(text, draft);
            case '|' -> latency(text, draft);
            case 's' -> text.startsWith("steps: ") ? pipeline(text, draft) : PLAIN.startsAny(text);
            case 'p' -> {
                draft.kind(EventKind.EVALUATION_RESULT);
                yield Numbers.put(draft.measures(), "perplexity", 1, text, 5, text.length());
            }
            case 'c' -> text.startsWith("chosen: ") ? reward(text, draft) : PLAIN.startsAny(text);
            case 'U' -> true;
            case 'E' -> training(text, draft) || PLAIN.startsAny(text);
            case '*' -> stars(text, draft);
            default -> PLAIN.startsAny(text);
        };
    }

    /** {@code epoch: 0|step: 19|ppo_ep: 1|act_loss: 0.2|cri_loss: 0.1|unsuper_loss: 0.0}. */
    private static boolean epoch(String text, Draft draft) {
        if (text.indexOf("|step: ") < 0) {
            return false;
        }
        draft.kind(EventKind.TRAINING_STEP);
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('|', start);
            end = end < 0 ? text.length() : end;
            int colon = text.indexOf(": ", start);
            if (colon > start && colon < end) {
                String key = text.substring(start, colon);
                String name = key.equals("act_loss") ? "loss" : key.equals("step") || key.equals("epoch") ? key : null;
                MetricCells.put(key, name, 1, text, colon + 2, end, draft);
            }
            start = end + 1;
        }
        MetricCells.grade(draft);
        return true;
    }

    /** {@code |E2E latency=7.99s |Gather latency=0.00s (0.00%) |…|CurSamplesPerSec=8.01 |AvgSamplesPerSec=8.01}. */
    private static boolean latency(String text, Draft draft) {
        draft.kind(EventKind.TRAINING_STEP);
        int start = 1;
        while (start < text.length()) {
            int end = text.indexOf('|', start);
            end = end < 0 ? text.length() : end;
            int equals = text.indexOf('=', start);
            if (equals > start && equals < end) {
                latencyCell(text.substring(start, equals), text, equals + 1, end, draft);
            }
            start = end + 1;
        }
        return true;
    }

    private static void latencyCell(String key, String text, int from, int to, Draft draft) {
        switch (key) {
            case "E2E latency" -> {
                int unit = text.indexOf('s', from);
                MetricCells.put(key, "step_time_seconds", 1, text, from, unit < 0 || unit > to ? to : unit, draft);
            }
            case "CurSamplesPerSec" -> MetricCells.put(key, "samples_per_second", 1, text, from, to, draft);
            case "AvgSamplesPerSec" -> MetricCells.put(key, "samples_per_second_mean", 1, text, from, to, draft);
            default -> draft.attribute(key, text.substring(from, to).strip());
        }
    }

    /** {@code steps: 2499 loss: 13.4013 iter time (s): 1.202 samples/sec: 26.614} of the pipeline engine. */
    private static boolean pipeline(String text, Draft draft) {
        Cursor cursor = new Cursor(text, "steps: ".length());
        long step = cursor.number();
        if (step < 0 || text.indexOf("iter time (s): ") < 0) {
            return false;
        }
        draft.kind(EventKind.TRAINING_STEP).measure("step", step);
        cell(text, "loss: ", "loss", draft);
        cell(text, "iter time (s): ", "step_time_seconds", draft);
        cell(text, "samples/sec: ", "samples_per_second", draft);
        MetricCells.grade(draft);
        return true;
    }

    private static void cell(String text, String words, String name, Draft draft) {
        int found = text.indexOf(words);
        if (found >= 0) {
            int from = found + words.length();
            int end = text.indexOf(' ', from);
            Numbers.put(draft.measures(), name, 1, text, from, end < 0 ? text.length() : end);
        }
    }

    /** {@code chosen: 0.5, rejected: 0.1, loss: 0.69} of a reward model. */
    private static boolean reward(String text, Draft draft) {
        if (text.indexOf(", rejected: ") < 0 || text.indexOf(", loss: ") < 0) {
            return false;
        }
        draft.kind(EventKind.TRAINING_STEP);
        MetricCells.read(text, 0, text.length(), ", ", draft);
        MetricCells.grade(draft);
        return true;
    }

    /** {@code Epoch 1/2 with loss 0.55}. */
    private static boolean training(String text, Draft draft) {
        int loss = text.startsWith("Epoch ") ? text.indexOf(" with loss ") : -1;
        if (loss < 0) {
            return false;
        }
        return Numbers.put(draft.measures(), "train_loss", 1, text, loss + " with loss ".length(), text.length());
    }

    private static boolean stars(String text, Draft draft) {
        if (text.startsWith("***** Evaluating ")) {
            draft.kind(EventKind.EVALUATION_BEGIN);
            return true;
        }
        if (text.startsWith("***** Running training *****")) {
            draft.kind(EventKind.TRAINING_START);
            return true;
        }
        return false;
    }
}
