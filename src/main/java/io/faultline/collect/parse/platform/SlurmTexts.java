package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.Signals;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What Slurm's commands and daemons say of steps, tasks and nodes, whatever stands before it. */
final class SlurmTexts {

    private static final String EXIT = "Exited with exit code ";

    private SlurmTexts() {}

    static void read(String message, Draft draft, ParseContext context) {
        if (message.startsWith("*** ")) {
            cancelled(message, draft, context);
        } else if (isMemory(message)) {
            memory(message, draft);
        } else if (message.startsWith("Node failure on ")) {
            draft.entity(Entity.Level.NODE, firstNode(message.substring(16)));
            condition("node-failure", draft);
        } else if (message.startsWith("Nodes ") && message.contains("not responding")) {
            draft.attribute("nodes", new Cursor(message, 6).word().replace(",", ""));
            draft.entity(Entity.Level.NODE, firstNode(message.substring(6)));
            condition(message.contains("setting DOWN") ? "node-down" : "not-responding", draft);
        } else if (message.contains("due to failure of node ") || message.contains("on failed node ")) {
            int node = message.indexOf(" node ", message.indexOf("fail")) + 6;
            draft.entity(Entity.Level.NODE, firstNode(message.substring(node)));
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "failure").attribute("reason", "NODE FAILURE");
            draft.atLeast(Severity.ERROR);
        } else if (message.startsWith("Batch JobId=") && message.contains(" missing from batch node ")) {
            draft.entity(Entity.Level.NODE, firstNode(message.substring(message.indexOf(" batch node ") + 12)));
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "failure").atLeast(Severity.ERROR);
        } else if (message.startsWith("node ") && message.contains(" returned to service")) {
            ready(message, draft);
        } else if (message.startsWith("Node ") && message.endsWith(" now responding")) {
            ready(message, draft);
        } else if (message.startsWith("Time limit exhausted for ")) {
            draft.kind(EventKind.PROCESS_EXIT)
                    .attribute("outcome", "terminated")
                    .attribute("reason", "TIME LIMIT");
        } else if (message.startsWith("_job_complete: ") || message.startsWith("job_complete: ")) {
            completed(message, draft);
        } else if (message.startsWith("update_node: node ") || message.startsWith("drain_nodes: node ")) {
            drained(message, draft);
        }
        ids(message, draft);
    }

    /** {@code gpu-a1: tasks 24-27: Exited with exit code 1}; false where a text has not the shape. */
    static boolean tasks(String message, Draft draft) {
        Cursor cursor = new Cursor(message);
        String node = cursor.until(": ");
        boolean shape = node != null && node.indexOf(' ') < 0 && (cursor.take("tasks ") || cursor.take("task "));
        String tasks = shape ? cursor.until(": ") : null;
        if (node == null || tasks == null) {
            return false;
        }
        String end = cursor.rest();
        int signal = Signals.numberOf(end);
        boolean exited = end.startsWith(EXIT);
        boolean memory = end.startsWith("Out Of Memory");
        if (signal == 0 && !exited && !memory) {
            return false;
        }
        boolean several = node.indexOf('[') >= 0 || node.indexOf(',') >= 0;
        draft.kind(EventKind.PROCESS_EXIT).entity(Entity.Level.NODE, several ? null : node);
        draft.attribute("nodes", several ? node : null);
        draft.attribute("outcome", signal == 15 ? "terminated" : "failure").attribute("tasks", tasks);
        draft.attribute("reason", memory ? "OOM" : null);
        if (!tasks.isEmpty() && tasks.chars().allMatch(c -> c >= '0' && c <= '9')) {
            draft.entity(Entity.Level.RANK, tasks);
        }
        if (signal > 0) {
            draft.measure("signal", signal);
        } else if (exited) {
            Numbers.put(draft.measures(), "exit_code", 1, end, EXIT.length(), end.length());
        }
        return true;
    }

    /** {@code *** STEP 513.21 ON gpu-a1 CANCELLED AT 2026-03-01T10:00:00 DUE TO TIME LIMIT ***}. */
    private static void cancelled(String message, Draft draft, ParseContext context) {
        int cancelled = message.indexOf(" CANCELLED AT ");
        if (cancelled < 0 && message.contains(" FAILED (")) {
            int on = message.indexOf(" ON ");
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "failure");
            draft.entity(Entity.Level.NODE, on < 0 ? null : new Cursor(message, on + 4).word());
            return;
        }
        if (cancelled < 0) {
            // "*** STEP 1.0 STEPD TERMINATED ON gpu-a1 AT 2026-03-01T10:00:00 DUE TO JOB NOT ENDING WITH SIGNALS ***"
            failedToEnd(message, draft, context);
            return;
        }
        draft.kind(EventKind.PROCESS_EXIT);
        int on = message.indexOf(" ON ");
        if (on > 0 && on + 4 < cancelled) {
            draft.entity(Entity.Level.NODE, message.substring(on + 4, cancelled));
        }
        Cursor cursor = new Cursor(message, cancelled + " CANCELLED AT ".length());
        Instant time = context.timestamps().iso(cursor);
        String reason = cursor.take(" DUE TO ") ? reason(cursor.until(" ***")) : null;
        draft.at(time).attribute("reason", reason);
        boolean failed = reason != null && (reason.startsWith("NODE FAIL") || reason.contains("OOM"));
        draft.attribute("outcome", failed ? "failure" : "terminated");
        if (!failed) {
            // Somebody, the clock or a job of higher rank ended it: asked for, though Slurm says error.
            draft.severity(reason == null || reason.equals("PREEMPTION") ? Severity.WARN : Severity.INFO);
        }
    }

    /** {@code NODE FAILURE} of {@code NODE FAILURE, SEE SLURMCTLD LOG FOR DETAILS}. */
    private static @Nullable String reason(@Nullable String written) {
        int comma = written == null ? -1 : written.indexOf(", SEE ");
        return written == null || comma < 0 ? written : written.substring(0, comma);
    }

    private static void failedToEnd(String message, Draft draft, ParseContext context) {
        int on = message.indexOf(" TERMINATED ON ");
        int at = on < 0 ? -1 : message.indexOf(" AT ", on);
        if (at > 0) {
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "failure");
            draft.entity(Entity.Level.NODE, message.substring(on + 15, at));
            Cursor cursor = new Cursor(message, at + 4);
            draft.at(context.timestamps().iso(cursor));
            draft.attribute("reason", cursor.take(" DUE TO ") ? cursor.until(" ***") : null);
        }
    }

    private static boolean isMemory(String message) {
        return (message.startsWith("Detected ") && message.contains(" oom"))
                || message.contains("hit memory limit")
                || message.startsWith("Exceeded job memory limit")
                || message.startsWith("Exceeded step memory limit")
                || message.contains("exceeded memory limit");
    }

    /** {@code Detected 2 oom_kill events in StepId=513.21}, before Slurm 21.08 {@code oom-kill event(s) in step 513.21}. */
    private static void memory(String message, Draft draft) {
        draft.kind(EventKind.MEMORY_EXHAUSTED).attribute("memory", "host").atLeast(Severity.ERROR);
        long kills = message.startsWith("Detected ") ? new Cursor(message, 9).number() : -1;
        if (kills >= 0) {
            draft.measure("event_count", kills);
        }
    }

    /** {@code _job_complete: JobId=12 WTERMSIG 9}, {@code WEXITSTATUS 1}, {@code OOM failure}, {@code done}. */
    private static void completed(String message, Draft draft) {
        long status = Cursor.numberBehind(message, "WEXITSTATUS ");
        long signal = Cursor.numberBehind(message, "WTERMSIG ");
        boolean memory = message.contains("OOM failure");
        if (status < 0 && signal < 0 && !memory) {
            return;
        }
        boolean ended = signal == 15;
        boolean failed = memory || signal > 0 || status > 0;
        draft.kind(EventKind.PROCESS_EXIT).attribute("reason", memory ? "OOM" : null);
        draft.attribute("outcome", ended ? "terminated" : failed ? "failure" : "success");
        if (status >= 0) {
            draft.measure("exit_code", status);
        }
        if (signal > 0) {
            draft.measure("signal", signal);
        }
        draft.atLeast(failed && !ended ? Severity.ERROR : Severity.INFO);
    }

    /** {@code update_node: node gpu-a1 state set to DRAINED}, {@code update_node: node gpu-a1 reason set to: text}. */
    private static void drained(String message, Draft draft) {
        int node = message.indexOf("node ", 11) + 5;
        draft.entity(Entity.Level.NODE, new Cursor(message, node).word());
        int reason = message.indexOf(" reason set to: ");
        int state = message.indexOf(" state set to ");
        draft.attribute("reason", reason < 0 ? null : message.substring(reason + 16));
        String word = state < 0 ? "" : new Cursor(message, state + 14).word();
        if (word.startsWith("DRAIN") || word.startsWith("DOWN") || word.startsWith("FAIL")) {
            draft.kind(EventKind.NODE_CONDITION).attribute("condition", word).atLeast(Severity.WARN);
        } else if (!word.isEmpty()) {
            draft.attribute("state", word);
        }
    }

    private static void ready(String message, Draft draft) {
        draft.entity(Entity.Level.NODE, firstNode(message.substring(5)));
        draft.kind(EventKind.NODE_CONDITION).attribute("condition", "Ready");
    }

    private static void condition(String condition, Draft draft) {
        draft.kind(EventKind.NODE_CONDITION).attribute("condition", condition).atLeast(Severity.ERROR);
    }

    /** The one node of a list; null where the list names several. */
    private static @Nullable String firstNode(String text) {
        String word = new Cursor(text).word();
        boolean several = word.indexOf('[') >= 0 || (word.indexOf(',') >= 0 && word.indexOf(',') < word.length() - 1);
        int end = word.length();
        while (end > 0 && ",.:".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return several || end == 0 ? null : word.substring(0, end);
    }

    /** The job and the step, in any of the ways that Slurm's versions write them. */
    private static void ids(String message, Draft draft) {
        for (String before : new String[] {"StepId=", "*** STEP ", " in step ", "Step "}) {
            int found = message.indexOf(before);
            if (found >= 0 && (found == 0 || !before.equals("Step "))) {
                String step = number(message, found + before.length());
                int dot = step.indexOf('.');
                if (!step.isEmpty()) {
                    draft.attribute("slurm_step", dot < 0 ? null : step);
                    draft.attribute("slurm_job", dot < 0 ? step : step.substring(0, dot));
                    return;
                }
            }
        }
        for (String before : new String[] {"JobId=", "*** JOB ", "job ", "Job "}) {
            int found = message.indexOf(before);
            if (found >= 0) {
                String job = number(message, found + before.length());
                draft.attribute("slurm_job", job.indexOf('.') < 0 ? job : null);
                return;
            }
        }
    }

    /** {@code 513}, {@code 513.21}, {@code 513.batch}, {@code 513_4}; empty where no number stands there. */
    private static String number(String text, int from) {
        int end = from;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "._+".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        while (end > from && text.charAt(end - 1) == '.') {
            end--;
        }
        return end > from && Character.isDigit(text.charAt(from)) ? text.substring(from, end) : "";
    }
}
