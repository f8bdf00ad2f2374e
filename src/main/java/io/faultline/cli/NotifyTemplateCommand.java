package io.faultline.cli;

import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.wording.ShippedTemplates;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code notify template}: a shipped template, to be copied and changed. */
@Command(
        name = "template",
        description = "Prints a shipped template of messages, to be copied and changed (docs/NOTIFY.md).",
        footer = {
            "",
            "Example:",
            "  faultline notify template --language en > flink-conf/oncall.yaml",
            "  faultline notify render --template flink-conf/oncall.yaml --all"
        })
final class NotifyTemplateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--language", paramLabel = "en|zh", description = "Of the template; en by default.")
    private Language language = Language.EN;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ShippedTemplates.text(language));
        return ExitCode.OK;
    }
}
