package io.faultline.cli;

import io.faultline.detect.match.life.RuleBook;
import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.life.RuleHead;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands that change rules have in common: who says why, and that nothing is sent where anything is wrong. */
abstract class RuleChange implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RuleControlOptions control = new RuleControlOptions();

    @Option(names = "--author", paramLabel = "NAME", description = "Who says so (default: the user of this machine).")
    private String author = System.getProperty("user.name", "");

    @Option(names = "--why", paramLabel = "TEXT", description = "Why; it is kept with the rule.")
    private String why = "";

    private final Supplier<JobRunner> jobs;
    private final List<RuleCommand> commands = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    RuleChange(Supplier<JobRunner> jobs) {
        this.jobs = jobs;
    }

    /** Puts together what is to be sent. */
    abstract void prepare(RuleBook book, Problems problems) throws IOException;

    @Override
    public Integer call() throws IOException {
        RuleControl rules = control.open(jobs);
        Problems problems = new Problems();
        prepare(rules.read(), problems);
        var words = spec.commandLine().getErr();
        if (!problems.isEmpty()) {
            problems.all().forEach(words::println);
            words.println("nothing was changed");
            return ExitCode.SOFTWARE;
        }
        rules.send(commands);
        said.forEach(words::println);
        return ExitCode.OK;
    }

    String why() {
        return why;
    }

    void send(RuleCommand command) {
        commands.add(command);
    }

    void send(String rule, RuleHead head) {
        String now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        send(RuleCommand.head(rule, head.saidBy(author, now, why).document()));
    }

    void say(String text) {
        said.add(text);
    }

    /** Whether there is such a rule; a problem where not. */
    static boolean exists(String rule, RuleBook book, Problems problems) {
        if (book.rules().contains(rule)) {
            return true;
        }
        problems.add(rule, "there is no such rule" + NearestWord.hint(rule, book.rules()));
        return false;
    }
}
