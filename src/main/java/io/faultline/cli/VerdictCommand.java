package io.faultline.cli;

import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code verdict}: whether an incident was right. */
@Command(
        name = "verdict",
        description = {
            "Says whether an incident was right, wrong (something else was wrong) or noise (nothing was wrong).",
            "It counts for the rules behind the incident; your last word counts."
        },
        footer = {
            "",
            "Example:",
            "  faultline verdict 8c5f0a12b3d4e5f6 noise --config flink-conf/job.yaml --reason \"planned reboot\""
        })
final class VerdictCommand extends SayingCommand {

    private static final List<String> WORDS = List.of("right", "wrong", "noise");

    @Parameters(index = "0", paramLabel = "INCIDENT", description = "The incident's id, as messages name it.")
    private String incident = "";

    @Parameters(index = "1", paramLabel = "VERDICT", description = "right, wrong or noise.")
    private String verdict = "";

    VerdictCommand(Function<RuleControlOptions, ControlRecords> control, Clock clock) {
        super(control, clock);
    }

    @Override
    void prepare(ControlRecords known, Instant now, Problems problems) {
        IncidentId.check(incident, problems);
        if (!WORDS.contains(verdict)) {
            problems.add(
                    "VERDICT",
                    "\"" + verdict + "\" is not one of right, wrong, noise" + NearestWord.hint(verdict, WORDS));
        }
        send(
                "verdict/" + incident + "/" + author(),
                document(now).put("incident", incident).put("verdict", verdict).toString(),
                incident + ": " + verdict + ", says " + author());
    }
}
