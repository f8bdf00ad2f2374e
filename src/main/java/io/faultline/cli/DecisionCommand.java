package io.faultline.cli;

import io.faultline.respond.remediate.Approval;
import io.faultline.respond.remediate.ApprovalDocument;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code approve} and {@code refuse} have in common. */
abstract class DecisionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1", paramLabel = "ACTION", description = "The action's id, as lost-gpu-0f3a5c7e9b21.")
    private String action = "";

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The settings of the job.")
    private Path config = Path.of("job.yaml");

    @Option(names = "--author", paramLabel = "NAME", description = "Who says so (default: the user of this machine).")
    private String author = System.getProperty("user.name", "");

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept with the action.")
    private String reason = "";

    private final Function<Path, ControlWriter> control;
    private final Clock clock;
    private final boolean approves;

    DecisionCommand(Function<Path, ControlWriter> control, Clock clock, boolean approves) {
        this.control = control;
        this.clock = clock;
        this.approves = approves;
    }

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems();
        InputFiles.check(List.of(config), problems);
        if (!action.matches("[a-z0-9-]+-[0-9a-f]{12}")) {
            problems.add("ACTION", "\"" + action + "\" is no id of an action as lost-gpu-0f3a5c7e9b21");
        }
        if (author.isBlank()) {
            problems.add("--author", "is missing: the record says who decided");
        }
        if (!approves && reason.isBlank()) {
            problems.add("--reason", "is missing: who waits for the action wants to know");
        }
        problems.throwIfAny("the arguments of " + spec.name());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Approval approval = new Approval(action, approves, author, reason, now);
        control.apply(config).send(ApprovalDocument.key(approval), ApprovalDocument.write(approval));
        spec.commandLine().getErr().println(action + ": " + (approves ? "approved" : "refused") + " by " + author);
        return ExitCode.OK;
    }
}
