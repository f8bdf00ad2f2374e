package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.Starts;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What Megatron prints besides iterations: evaluations, checkpoints, memory, its beginning and its end. */
final class MegatronEvents {

    /** Megatron counts its megabytes by 1024. */
    private static final double MEGABYTES = 0x1p20;

    private static final Starts SETUP = Starts.of(
            "> number of parameters on ",
            "> building ",
            "> finished ",
            "> loading ",
            "> initializ",
            "> setting ",
            "> compiling ",
            "> padded vocab ",
            "> elapsed time ",
            "> learning rate decay",
            "> datasets target sizes",
            "> loaded ",
            "> WARNING",
            "> total number of ",
            "> only ",
            "> size of ",
            "> dataset ",
            "> rank_",
            "> using ",
            "> done with ",
            "> filling ",
            "using torch.",
            "time to initialize megatron",
            "building GPT model",
            "building T5 model",
            "building BERT model",
            "training ...",
            "done with setup",
            "Number of parameters in ",
            "Theoretical memory footprints",
            "setting number of micro-batches to constant",
            "setting training iterations to ",
            "torch distributed is already initialized",
            "initialized tensor model parallel",
            "overwriting ",
            "Evaluating iter ");

    private MegatronEvents() {}

    static boolean read(String line, Draft draft, ParseContext context) {
        return evaluation(line, draft)
                || checkpoint(line, draft)
                || memory(line, draft, context)
                || life(line, draft, context)
                || size(line, draft)
                || SETUP.startsAny(line);
    }

    /** {@code validation loss at iteration 100 | lm loss value: 2.3E+00 | lm loss PPL: 9.9E+00 |}. */
    private static boolean evaluation(String line, Draft draft) {
        String text = line.startsWith("---")
                ? line.substring(line.lastIndexOf("---") + 3).strip()
                : line;
        if (text.startsWith("Evaluating on ") && text.endsWith(" samples")) {
            draft.kind(EventKind.EVALUATION_BEGIN);
            return true;
        }
        boolean loss = text.startsWith("validation loss at ")
                || text.startsWith("valid loss at ")
                || text.startsWith("test loss at ");
        if (!loss) {
            return false;
        }
        draft.kind(EventKind.EVALUATION_RESULT).message(text);
        Steps.after(text, "iteration ", draft);
        cell(text, "loss value: ", "eval_loss", draft);
        cell(text, "loss PPL: ", "perplexity", draft);
        MetricCells.grade(draft);
        return true;
    }

    private static void cell(String text, String words, String name, Draft draft) {
        int value = text.indexOf(words);
        if (value >= 0) {
            int from = value + words.length();
            int end = text.indexOf('|', from);
            Numbers.put(draft.measures(), name, 1, text, from, end < 0 ? text.length() : end);
        }
    }

    private static boolean checkpoint(String line, Draft draft) {
        if (line.startsWith("saving checkpoint at ") || line.startsWith("saving checkpoint to ")) {
            draft.kind(EventKind.CHECKPOINT_BEGIN);
        } else if (line.startsWith("successfully saved checkpoint ")) {
            draft.kind(EventKind.CHECKPOINT_END);
        } else if (line.startsWith("scheduled an async checkpoint save at ")) {
            // Training goes on; the end comes when the last byte is written.
            draft.attribute("reason", "asynchronous");
        } else if (line.startsWith("successfully loaded checkpoint ")) {
            draft.kind(EventKind.TRAINING_START).attribute("start", "checkpoint");
        } else if (line.startsWith("WARNING: could not find the metadata file")
                || line.startsWith("could not find the metadata file")) {
            draft.severity(Severity.WARN).attribute("reason", "no checkpoint");
            draft.attribute("path", word(line, "metadata file "));
            return true;
        } else if (!line.startsWith("loading checkpoint from ")
                && !line.startsWith("loading distributed checkpoint from ")
                && !line.startsWith("loading release checkpoint from ")
                && !line.startsWith("checkpoint version ")
                && !line.startsWith("delete checkpoint from iteration ")) {
            return false;
        }
        Steps.after(line, " iteration ", draft);
        int from = line.indexOf(" from /");
        draft.attribute("path", from >= 0 ? word(line, " from ") : word(line, " to "));
        return true;
    }

    private static @Nullable String word(String line, String before) {
        int at = line.indexOf(before);
        String word = at < 0 ? "" : new Cursor(line, at + before.length()).word();
        return word.isEmpty() ? null : word;
    }

    /** {@code [Rank 3] (after 10 iterations) memory (MB) | allocated: 1.5 | max allocated: 2.0 | reserved: 3.0 | …}. */
    private static boolean memory(String line, Draft draft, ParseContext context) {
        int bar = line.startsWith("[Rank ") ? line.indexOf(" memory (MB) | ") : -1;
        if (bar < 0) {
            return false;
        }
        draft.kind(EventKind.METRIC_SAMPLE);
        long rank = new Cursor(line, "[Rank ".length()).number();
        if (rank >= 0 && !context.attributes().has("rank")) {
            draft.entity(Entity.Level.RANK, Long.toString(rank));
        }
        Steps.after(line, "(after ", draft);
        int start = bar + " memory (MB) | ".length();
        while (start < line.length()) {
            int end = line.indexOf('|', start);
            end = end < 0 ? line.length() : end;
            int colon = line.indexOf(':', start);
            if (colon > start && colon < end) {
                String key = line.substring(start, colon).strip();
                MetricCells.put(key, memoryNameOf(key), MEGABYTES, line, colon + 1, end, draft);
            }
            start = end + 1;
        }
        return true;
    }

    private static @Nullable String memoryNameOf(String key) {
        return switch (key) {
            case "allocated" -> "memory_bytes";
            case "max allocated" -> "peak_memory_bytes";
            case "reserved" -> "reserved_memory_bytes";
            case "max reserved" -> "peak_reserved_memory_bytes";
            default -> null;
        };
    }

    private static boolean life(String line, Draft draft, ParseContext context) {
        if (line.startsWith("exiting program")
                || line.startsWith("[exiting program")
                || line.startsWith("exiting by signal")) {
            boolean signal = line.contains("SIGTERM") || line.contains("signal");
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", signal ? "terminated" : "success");
            Steps.after(line, " at iteration ", draft);
            at(line, draft, context);
        } else if (line.contains("will start from random") && !line.contains("\"")) {
            // After a restart this throws away all that was trained; the line itself has no level.
            draft.kind(EventKind.TRAINING_START).severity(Severity.WARN).attribute("start", "random");
        } else if (line.startsWith("[before the start of training step]")) {
            draft.kind(EventKind.TRAINING_START);
            at(line, draft, context);
        } else if (line.startsWith("[after training is done]")) {
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "success");
            at(line, draft, context);
        } else if (line.startsWith("[after ") && line.contains("] datetime: ")) {
            at(line, draft, context);
        } else if (line.startsWith("Step Time : ")) {
            draft.kind(EventKind.METRIC_SAMPLE);
            MetricCells.put("Step Time", "step_time_seconds", 1, line, 12, Math.max(12, line.indexOf('s', 12)), draft);
        } else {
            return false;
        }
        return true;
    }

    /** {@code using world size: 16, data-parallel size: 2, …}: a rank is a GPU. */
    private static boolean size(String line, Draft draft) {
        long ranks = line.startsWith("using world size: ") ? Cursor.numberBehind(line, "using world size: ") : -1;
        if (ranks > 0) {
            draft.measure("world_size", ranks);
        }
        return ranks > 0;
    }

    private static void at(String line, Draft draft, ParseContext context) {
        int found = line.indexOf("datetime: ");
        Instant time = found < 0 ? null : context.timestamps().iso(new Cursor(line, found + 10));
        if (time != null) {
            draft.at(time);
        }
    }
}
