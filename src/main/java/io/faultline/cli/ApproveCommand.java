package io.faultline.cli;

import java.time.Clock;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** {@code approve}: an action may be done. */
@Command(
        name = "approve",
        description = "Lets the job order an action that waits for it; its guard rails still hold.",
        footer = {
            "",
            "Example:",
            "  faultline approve lost-gpu-0f3a5c7e9b21 --config flink-conf/job.yaml --reason \"nothing else runs there\""
        })
final class ApproveCommand extends DecisionCommand {

    ApproveCommand(Function<RuleControlOptions, ControlRecords> control, Clock clock) {
        super(control, clock, true);
    }
}
