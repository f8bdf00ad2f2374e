package io.faultline.cli;

import java.time.Clock;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** {@code refuse}: an action must not be done. */
@Command(
        name = "refuse",
        description = "Ends an action that is not ordered yet.",
        footer = {
            "",
            "Example:",
            "  faultline refuse lost-gpu-0f3a5c7e9b21 --config flink-conf/job.yaml --reason \"the vendor is at it\""
        })
final class RefuseCommand extends DecisionCommand {

    RefuseCommand(Function<RuleControlOptions, ControlRecords> control, Clock clock) {
        super(control, clock, false);
    }
}
