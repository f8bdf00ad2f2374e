package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What kubelet, the controllers, the scheduler and the GPU's device plugin say, old wording and new. */
final class KubernetesTexts {

    /** States of containers that stand in the error of a pod that does not start. */
    private static final String[] STATES = {
        "CrashLoopBackOff",
        "ImagePullBackOff",
        "ErrImagePull",
        "CreateContainerConfigError",
        "CreateContainerError",
        "RunContainerError",
        "InvalidImageName",
        "OOMKilled"
    };

    private KubernetesTexts() {}

    /** @param pairs what the record says besides its text */
    static void read(String message, Attributes pairs, Draft draft) {
        if (message.startsWith("XidCriticalError: Xid=")) {
            xid(message, draft);
        } else if (message.equals("Event occurred") && pairs.has("reason")) {
            occurred(message, pairs, draft);
        } else if (message.startsWith("Event(v1.ObjectReference{")) {
            reference(message, draft);
        } else if (message.startsWith("Generic (PLEG): container finished")) {
            String code = pairs.get("exitCode");
            PodStatusParser.exit(code == null ? -1 : new Cursor(code).number(), draft);
        } else if (isProbe(message)) {
            probe(message, pairs, draft);
        } else if (message.contains("viction manager: pod is evicted successfully")
                || (message.startsWith("eviction manager: pod ") && message.endsWith(" is evicted successfully"))) {
            draft.kind(EventKind.POD_EVENT).attribute("reason", "Evicted").atLeast(Severity.ERROR);
        } else if (draft.severityNumber() >= Severity.WARN.number() || message.contains("NotReady")) {
            trouble(message, pairs, draft);
        } else if (message.startsWith("Unable to schedule pod")) {
            draft.kind(EventKind.POD_EVENT).atLeast(Severity.WARN).attribute("reason", "FailedScheduling");
        } else if (message.startsWith("Node became not ready") || "NodeNotReady".equals(pairs.get("status"))) {
            condition("NotReady", Severity.ERROR, draft);
        } else if ("NodeReady".equals(pairs.get("event")) || message.startsWith("Recording NodeReady event ")) {
            condition("Ready", Severity.INFO, draft);
        } else if (message.startsWith("Node ") && message.contains(" is unresponsive as of ")) {
            draft.entity(Entity.Level.NODE, new Cursor(message, 5).word());
            condition("NotReady", Severity.ERROR, draft);
        }
    }

    /** The device plugin tells kubelet that a GPU is gone; NVML's events have the driver's codes. */
    private static void xid(String message, Draft draft) {
        long code = Cursor.numberBehind(message, "Xid=");
        int device = message.indexOf("Device=");
        String uuid = device < 0 ? "" : new Cursor(message, device + 7).word();
        int end = uuid.length();
        while (end > 0 && ";,.".indexOf(uuid.charAt(end - 1)) >= 0) {
            end--;
        }
        if (code >= 0) {
            XidClass group = XidClass.of((int) Math.min(code, Integer.MAX_VALUE));
            draft.kind(EventKind.GPU_XID).measure("xid_code", code);
            draft.attribute("xid_class", group.id()).attribute("gpu_uuid", uuid.substring(0, end));
            draft.severity(group.severity((int) Math.min(code, Integer.MAX_VALUE), message));
        }
    }

    private static void occurred(String message, Attributes pairs, Draft draft) {
        String text = pairs.get("message");
        String type = pairs.get("type");
        String kind = pairs.get("kind");
        String object = pairs.get("object");
        if (kind != null && object != null) {
            int slash = object.indexOf('/');
            draft.attribute("namespace", slash <= 0 ? null : object.substring(0, slash));
            KubernetesEventObject.about(kind.toLowerCase(Locale.ROOT), object.substring(slash + 1), draft);
        }
        String reason = String.valueOf(pairs.get("reason"));
        KubernetesReasons.read(
                type == null ? "" : type, reason, kind == null ? "" : kind, text == null ? message : text, draft);
    }

    /** {@code Event(v1.ObjectReference{Kind:"Pod", Namespace:"ns", Name:"a", …}): type: 'Warning' reason: 'BackOff' text}. */
    private static void reference(String message, Draft draft) {
        String kind = between(message, "Kind:\"", '"');
        String name = between(message, "Name:\"", '"');
        String type = between(message, "type: '", '\'');
        String reason = between(message, "reason: '", '\'');
        if (kind == null || name == null || type == null || reason == null) {
            return;
        }
        draft.attribute("namespace", between(message, "Namespace:\"", '"'));
        KubernetesEventObject.about(kind.toLowerCase(Locale.ROOT), name, draft);
        int text = message.indexOf("' ", message.indexOf("reason: '"));
        KubernetesReasons.read(type, reason, kind, text < 0 ? "" : message.substring(text + 2), draft);
    }

    private static boolean isProbe(String message) {
        return message.startsWith("Probe failed")
                || message.startsWith("Readiness probe ")
                || message.startsWith("Liveness probe ")
                || message.startsWith("Startup probe ");
    }

    private static void probe(String message, Attributes pairs, Draft draft) {
        boolean failed = message.contains("failed") || message.contains("errored");
        draft.kind(EventKind.HEALTH_CHECK);
        draft.attribute("outcome", failed ? "failure" : null);
        if (failed) {
            draft.atLeast(Severity.WARN);
        }
        String output = pairs.get("output") == null ? message : pairs.get("output");
        long status = Cursor.numberBehind(output, "statuscode: ");
        if (status >= 0) {
            draft.measure("status_code", status);
        }
        int quote = message.indexOf("probe for \"");
        draft.attribute("object", quote < 0 ? null : between(message.substring(quote), "\"", '"'));
    }

    private static void trouble(String message, Attributes pairs, Draft draft) {
        String error = pairs.get("err");
        String all = error == null ? message : message + "\n" + error;
        String state = state(all);
        if (all.contains("UnexpectedAdmissionError") || all.contains("requested number of devices unavailable")) {
            draft.kind(EventKind.POD_EVENT)
                    .attribute("reason", "UnexpectedAdmissionError")
                    .atLeast(Severity.ERROR);
        } else if (state != null) {
            draft.kind(EventKind.POD_EVENT).attribute("reason", state);
        } else if (all.contains("PLEG is not healthy") && !all.contains("yet to be successful")) {
            condition("pleg", Severity.ERROR, draft);
        } else if (isEviction(message)) {
            condition("eviction", Severity.WARN, draft);
        } else if (message.contains("NodeNotReady") || message.contains("became not ready")) {
            condition("NotReady", Severity.ERROR, draft);
        } else if (message.contains("device plugin") && draft.severityNumber() >= Severity.ERROR.number()) {
            condition("device-plugin", Severity.ERROR, draft);
        } else if (message.startsWith("Unable to update node status")
                || message.startsWith("Error updating node status")) {
            condition("api-server", Severity.ERROR, draft);
        } else if (message.startsWith("Unable to schedule pod")) {
            draft.kind(EventKind.POD_EVENT).attribute("reason", "FailedScheduling");
        }
    }

    private static @Nullable String state(String text) {
        for (String state : STATES) {
            if (text.contains(state)) {
                return state;
            }
        }
        return null;
    }

    private static boolean isEviction(String message) {
        boolean manager = message.startsWith("eviction manager: ") || message.startsWith("Eviction manager: ");
        return manager && (message.contains("attempting to reclaim") || message.contains("must evict"));
    }

    private static void condition(String condition, Severity severity, Draft draft) {
        draft.kind(EventKind.NODE_CONDITION).attribute("condition", condition).atLeast(severity);
    }

    private static @Nullable String between(String text, String before, char after) {
        int found = text.indexOf(before);
        int end = found < 0 ? -1 : text.indexOf(after, found + before.length());
        return end < 0 ? null : text.substring(found + before.length(), end);
    }
}
