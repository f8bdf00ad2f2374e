package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Draft;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/** What the reasons mean that Kubernetes gives for its events and for the states of containers. */
final class KubernetesReasons {

    private KubernetesReasons() {}

    /**
     * Grades an event of the API.
     *
     * @param type {@code Normal} or {@code Warning}
     * @param object the kind of what it is about, {@code Pod} or {@code Node}; empty where it is not told
     */
    static void read(String type, String reason, String object, String message, Draft draft) {
        boolean warning = type.equals("Warning");
        draft.kind(EventKind.POD_EVENT).attribute("reason", reason);
        draft.severity((warning ? Severity.WARN : Severity.INFO).number(), type);
        switch (reason) {
            case "OOMKilling", "SystemOOM" -> killed(message, draft);
            case "NodeNotReady", "NodeLost" -> node("NotReady", Severity.ERROR, draft);
            case "NodeReady" -> node("Ready", Severity.INFO, draft);
            case "NodeHasDiskPressure", "EvictionThresholdMet", "FreeDiskSpaceFailed" ->
                node("DiskPressure", Severity.WARN, draft);
            case "NodeHasInsufficientMemory" -> node("MemoryPressure", Severity.WARN, draft);
            case "NodeHasInsufficientPID" -> node("PIDPressure", Severity.WARN, draft);
            case "KernelOops" -> node("oops", Severity.ERROR, draft);
            case "TaskHung" -> node("hung-task", Severity.ERROR, draft);
            case "DockerHung", "ContainerdUnhealthy", "KubeletUnhealthy" -> node(reason, Severity.ERROR, draft);
            case "FilesystemIsReadOnly", "Ext4Error" -> node("filesystem", Severity.ERROR, draft);
            case "Pulling", "Pulled" -> draft.attribute("image", image(message));
            case "Rebooted" -> node("rebooted", Severity.WARN, draft);
            case "Evicted", "UnexpectedAdmissionError", "FailedCreatePodSandBox", "OOMKilled" ->
                draft.atLeast(Severity.ERROR);
            case "Failed" -> draft.atLeast(warning ? Severity.ERROR : Severity.INFO);
            default -> {
                if (warning && object.equals("Node")) {
                    node(reason, Severity.WARN, draft);
                }
            }
        }
    }

    /** {@code Container image "acme/vllm:0.11" already present on machine}; null where none is named. */
    private static @Nullable String image(String message) {
        int from = message.indexOf("image \"") + "image \"".length();
        int to = message.indexOf('"', from);
        return from < "image \"".length() || to < 0 ? null : message.substring(from, to);
    }

    private static void node(String condition, Severity severity, Draft draft) {
        draft.kind(EventKind.NODE_CONDITION).attribute("condition", condition).atLeast(severity);
    }

    /** node-problem-detector repeats the kernel's line, kubelet names the victim. */
    private static void killed(String message, Draft draft) {
        draft.kind(EventKind.MEMORY_EXHAUSTED).atLeast(Severity.ERROR).attribute("memory", "host");
        OomKiller.read(message, draft, "");
        int victim = message.indexOf("victim process: ");
        int comma = victim < 0 ? -1 : message.indexOf(',', victim);
        if (comma > 0) {
            draft.attribute("process", message.substring(victim + 16, comma));
            int pid = message.indexOf("pid: ", comma);
            draft.attribute("pid", pid < 0 ? null : message.substring(pid + 5).strip());
        }
    }

    /** Whether a container or pod in this state runs as it should, or is on its way. */
    static Severity ofState(String state) {
        if (state.endsWith("OOMKilled") || state.endsWith("Evicted") || state.endsWith("UnexpectedAdmissionError")) {
            return Severity.ERROR;
        }
        String plain = state.startsWith("Init:") ? state.substring(5) : state;
        return switch (plain) {
            case "Running",
                    "Completed",
                    "Succeeded",
                    "Pending",
                    "ContainerCreating",
                    "PodInitializing",
                    "Terminating" -> Severity.INFO;
            case "Terminated", "Waiting", "SchedulingGated", "NotReady" -> Severity.INFO;
            default -> plain.indexOf('/') > 0 && Character.isDigit(plain.charAt(0)) ? Severity.INFO : Severity.WARN;
        };
    }
}
