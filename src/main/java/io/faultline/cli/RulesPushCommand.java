package io.faultline.cli;

import io.faultline.detect.match.life.RuleBook;
import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.life.RuleHead;
import io.faultline.detect.match.life.RuleVersion;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleReader;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rules push}: new versions of rules. */
@Command(
        name = "push",
        description = {
            "Checks rules and brings them in force as new versions. Where anything is wrong with any of them, nothing changes."
        },
        footer = {
            "",
            "Example:",
            "  faultline rules push rules/loss-nan.yaml --config flink-conf/job.yaml --why \"fires on warm-up\""
        })
final class RulesPushCommand extends RuleChange {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rules, or families of rules.")
    private List<Path> files = List.of();

    @Option(
            names = "--canary",
            description = "Run them beside the versions in force, for comparison; nobody is told what they find.")
    private boolean canary;

    RulesPushCommand(Supplier<JobRunner> jobs) {
        super(jobs);
    }

    @Override
    void prepare(RuleBook book, Problems problems) throws IOException {
        RuleReader reader = new RuleReader();
        for (Path file : files) {
            if (!Files.isReadable(file)) {
                problems.add(file.toString(), "there is no such file, or it may not be read");
                continue;
            }
            for (RuleFile rule : RuleFile.read(file).rules()) {
                push(rule, reader, book, problems);
            }
        }
    }

    private void push(RuleFile file, RuleReader reader, RuleBook book, Problems problems) {
        String rule = file.stem();
        int version = book.nextVersion(rule);
        RuleVersion read = RuleVersion.read(rule, version, file.text(), reader, problems);
        if (!read.definition().id().equals(rule)) {
            return;
        }
        RuleHead head = book.head(rule);
        send(RuleCommand.version(rule, version, file.text()));
        send(rule, canary ? head.withCanary(version) : head.withActive(version));
        say(rule + ": version " + version + (canary ? " runs beside the one in force" : " is pushed"));
    }
}
