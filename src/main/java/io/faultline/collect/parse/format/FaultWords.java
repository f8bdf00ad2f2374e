package io.faultline.collect.parse.format;

import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/** The wordings of numbers that went wrong, checkpoints that were not written or read, and data that did not come. */
final class FaultWords {

    private static final String[] NOT_A_NUMBER = {
        "Loss is nan",
        "Loss is NaN",
        "Loss is inf",
        "loss is nan",
        "found NaN in ",
        "found Inf in ",
        "Found NaN in ",
        "Rank ",
        "gradients are nan/inf",
        "Detected nan/inf grad norm",
        "Minimum loss scale reached",
        "Current loss scale already at minimum",
        "NaN detected",
        "nan detected",
        "Function 'ForwardNan",
        "Non-finite loss"
    };

    private static final String[] CHECKPOINT = {
        "PytorchStreamWriter failed",
        "PytorchStreamReader failed",
        "Error(s) in loading state_dict",
        "size mismatch for ",
        "Failed to find a valid checkpoint",
        "inline_container.cc",
        "CheckpointException"
    };

    /** How a LoRA adapter fails; its name follows. */
    private static final String[] ADAPTER = {
        "Loading lora ", "Failed to load LoRA adapter ", "failed to load lora adapter ", "LoRA rank "
    };

    /** A file system's errors; what was written or read tells which of the two kinds they are. */
    private static final String[] STORAGE = {
        "[Errno 28]",
        "[Errno 122]",
        "[Errno 116]",
        "[Errno 5]",
        "No space left on device",
        "Disk quota exceeded",
        "Stale file handle"
    };

    private FaultWords() {}

    /**
     * Takes what the message of an error, or a record, begins with.
     *
     * @param around where else a word about the file may stand: the traceback
     * @return false where it tells of none of these
     */
    static boolean read(String message, String around, Draft draft) {
        int end = message.indexOf('\n');
        String line = message.substring(0, Math.min(end < 0 ? message.length() : end, 500));
        if (line.startsWith("DataLoader ")
                || line.contains("in DataLoader worker process")
                || (line.startsWith("Unexpected ") && line.contains(" encountered in worker"))
                || line.startsWith("[Errno 24]")) {
            return data(line, draft);
        }
        if (rerun(line, draft) || notANumber(line, draft)) {
            return true;
        }
        if (adapter(line, draft)) {
            return true;
        }
        for (String words : CHECKPOINT) {
            if (isSaid(line, words)) {
                draft.kind(EventKind.CHECKPOINT_FAILURE).atLeast(Severity.ERROR);
                return true;
            }
        }
        for (String words : STORAGE) {
            if (isSaid(line, words)) {
                return storage(words, around, draft);
            }
        }
        return false;
    }

    /** {@code Loading lora sql-v2 failed: No adapter found for …}, as vLLM, SGLang and llama.cpp word it. */
    private static boolean adapter(String line, Draft draft) {
        for (String words : ADAPTER) {
            if (isSaid(line, words) && (line.contains("ailed") || line.contains(" is greater than max_lora_rank"))) {
                Cursor cursor = new Cursor(line, line.indexOf(words) + words.length());
                String name =
                        words.startsWith("LoRA rank") ? null : cursor.spaces().word();
                draft.kind(EventKind.MODEL_LOAD_FAILURE).atLeast(Severity.ERROR);
                draft.attribute("adapter", name == null || name.isEmpty() ? "unknown" : unquoted(name));
                return true;
            }
        }
        return false;
    }

    private static String unquoted(String name) {
        int from = name.startsWith("'") ? 1 : 0;
        int end = name.length();
        while (end > from + 1 && "':,.".indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return name.substring(from, end);
    }

    /** Near the start of a line and not within quotes. */
    private static boolean isSaid(String line, String words) {
        int found = line.indexOf(words);
        int quote = line.indexOf('"');
        return found >= 0 && found < 160 && (quote < 0 || quote > found);
    }

    private static boolean storage(String words, String around, Draft draft) {
        boolean full = words.contains("28")
                || words.contains("122")
                || words.startsWith("No space")
                || words.startsWith("Disk");
        boolean data = around.contains("ataloader") || around.contains("ataLoader") || around.contains("/dev/shm");
        boolean checkpoint = around.contains("heckpoint") || around.contains("ckpt") || around.contains("save");
        if (checkpoint || (full && !data)) {
            draft.kind(EventKind.CHECKPOINT_FAILURE).atLeast(Severity.ERROR);
        } else if (data) {
            draft.kind(EventKind.DATA_LOAD).atLeast(Severity.ERROR);
        }
        return checkpoint || full || data;
    }

    /** {@code DataLoader worker (pid 123) is killed by signal: Killed.}, {@code DataLoader timed out after 600 seconds}. */
    private static boolean data(String line, Draft draft) {
        draft.kind(EventKind.DATA_LOAD).atLeast(Severity.ERROR);
        int pid = line.indexOf("(pid ");
        if (pid >= 0) {
            long number = new Cursor(line, pid + 5).number();
            draft.attribute("pid", number < 0 ? null : Long.toString(number));
        }
        int killed = line.indexOf("killed by signal: ");
        if (killed >= 0) {
            int signal = Signals.numberOf(line.substring(killed + "killed by signal: ".length()));
            if (signal > 0) {
                draft.measure("signal", signal);
            }
        }
        int after = line.indexOf("timed out after ");
        long seconds = after < 0 ? -1 : new Cursor(line, after + "timed out after ".length()).number();
        if (seconds >= 0) {
            draft.measure("timeout_seconds", seconds);
        }
        return true;
    }

    /**
     * Megatron's rerun state machine, {@code Unexpected result nan on rank 3 at iteration #120 …}: a step that gives another
     * result the second time was computed wrongly once.
     */
    private static boolean rerun(String line, Draft draft) {
        boolean unexpected = line.startsWith("Unexpected result ");
        boolean again = line.contains("rerun: ") && line.contains("reproducible");
        boolean possible = line.startsWith("Possible transient error") || line.startsWith("Possible persistent error");
        if (!unexpected && !again && !possible && !line.startsWith("Need to rerun step")) {
            return false;
        }
        draft.kind(EventKind.TRAINING_ANOMALY)
                .atLeast(unexpected || again || possible ? Severity.ERROR : Severity.WARN);
        draft.attribute("reason", unexpected ? "unexpected result" : "rerun");
        int rank = line.indexOf("on rank ");
        long number = rank < 0 ? -1 : new Cursor(line, rank + 8).number();
        draft.entity(Entity.Level.RANK, number < 0 ? null : Long.toString(number));
        int iteration = line.indexOf("at iteration #");
        long step = iteration < 0 ? -1 : new Cursor(line, iteration + 14).number();
        if (step >= 0) {
            draft.measure("step", step);
        }
        return true;
    }

    private static boolean notANumber(String line, Draft draft) {
        for (String words : NOT_A_NUMBER) {
            if (line.startsWith(words)) {
                if (words.equals("Rank ") && !line.contains("NaN in") && !line.contains("nan in")) {
                    return false;
                }
                draft.kind(EventKind.TRAINING_ANOMALY).atLeast(Severity.ERROR).attribute("reason", "not a number");
                return true;
            }
        }
        return false;
    }
}
