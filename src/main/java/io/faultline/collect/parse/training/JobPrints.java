package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Beginnings;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.Signals;
import io.faultline.collect.parse.format.Starts;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/**
 * What stands between the records of a job's output without any head: the shell's trace of what it runs, make, the
 * continued lines of a command, Python's own notes, rules of dashes.
 */
public final class JobPrints extends JobFormat {

    private static final String FIRST = "m+/bscvwrtlp -*=[}]).<|";

    private static final int LONGEST_SCRIPT = 200;

    private static final String PYTHON_DEATH = "Fatal Python error: ";

    private static final Starts WORDS = Starts.of(
            "make: ",
            "make[",
            "+ ",
            "++ ",
            "+++ ",
            "/bin/bash: ",
            "bash: ",
            "slurm2pytorch",
            "Error executing job with overrides: ",
            "Set the environment variable HYDRA_FULL_ERROR=1",
            "The tokenizer has new PAD/BOS/EOS tokens",
            "checkpoint injection: ",
            "checkpoint write retry: ",
            "Clearing cache on ",
            "vm.drop_caches = ",
            "CONT=",
            "Beginning trial ",
            "Epoch: [",
            "CUDA kernel errors might be asynchronously reported",
            "For debugging consider passing CUDA_LAUNCH_BLOCKING",
            "Compile with `TORCH_USE_CUDA_DSA`",
            "Device-side assertions were explicitly omitted",
            "Setting OMP_NUM_THREADS environment variable",
            "wandb: ",
            "  warnings.warn(",
            "warnings.warn(",
            "ENDING TIMING RUN AT ",
            "STARTING TIMING RUN AT ",
            "RESULT,",
            "running benchmark",
            "Model size: ",
            "SLURM ",
            "Hostname:",
            "Test: ",
            "WARNING: All log messages before absl::InitializeLog() is called",
            "  <no Python frame>",
            "Extension modules: ",
            "torchrun ",
            "python ",
            "python3 ",
            "Thread 0x",
            "Peak buffers:",
            "BufferAssignment ",
            "XLA ",
            "Instructions for updating:",
            "For simplicity, JAX has removed its internal frames",
            "DONE (t=",
            "Done (t=",
            "Training runs ");

    public JobPrints() {
        super("job-output", Family.GENERIC);
    }

    @Override
    public String beginnings() {
        return Beginnings.CAPITALS + FIRST;
    }

    @Override
    public boolean mayRead(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        return isCapital(first) || FIRST.indexOf(first) >= 0;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        boolean warning = isWarning(text);
        boolean assertion = isDeviceAssertion(text);
        int said = shellSays(text);
        if (!warning && !assertion && said < 0 && !isKnown(text)) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).message(text);
        if (warning) {
            draft.severity(Severity.WARN);
        }
        if (assertion) {
            draft.severity(Severity.ERROR);
        }
        if (text.startsWith("checkpoint ")) {
            Faults.refine(draft);
        }
        if (text.startsWith("STARTING TIMING RUN AT ")) {
            draft.kind(EventKind.TRAINING_START);
        } else if (said > 0) {
            death(text.substring(said), draft);
        } else if (isDeath(text)) {
            death(text, draft);
        }
        return draft.parsed();
    }

    private static boolean isDeath(String text) {
        return text.startsWith(PYTHON_DEATH)
                || text.startsWith("terminate called ")
                || text.startsWith("Segmentation fault")
                || text.startsWith("Aborted (core dumped)")
                || text.startsWith("Bus error (core dumped)")
                || text.equals("Killed");
    }

    /** Where bash names the signal: {@code run.sh: line 28:  8156 Killed      python3 train.py}; -1 where it does not. */
    private static int shellSays(String text) {
        int line = text.indexOf(": line ");
        if (line < 0 || line > LONGEST_SCRIPT) {
            return -1;
        }
        Cursor cursor = new Cursor(text, line + 7);
        boolean process =
                cursor.number() >= 0 && cursor.take(':') && cursor.spaces().number() >= 0 && cursor.take(' ');
        return process && Signals.numberOf(text.substring(cursor.position())) > 0 ? cursor.position() : -1;
    }

    /** {@code Fatal Python error: Aborted}, {@code Segmentation fault (core dumped)}. */
    private static void death(String text, Draft draft) {
        draft.kind(EventKind.PROCESS_EXIT).severity(Severity.ERROR).attribute("outcome", "failure");
        String cause = text.startsWith(PYTHON_DEATH) ? text.substring(PYTHON_DEATH.length()) : text;
        int signal = Signals.numberOf(cause);
        if (signal > 0) {
            draft.measure("signal", signal);
        } else {
            int end = cause.indexOf('\n');
            draft.attribute("error_message", end < 0 ? cause : cause.substring(0, end));
        }
    }

    private static boolean isKnown(String text) {
        return WORDS.startsAny(text)
                || isDeath(text)
                || isRule(text)
                || isRow(text)
                || isAssignment(text)
                || isClosing(text)
                || isArgument(text)
                || text.endsWith(" \\")
                || text.equals("[...]");
    }

    /** A row of a table that a trainer draws of its model: {@code | name | 768 |}. */
    private static boolean isRow(String text) {
        return (text.startsWith("| ") && text.endsWith(" |")) || (text.startsWith("+--") && text.endsWith("-+"));
    }

    /** {@code MASTER_ADDR=gpu-a1}: a launcher shows its environment. */
    private static boolean isAssignment(String text) {
        int end = 0;
        while (end < text.length() && (isCapital(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end > 2 && end < text.length() && text.charAt(end) == '=' && text.indexOf(' ') < 0;
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** The last line of a dump that its first lines were joined without. */
    private static boolean isClosing(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("}]), ".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code /src/Indexing.cu:1422: operator(): block: [12,0,0], thread: [31,0,0] Assertion `a < b` failed.} */
    private static boolean isDeviceAssertion(String text) {
        return text.contains(": block: [") && text.contains(" Assertion `");
    }

    /** {@code .venv/lib/a.py:27: UserWarning: text}, where the path is a relative one. */
    private static boolean isWarning(String text) {
        int line = text.charAt(0) == '.' || Character.isLetter(text.charAt(0)) ? text.indexOf(".py:") : -1;
        int warning = line < 0 || line > 300 ? -1 : text.indexOf("Warning: ", line);
        return warning > 0 && warning < line + 60 && text.lastIndexOf(' ', line) < 0;
    }

    /** A line of one and the same sign. */
    private static boolean isRule(String text) {
        char sign = text.charAt(0);
        if (sign != '-' && sign != '=' && sign != '*') {
            return false;
        }
        int same = 0;
        while (same < text.length() && text.charAt(same) == sign) {
            same++;
        }
        return same >= 10;
    }

    /** {@code   adam_beta1 ...................... 0.9}: one of a trainer's arguments. */
    private static boolean isArgument(String text) {
        if (text.charAt(0) != ' ') {
            return false;
        }
        int dots = text.indexOf(" ...");
        return dots > 2 && dots < 80 && text.lastIndexOf(' ', dots - 1) < 4;
    }
}
