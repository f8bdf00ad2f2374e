package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/** What goes wrong in Ray: workers and actors that die, nodes that are lost, memory that runs out. */
final class RayFaults {

    private RayFaults() {}

    static void classify(Draft draft) {
        String message = draft.message();
        if (isMemory(message)) {
            draft.kind(EventKind.MEMORY_EXHAUSTED).atLeast(Severity.ERROR).attribute("memory", "host");
        } else if (isDeath(message)) {
            draft.kind(EventKind.PROCESS_EXIT).atLeast(Severity.ERROR).attribute("outcome", "failure");
        } else if (isNode(message)) {
            draft.kind(EventKind.NODE_CONDITION).atLeast(Severity.ERROR);
        } else {
            Faults.refine(draft);
        }
    }

    private static boolean isMemory(String message) {
        return (message.contains("killed due to memory pressure (OOM)")
                        && !message.startsWith("0 Workers (tasks / actors) killed"))
                || message.contains("killed due to the node running low on memory")
                || message.startsWith("Task was killed due to the node running low on memory");
    }

    private static boolean isDeath(String message) {
        return message.startsWith("A worker died or was killed while executing a task")
                || message.contains("RayActorError: The actor died unexpectedly")
                || message.contains("ActorDiedError: ")
                || (message.startsWith("The actor ") && message.contains(" died unexpectedly"));
    }

    private static boolean isNode(String message) {
        return (message.startsWith("The node with node id: ") && message.contains("has been marked dead"))
                || (message.startsWith("Node ") && message.contains(" failed, "));
    }
}
