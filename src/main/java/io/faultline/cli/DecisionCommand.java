package io.faultline.cli;

import io.faultline.settings.Problems;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import picocli.CommandLine.Parameters;

/** What {@code approve} and {@code refuse} have in common. */
abstract class DecisionCommand extends SayingCommand {

    @Parameters(arity = "1", paramLabel = "ACTION", description = "The action's id, as lost-gpu-0f3a5c7e9b21.")
    private String action = "";

    private final boolean approves;

    DecisionCommand(Function<RuleControlOptions, ControlRecords> control, Clock clock, boolean approves) {
        super(control, clock);
        this.approves = approves;
    }

    @Override
    void prepare(ControlRecords known, Instant now, Problems problems) {
        if (!action.matches("[a-z0-9-]+-[0-9a-f]{12}(-[0-9]+)?")) {
            problems.add("ACTION", "\"" + action + "\" is no id of an action as lost-gpu-0f3a5c7e9b21");
        }
        if (!approves && reason().isBlank()) {
            problems.add("--reason", "is missing: who waits for the action wants to know");
        }
        send(
                "approval/" + action,
                document(now).put("action", action).put("approved", approves).toString(),
                action + ": " + (approves ? "approved" : "refused") + " by " + author());
    }
}
