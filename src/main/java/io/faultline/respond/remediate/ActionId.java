package io.faultline.respond.remediate;

import io.faultline.model.ActionStep;
import io.faultline.model.ContentId;
import java.util.List;

/** Names an action by what it does about what, so that every run over the same logs finds the same name. */
final class ActionId {

    /** 48 bits, short enough to be typed: one accidental pair in sixteen million actions of a playbook. */
    private static final int BYTES = 6;

    private ActionId() {}

    /** {@code lost-gpu-0f3a5c7e9b21}. */
    static String of(String playbook, String cluster, String incident, List<ActionStep> steps) {
        return playbook + '-' + ContentId.of(BYTES, cluster, incident, steps);
    }

    /** Names what is asked for once more: {@code lost-gpu-0f3a5c7e9b21-2}. */
    static String again(String first, String latest) {
        int times = latest.equals(first) ? 1 : Integer.parseInt(latest.substring(first.length() + 1));
        return first + '-' + (times + 1);
    }

    /** Whether it is the first, or the first asked for once more. */
    static boolean isOf(String first, String id) {
        return id.equals(first) || id.startsWith(first + '-');
    }
}
