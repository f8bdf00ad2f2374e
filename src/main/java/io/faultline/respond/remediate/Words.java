package io.faultline.respond.remediate;

import io.faultline.model.ActionResult;
import io.faultline.settings.Durations;
import java.time.Duration;
import java.util.stream.Collectors;

/** What people read of an action. */
final class Words {

    /** Of an executor's words: a drained node can have many pods. */
    private static final int MAX_REASON = 1_000;

    private Words() {}

    /** In whole seconds, or minutes from an hour on: ages are no measurements. */
    static String of(Duration age) {
        return Durations.text(
                age.toHours() > 0 ? Duration.ofMinutes(age.toMinutes()) : Duration.ofSeconds(age.toSeconds()));
    }

    /** What an executor says, cut: it is kept with the action. */
    static String of(ActionResult result) {
        String steps = result.steps().stream().map(ActionResult.Step::toString).collect(Collectors.joining("; "));
        String all = result.detail().isEmpty() ? steps : result.detail() + (steps.isEmpty() ? "" : " (" + steps + ")");
        return all.length() <= MAX_REASON ? all : all.substring(0, MAX_REASON - 1) + "…";
    }

    /** Who decided, and why. */
    static String of(Approval approval) {
        return approval.author() + (approval.reason().isEmpty() ? "" : ": " + approval.reason());
    }
}
