package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.Signals;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.time.Instant;

/** Slurm's launcher and step daemon: {@code srun: error: gpu-a1: tasks 24-27: Killed}. */
public final class SlurmParser implements FormatParser {

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
    public boolean mayRead(String text) {
        return text.startsWith("srun: ") || text.startsWith("slurmstepd: ");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Cursor cursor = new Cursor(text, text.indexOf(": ") + 2);
        Draft draft = new Draft(this);
        if (cursor.take("error: ")) {
            draft.severity(Severity.ERROR.number(), "error");
        } else if (cursor.take("warning: ")) {
            draft.severity(Severity.WARN.number(), "warning");
        }
        draft.message(cursor.rest());
        if (text.startsWith("srun: error: ")) {
            tasks(draft.message(), draft);
        } else if (text.startsWith("slurmstepd: error: ")) {
            step(draft.message(), draft, context);
        }
        return draft.parsed();
    }

    /** {@code gpu-a1: tasks 24-27: Exited with exit code 1}. */
    private static void tasks(String message, Draft draft) {
        Cursor cursor = new Cursor(message);
        String node = cursor.until(": ");
        boolean shape = node != null && (cursor.take("task ") || cursor.take("tasks "));
        String tasks = shape ? cursor.until(": ") : null;
        if (node == null || tasks == null) {
            return;
        }
        String end = cursor.rest();
        int signal = Signals.numberOf(end);
        boolean exited = end.startsWith("Exited with exit code ");
        if (signal == 0 && !exited && !end.startsWith("Out Of Memory")) {
            return;
        }
        draft.kind(EventKind.PROCESS_EXIT).entity(Entity.Level.NODE, node);
        draft.attribute("outcome", signal == 15 ? "terminated" : "failure").attribute("tasks", tasks);
        if (tasks.chars().allMatch(Character::isDigit)) {
            draft.entity(Entity.Level.RANK, tasks);
        }
        if (signal > 0) {
            draft.measure("signal", signal);
        } else if (exited) {
            Numbers.put(draft.measures(), "exit_code", 1, end, "Exited with exit code ".length(), end.length());
        }
    }

    /** {@code *** STEP 513.21 ON gpu-a1 CANCELLED AT 2026-03-01T10:00:00 DUE TO TIME LIMIT ***}. */
    private static void step(String message, Draft draft, ParseContext context) {
        int cancelled = message.startsWith("*** ") ? message.indexOf(" CANCELLED AT ") : -1;
        if (cancelled > 0) {
            draft.kind(EventKind.PROCESS_EXIT);
            int on = message.indexOf(" ON ");
            if (on > 0 && on + 4 < cancelled) {
                draft.entity(Entity.Level.NODE, message.substring(on + 4, cancelled));
            }
            Cursor cursor = new Cursor(message, cancelled + " CANCELLED AT ".length());
            Instant time = context.timestamps().iso(cursor);
            String reason = cursor.take(" DUE TO ") ? cursor.until(" ***") : null;
            boolean failed = reason != null && (reason.startsWith("NODE FAIL") || reason.contains("OOM"));
            draft.at(time)
                    .attribute("outcome", failed ? "failure" : "terminated")
                    .attribute("reason", reason);
        } else if (message.startsWith("Detected ") && message.contains(" oom_kill event")) {
            draft.kind(EventKind.MEMORY_EXHAUSTED).attribute("memory", "host");
        }
    }
}
