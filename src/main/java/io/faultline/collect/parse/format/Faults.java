package io.faultline.collect.parse.format;

import io.faultline.collect.decode.Prompts;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/**
 * Faults told by their words, whatever the format around them. Only text at the start of a line counts, behind nothing
 * but the names of error classes: a prompt may quote any fault there is.
 */
public final class Faults {

    private static final String TRACEBACK = "Traceback (most recent call last):";

    private Faults() {}

    /** Grades a record that its own parser left as {@code log.other}. */
    public static void refine(Draft draft) {
        String message = draft.message();
        if (CudaMemory.read(message, draft)) {
            return;
        }
        if (message.startsWith("Unable to import ")) {
            // The program goes on without the library, whatever the traceback behind it looks like.
            draft.severity(Severity.WARN);
            return;
        }
        int traceback = tracebackIn(message);
        if (traceback >= 0) {
            Traceback.read(message, traceback, draft);
        } else {
            told(message, draft);
        }
    }

    /** Marks a record that begins with the words of a fault; how bad it is stays with the level it was given. */
    private static void told(String message, Draft draft) {
        FaultWords.read(message, message, draft);
    }

    /** Where the last traceback of a text begins, or -1. */
    public static int tracebackIn(String text) {
        int found = text.lastIndexOf(TRACEBACK);
        // Behind anything but white space it is quoted, as in a message that repeats another process's output.
        while (found > 0 && text.charAt(found - 1) != '\n' && text.charAt(found - 1) > ' ') {
            found = text.lastIndexOf(TRACEBACK, found - 1);
        }
        return found > 0 && Prompts.isOpen(text, 0, found) ? -1 : found;
    }

    /** Marks an error raised in a traceback by what it says. */
    public static void raised(String error, String message, Draft draft) {
        draft.kind(EventKind.PROCESS_TRACEBACK).atLeast(Severity.ERROR);
        draft.attribute("error", error);
        draft.attribute("error_message", message);
        if (error.equals("KeyboardInterrupt") || error.equals("SystemExit")) {
            // Somebody ended it, or it ended itself.
            draft.severity(Severity.WARN);
        } else if (message.startsWith("Engine core initialization failed")
                || message.startsWith("Free memory on device")
                || message.startsWith("No available memory for the cache blocks")) {
            draft.kind(EventKind.MODEL_LOAD_FAILURE);
        } else if (message.contains("maximum context length is ")) {
            draft.kind(EventKind.REQUEST_ERROR).severity(Severity.INFO);
        } else if (message.contains("Connection closed by peer") && message.contains("gloo")) {
            // Said by who waited for a process that is gone.
            draft.kind(EventKind.COLLECTIVE_ERROR).severity(Severity.WARN);
        } else if (message.startsWith("NCCL error in: ") || isRendezvous(error, message)) {
            draft.kind(EventKind.COLLECTIVE_ERROR);
        } else if (message.startsWith("Task was killed due to the node running low on memory")) {
            draft.kind(EventKind.MEMORY_EXHAUSTED).attribute("memory", "host");
        } else {
            FaultWords.read(error.endsWith("CheckpointException") ? error : message, draft.message(), draft);
        }
    }

    /** Processes of a job that did not find each other. */
    private static boolean isRendezvous(String error, String message) {
        return error.startsWith("torch.distributed.Dist")
                && (message.contains("client socket has timed out after ")
                        || message.contains(" waiting for clients")
                        || message.contains("store->get("));
    }
}
