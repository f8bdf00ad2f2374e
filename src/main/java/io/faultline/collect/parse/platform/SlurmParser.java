package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.Severity;

/** Slurm's commands and its step daemon, in a job's own output: {@code srun: error: gpu-a1: tasks 24-27: Killed}. */
public final class SlurmParser implements FormatParser {

    private static final String[] COMMANDS = {
        "srun: ", "slurmstepd: ", "sbatch: ", "salloc: ", "scancel: ", "sattach: ", "squeue: ", "scontrol: "
    };

    /** {@code slurmstepd-gpu-a1: error: …}, as newer versions write it. */
    private static final String STEP_DAEMON = "slurmstepd-";

    @Override
    public String name() {
        return "slurm";
    }

    @Override
    public Family family() {
        return Family.PLATFORM;
    }

    @Override
    public Family familyIn(Family stream) {
        return stream == Family.GENERIC ? Family.PLATFORM : stream;
    }

    @Override
    public String beginnings() {
        return "+s";
    }

    @Override
    public boolean mayRead(String text) {
        return !text.isEmpty() && (text.charAt(0) == 's' ? commandEnd(text) > 0 : isTraced(text));
    }

    /** Where the text behind the name of the command begins; 0 where none is named. */
    private static int commandEnd(String text) {
        for (String command : COMMANDS) {
            if (text.startsWith(command)) {
                return command.length();
            }
        }
        int colon = text.startsWith(STEP_DAEMON) ? text.indexOf(": ") : -1;
        return colon > 0 && Cursor.lastIn(text, ' ', 0, colon) < 0 ? colon + 2 : 0;
    }

    /** {@code + srun --ntasks=8 …}: what a shell with {@code set -x} starts. */
    private static boolean isTraced(String text) {
        return text.startsWith("+ srun ") || text.startsWith("++ srun ") || text.startsWith("+ sbatch ");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        if (isTraced(text)) {
            return draft.message(text).parsed();
        }
        Cursor cursor = new Cursor(text, commandEnd(text));
        if (cursor.take("error: ")) {
            draft.severity(Severity.ERROR.number(), "error");
        } else if (cursor.take("fatal: ")) {
            draft.severity(Severity.FATAL.number(), "fatal");
        } else if (cursor.take("warning: ")) {
            draft.severity(Severity.WARN.number(), "warning");
        }
        draft.message(cursor.rest());
        if (!SlurmTexts.tasks(draft.message(), draft)) {
            SlurmTexts.read(draft.message(), draft, context);
        }
        return draft.parsed();
    }
}
