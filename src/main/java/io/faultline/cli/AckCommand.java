package io.faultline.cli;

import io.faultline.settings.Problems;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ack}: somebody takes care of incidents. */
@Command(
        name = "ack",
        description = {
            "Says that somebody takes care of incidents: they are not repeated and nobody else is called,",
            "until they end. One that opens again has to be acknowledged again."
        },
        footer = {
            "",
            "Example:",
            "  faultline ack 8c5f0a12b3d4e5f6 --config flink-conf/job.yaml --author ann --reason \"draining gpu-a1\""
        })
final class AckCommand extends SayingCommand {

    @Parameters(arity = "1..*", paramLabel = "INCIDENT", description = "Ids of incidents, as messages name them.")
    private List<String> incidents = List.of();

    @Option(names = "--undo", description = "Nobody takes care of them after all.")
    private boolean undo;

    AckCommand(Function<RuleControlOptions, ControlRecords> control, Clock clock) {
        super(control, clock);
    }

    @Override
    void prepare(ControlRecords known, Instant now, Problems problems) {
        for (String incident : incidents) {
            IncidentId.check(incident, problems);
            send(
                    "ack/" + incident,
                    document(now).put("incident", incident).put("undone", undo).toString(),
                    incident + (undo ? ": not acknowledged any more" : ": acknowledged by " + author()));
        }
    }
}
